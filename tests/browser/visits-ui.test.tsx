import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Commands, VisitCommands } from '../../src/app/commands';
import { appStore } from '../../src/app/store';
import { fileName } from '../../src/app/ui/ask-visits';
import { Page } from '../../src/app/ui/Page';
import { pageStore } from '../../src/app/ui/page-state';
import { visitsStore } from '../../src/app/visits-store';
import type { VisitEntry } from '../../src/session/visits/visit-entry';
import { fakeLab } from './fake-lab';

const well: VisitEntry = {
  id: 'visit-1',
  kind: 'saved',
  name: 'By the pool',
  worldId: 'courtyards',
  worldName: 'Courtyards, dreamed',
  savedAtMs: Date.UTC(2026, 10, 22, 12),
  bytes: 840_000,
  thumbnail: { width: 2, height: 1, rgb: Uint8Array.of(200, 10, 20, 30, 40, 250) },
  damage: null,
};
const torn: VisitEntry = { ...well, id: 'visit-2', name: 'Torn', thumbnail: null, damage: 'This visit file is torn. Delete it.' };

const commands = {} as Commands;
let kept: VisitEntry[];
let root: Root;
let host: HTMLElement;

async function changed<T>(result: T): Promise<T> {
  visitsStore.setState({ entries: kept });
  return result;
}

const visits = {
  visits: vi.fn<VisitCommands['visits']>(async () => kept),
  saveVisit: vi.fn<VisitCommands['saveVisit']>(async (name) => {
    kept = [{ ...well, id: 'visit-3', name: name ?? '' }, ...kept];
    return await changed('visit-3');
  }),
  openVisit: vi.fn<VisitCommands['openVisit']>(async () => {}),
  deleteVisit: vi.fn<VisitCommands['deleteVisit']>(async (id) => {
    kept = kept.filter((entry) => entry.id !== id);
    await changed(null);
  }),
  undoDelete: vi.fn<VisitCommands['undoDelete']>(async () => {
    kept = [well, torn];
    return await changed('visit-1');
  }),
  exportVisit: vi.fn<VisitCommands['exportVisit']>(async () => new Blob(['file'])),
  importVisit: vi.fn<VisitCommands['importVisit']>(async () => 'visit-4'),
};

const panel = page.getByRole('region', { name: 'Visits' });

beforeEach(async () => {
  await page.viewport(1280, 720);
  vi.clearAllMocks();
  kept = [well, torn];
  appStore.setState(appStore.getInitialState(), true);
  pageStore.setState(pageStore.getInitialState(), true);
  visitsStore.setState(visitsStore.getInitialState(), true);
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  root.render(<Page commands={commands} visits={visits} lab={fakeLab()} />);
  await expect.element(page.getByRole('heading', { name: 'Reverie' })).toBeVisible();
});

afterEach(() => {
  root.unmount();
  host.remove();
});

describe('the list of visits', () => {
  test('opens on K with the keyboard in it, shows each visit, and closes on K again', async () => {
    await userEvent.keyboard('k');
    await expect.element(panel.getByText('By the pool')).toBeVisible();
    expect(panel.element().contains(document.activeElement)).toBe(true);
    await expect.element(panel.getByText(/Courtyards, dreamed · .*2026.* · 840 kB/).first()).toBeVisible();
    await expect.element(panel.getByText('2 visits, 1.7 MB in this browser')).toBeVisible();
    const picture = panel.element().querySelector('canvas')!;
    expect([...picture.getContext('2d')!.getImageData(0, 0, 2, 1).data]).toEqual([200, 10, 20, 255, 30, 40, 250, 255]);
    await userEvent.keyboard('k');
    await expect.element(panel).not.toBeInTheDocument();
  });

  test('fits its panel: nothing is cut off', async () => {
    await userEvent.keyboard('k');
    await expect.element(panel.getByText('By the pool')).toBeVisible();
    const right = panel.element().getBoundingClientRect().right;
    for (const element of panel.element().querySelectorAll('button, input:not([hidden]), p')) {
      expect(element.getBoundingClientRect().right).toBeLessThanOrEqual(right);
    }
  });

  test('a damaged visit says so and cannot be opened, but exported and deleted', async () => {
    await userEvent.keyboard('k');
    await expect.element(panel.getByText('This visit file is torn. Delete it.')).toBeVisible();
    const named = (name: RegExp): number => panel.getByRole('button', { name }).elements().length;
    expect([named(/^Open Torn/), named(/^Export Torn/), named(/^Delete Torn/)]).toEqual([0, 1, 1]);
    await panel.getByRole('button', { name: /^Open By the pool/ }).click();
    expect(visits.openVisit).toHaveBeenCalledWith('visit-1');
  });

  test('saving takes the name that was typed, and walking keys type instead of walking', async () => {
    await userEvent.keyboard('k');
    await panel.getByLabelText('Name of this place').click();
    await userEvent.keyboard('wake{Enter}');
    await expect.element(panel.getByText('wake')).toBeVisible();
    expect(visits.saveVisit).toHaveBeenCalledWith('wake');
    await expect.element(panel.getByLabelText('Name of this place')).toHaveValue('');
  });

  test('a deletion can be undone from the notice', async () => {
    await userEvent.keyboard('k');
    await panel.getByRole('button', { name: /^Delete By the pool/ }).click();
    await expect.element(panel.getByText('By the pool')).not.toBeInTheDocument();
    expect(panel.element().contains(document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(panel.getByText('By the pool')).toBeVisible();
    await expect.element(page.getByRole('button', { name: 'Undo' })).not.toBeInTheDocument();
  });

  test('an empty list says what it is for, and one that cannot be read says why', async () => {
    kept = [];
    await userEvent.keyboard('k');
    await expect.element(panel.getByText(/No visits yet. Save this place/)).toBeVisible();
    await userEvent.keyboard('k');
    visits.visits.mockRejectedValueOnce(new Error('The saved visits cannot be read: no storage.'));
    await userEvent.keyboard('k');
    await expect.element(panel.getByText('The saved visits cannot be read: no storage.')).toBeVisible();
  });

  test('a file dropped on the page is imported and offered; a refusal is a sentence', async () => {
    const drop = (): void => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'place.reverie'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    };
    drop();
    await page.getByRole('button', { name: 'Open it' }).click();
    expect(visits.openVisit).toHaveBeenCalledWith('visit-4');
    visits.importVisit.mockRejectedValueOnce(new Error('This is not a visit.'));
    drop();
    await expect.element(page.getByRole('alert').getByText('This is not a visit.')).toBeVisible();
  });

  test('settings and visits take turns in the same place', async () => {
    await userEvent.keyboard('k');
    await expect.element(panel).toBeVisible();
    await page.getByRole('button', { name: 'Visits', exact: true }).click();
    await expect.element(panel).not.toBeInTheDocument();
    await userEvent.keyboard('k');
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
    expect(document.activeElement?.id).toBe('visits-button');
  });
});

test('file names are words that every system takes', () => {
  expect(fileName(well)).toBe('by-the-pool-2026-11-22.reverie');
  expect(fileName({ ...well, name: '../Où? "É"', savedAtMs: 0 })).toBe('ou-e.reverie');
  expect(fileName({ ...well, name: '夢', worldName: '', worldId: '' })).toBe('visit-2026-11-22.reverie');
});
