import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Commands, VisitCommands } from '../../src/app/commands';
import { labStore } from '../../src/app/lab/lab-store';
import { planSuite } from '../../src/app/lab/suite-plan';
import { cancelSuite, startSuite } from '../../src/app/lab/suite-session';
import { defaultOptions } from '../../src/app/options';
import { appStore } from '../../src/app/store';
import { Page } from '../../src/app/ui/Page';
import { pageStore } from '../../src/app/ui/page-state';
import { fakeLab, fillLog } from './fake-lab';

const commands = {
  open: vi.fn<Commands['open']>(async () => {}),
  enter: vi.fn<Commands['enter']>(async () => {}),
  exit: vi.fn<Commands['exit']>(async () => {}),
  set: vi.fn<Commands['set']>((options) => appStore.setState((state) => ({ options: { ...state.options, ...options } }))),
  newSeed: vi.fn<Commands['newSeed']>(),
  recentre: vi.fn<Commands['recentre']>(),
  takePicture: vi.fn<Commands['takePicture']>(async () => {}),
  restart: vi.fn<Commands['restart']>(),
};
const visits = { visits: async () => [] } as unknown as VisitCommands;

let host: HTMLElement;
let root: Root;
let lab: ReturnType<typeof fakeLab>;

beforeEach(async () => {
  await page.viewport(1280, 720);
  vi.clearAllMocks();
  appStore.setState(appStore.getInitialState(), true);
  appStore.setState({ options: { ...defaultOptions }, alive: true, xr: { status: 'available' } });
  pageStore.setState(pageStore.getInitialState(), true);
  labStore.setState(labStore.getInitialState(), true);
  lab = fakeLab();
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
  root.render(<Page commands={commands} visits={visits} lab={lab} />);
  await expect.element(page.getByRole('heading', { name: 'Reverie' })).toBeVisible();
});

afterEach(() => {
  cancelSuite();
  root.unmount();
  host.remove();
});

const panel = () => page.getByRole('region', { name: 'Latency lab' });

async function openLab(): Promise<void> {
  await userEvent.keyboard('l');
  await expect.element(panel()).toBeVisible();
}

/** A part of the lab, unfolded. */
async function unfold(title: string): Promise<void> {
  await page.getByRole('heading', { name: title }).click();
}

const options = () => appStore.getState().options;

describe('the lab', () => {
  it('opens with L and with its button, closes with Esc, and gives the focus back', async () => {
    await openLab();
    expect(document.activeElement).toBe(panel().element());
    expect(pageStore.getState()).toMatchObject({ landing: 'folded', labOpen: true });
    await userEvent.keyboard('{Escape}');
    await expect.element(panel()).not.toBeInTheDocument();
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Latency lab');
    await page.getByRole('button', { name: 'Latency lab', exact: true }).click();
    await expect.element(panel()).toBeVisible();
    await page.getByRole('button', { name: 'Close latency lab' }).click();
    await expect.element(panel()).not.toBeInTheDocument();
  });

  it('stands where settings and visits do: one closes the other', async () => {
    await openLab();
    await userEvent.keyboard('o');
    await expect.element(panel()).not.toBeInTheDocument();
    expect(pageStore.getState()).toMatchObject({ settingsOpen: true, labOpen: false });
    await userEvent.keyboard('l');
    await expect.element(panel()).toBeVisible();
    expect(pageStore.getState()).toMatchObject({ settingsOpen: false, labOpen: true });
  });

  it('gives every control a name', async () => {
    await openLab();
    for (const title of ['Make it worse', 'Head movement', 'Suite', 'Governor, prediction, patch', 'Export']) await unfold(title);
    const controls = [...panel().element().querySelectorAll<HTMLInputElement>('button, input, select')];
    expect(controls.length).toBeGreaterThan(35);
    const nameless = controls.filter(
      (control) => !(control.getAttribute('aria-label') ?? (control.labels?.[0]?.textContent || control.textContent)),
    );
    expect(nameless).toEqual([]);
  });
});

describe('A and B', () => {
  it('change places with B while the lab is open, and each change is written down', async () => {
    await userEvent.keyboard('b');
    expect(commands.set).not.toHaveBeenCalled();
    await openLab();
    await userEvent.keyboard('b');
    expect(options().reprojection).toBe('off');
    await expect.element(page.getByText('Show A: Layers')).toBeVisible();
    await page.getByRole('button', { name: /Show A: Layers/ }).click();
    expect(options().reprojection).toBe('layers');
    const events = lab.spans.events('mode');
    expect(events.map(({ args }) => args)).toEqual([
      { from: 'layers', to: 'off', side: 'B' },
      { from: 'off', to: 'layers', side: 'A' },
    ]);
    expect(events[0]!.atMs).toBeLessThanOrEqual(events[1]!.atMs);
  });

  it('can be any two modes, and the one that is shown follows its choice', async () => {
    await openLab();
    await page.getByRole('group', { name: 'B' }).getByRole('radio', { name: 'Rotation' }).click();
    expect(commands.set).not.toHaveBeenCalled();
    await page.getByRole('group', { name: 'A' }).getByRole('radio', { name: 'Mesh' }).click();
    expect(options().reprojection).toBe('mesh');
    await userEvent.keyboard('b');
    expect(options().reprojection).toBe('rotation');
  });
});

describe('the plots', () => {
  it('draw what the log holds, and say it in numbers with units', async () => {
    fillLog(lab.spans);
    await openLab();
    const figure = (id: string) => panel().element().querySelector(`[data-plot=${id}]`)!;
    await vi.waitFor(() => expect(figure('interval').textContent).toMatch(/20\.0 · 20\.0 · 80\.0 ms/));
    expect(figure('age').textContent).toContain('120.0 · 120.0 · 120.0 ms');
    expect(figure('rate').textContent).toContain('10.0 Hz');
    expect(figure('gap').textContent).toContain('2.00 °');
    // 13 parts of 5 ms, two of them in the group that reads back and meshes.
    expect(figure('stages').textContent).toContain('65.0 · 65.0 · 65.0 ms');
    expect(figure('stages').textContent).toContain('Read back, mesh 10.0 ms');
    for (const id of ['interval', 'age', 'stages', 'gap', 'rate']) expect(inkOf(figure(id).querySelector('canvas')!)).toBeGreaterThan(100);
  });

  it('are empty and say n/a before anything was measured', async () => {
    await openLab();
    const captions = [...panel().element().querySelectorAll('figcaption .numbers')].map((element) => element.textContent);
    expect(captions).toEqual(['n/a', 'n/a', 'n/a', 'n/a', 'n/a']);
  });

  it('are as wide as the panel at every size of the window', async () => {
    await openLab();
    for (const [width, height] of [[360, 640], [1280, 720]] as const) {
      await page.viewport(width, height);
      await vi.waitFor(() => {
        const holder = panel().element().querySelector('.lab-canvas')!;
        expect(holder.querySelector('.uplot')!.getBoundingClientRect().width).toBe(holder.clientWidth);
      });
    }
  });
});

describe('making it worse', () => {
  it('sets the options that the sliders say, and takes all back at once', async () => {
    await openLab();
    await unfold('Make it worse');
    const latency = page.getByRole('slider', { name: 'Added latency' });
    await latency.click({ position: { x: 60, y: 10 } });
    expect(options().addLatencyMs).toBeGreaterThan(0);
    const before = options().addLatencyMs;
    await userEvent.keyboard('{ArrowRight}');
    expect(options().addLatencyMs).toBeGreaterThan(before);
    await page.getByRole('slider', { name: 'Lost frames' }).click();
    expect(options().dropPct).toBe(45);
    await expect.element(page.getByText(/45 % lost/)).toBeVisible();
    const seed = page.getByLabelText('Seed');
    await seed.fill('1.5');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/latencySeed must be a whole number/)).toBeVisible();
    await seed.fill('77');
    await userEvent.keyboard('{Enter}');
    expect(options().latencySeed).toBe(77);
    await page.getByRole('button', { name: 'Reset' }).click();
    expect(options()).toEqual(defaultOptions);
  });

  it('shows a value that lies between two stops as it is', async () => {
    appStore.setState({ options: { ...defaultOptions, addLatencyMs: 1234 } });
    await openLab();
    await unfold('Make it worse');
    await expect.element(page.getByText('1234 ms', { exact: true })).toBeVisible();
  });
});

describe('the head', () => {
  it('plays the chosen trace, changes to another, and is given back', async () => {
    await openLab();
    await unfold('Head movement');
    await page.getByRole('button', { name: 'Play' }).click();
    expect(lab.head.play).toHaveBeenLastCalledWith('sine');
    await page.getByLabelText('Trace', { exact: true }).selectOptions('walk');
    expect(lab.head.play).toHaveBeenLastCalledWith('walk');
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(lab.head.stop).toHaveBeenCalledOnce();
    expect(labStore.getState().head).toBe('free');
  });

  it('is recorded, and a recording that cannot be kept says why', async () => {
    await openLab();
    await unfold('Head movement');
    await page.getByRole('button', { name: 'Record' }).click();
    expect(lab.head.record).toHaveBeenCalledOnce();
    lab.head.keep.mockImplementationOnce(() => {
      throw new Error('The recording is too short for a head trace; record for at least a second.');
    });
    await page.getByRole('button', { name: 'End recording' }).click();
    await expect.element(page.getByRole('alert').getByText(/too short/)).toBeVisible();
    expect(labStore.getState().head).toBe('free');
  });

  it('is not taken by a suite while it is recorded', async () => {
    await openLab();
    await unfold('Head movement');
    await page.getByRole('button', { name: 'Record' }).click();
    await unfold('Suite');
    await page.getByRole('button', { name: 'Run suite' }).click();
    await expect.element(page.getByRole('alert').getByText(/end the recording first/)).toBeVisible();
    expect(labStore.getState()).toMatchObject({ head: 'recording', suite: null });
    expect(lab.head.play).not.toHaveBeenCalled();
  });

  it('is read from a file', async () => {
    await openLab();
    await unfold('Head movement');
    const bytes = new Uint8Array([1, 2, 3]);
    await userEvent.upload(page.getByLabelText('Head trace to load'), new File([bytes], 'mine.headtrace'));
    await vi.waitFor(() => expect(lab.head.load).toHaveBeenCalledExactlyOnceWith(bytes, 'mine.headtrace'));
    expect(labStore.getState().traceId).toBe('walk');
  });
});

describe('the suite', () => {
  it('shows its progress, can be cancelled, and gives everything back', async () => {
    appStore.setState({ options: { ...defaultOptions, reprojection: 'mesh', addLatencyMs: 40 } });
    await openLab();
    await unfold('Suite');
    await page.getByRole('button', { name: 'Run suite' }).click();
    await expect.element(page.getByRole('progressbar', { name: 'Progress of the suite' })).toBeVisible();
    await expect.element(page.getByText(/1 of \d+: off, 0 ms added/)).toBeVisible();
    expect(options()).toMatchObject({ reprojection: 'off', addLatencyMs: 0, governor: false });
    await userEvent.keyboard('b');
    expect(options().reprojection).toBe('off');
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(options()).toEqual({ ...defaultOptions, reprojection: 'mesh', addLatencyMs: 40 });
    expect(lab.head.stop).toHaveBeenCalled();
    await expect.element(page.getByRole('button', { name: 'Run suite' })).toBeVisible();
  });

  it('ends in a table and in files, and says what a trace could not do', async () => {
    await openLab();
    await unfold('Suite');
    const cells = planSuite('quick').map((cell) => ({ ...cell, settleMs: 1, measureMs: 1 }));
    startSuite(lab, commands, 'quick', cells);
    await vi.waitFor(() => expect(labStore.getState().result?.outcome).toBe('done'), 20_000);
    const table = page.getByRole('region', { name: 'Results of the suite' });
    expect(table.element().querySelectorAll('tbody tr')).toHaveLength(cells.length - 4);
    expect(table.element().textContent).toContain('12.5');
    await page.getByLabelText('Metric').selectOptions('gpuMs');
    expect(table.element().textContent).toContain('n/a');
    const saved = await downloadOf(() => page.getByRole('button', { name: 'Results as CSV' }).click());
    expect(saved.name).toMatch(/^latency-suite-.*\.csv$/);
    expect(saved.text.split('\r\n').length).toBeGreaterThan(cells.length);
    expect(lab.spans.events('suite')).toHaveLength(cells.length);

    lab.head.play.mockImplementation(() => {
      throw new Error('There is no such trace; choose another.');
    });
    await page.getByRole('button', { name: 'Run suite' }).click();
    await expect.element(page.getByRole('alert').getByText(/The suite stopped: There is no such trace/)).toBeVisible();
    expect(options()).toEqual(defaultOptions);
  });
});

describe('the rest', () => {
  it('has the switches of governor and prediction, the patch, and shows decisions', async () => {
    lab.spans.event('governor', performance.now() - 3000, { reason: 'missed frames', modelHzCap: 7.5 });
    appStore.setState({ governor: { modelHzCap: 7.5, resolutionScale: 1, layerScale: 1, reason: 'missed frames' } });
    await openLab();
    await unfold('Governor, prediction, patch');
    await expect.element(page.getByText('Holding back: at most 7.5 steps/s (missed frames).')).toBeVisible();
    await expect.element(page.getByText(/s ago missed frames: at most 7.5 steps/)).toBeVisible();
    await page.getByRole('checkbox', { name: /Governor/ }).click();
    await page.getByRole('checkbox', { name: /Prediction/ }).click();
    await page.getByRole('group', { name: 'Optical patch' }).getByRole('radio', { name: 'Trigger' }).click();
    expect(options()).toMatchObject({ governor: false, prediction: false, optical: 'trigger' });
  });

  it('shows every metric, and n/a for those without a number', async () => {
    await openLab();
    await unfold('All numbers');
    const row = (name: RegExp) => page.getByRole('row', { name });
    await expect.element(row(/Frame age ms 12\.5 13\.5 14\.5 15\.5 10/)).toBeInTheDocument();
    await expect.element(row(/GPU a frame ms n\/a n\/a n\/a n\/a 0/)).toBeInTheDocument();
  });

  it('exports the trace, as JSON, CSV and for Perfetto', async () => {
    await openLab();
    await unfold('Export');
    lab.file.mockImplementation((format) => `a ${format} file`);
    for (const [name, format] of [['Chrome trace', 'chrome'], ['JSON', 'json'], ['CSV', 'csv']] as const) {
      const saved = await downloadOf(() => page.getByRole('button', { name, exact: true }).click());
      expect(saved.text).toBe(`a ${format} file`);
    }
  });
});

describe('windows', () => {
  it.each([[360, 640], [640, 360], [1280, 720]])('of %i x %i hold every control', async (width, height) => {
    await page.viewport(width, height);
    fillLog(lab.spans);
    await openLab();
    for (const title of ['Make it worse', 'Head movement', 'Suite', 'Governor, prediction, patch', 'All numbers', 'Export']) await unfold(title);
    await expect.element(page.getByText('Estimated, the last 30 s')).toBeInTheDocument();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const outside = [...host.querySelectorAll<HTMLElement>('button, input, select, p, figure, .panel')].filter((element) => {
      if (!element.checkVisibility() || element.closest('.visually-hidden, .lab-table')) return false;
      const box = element.getBoundingClientRect();
      return box.left < 0 || box.right > width + 0.5;
    });
    expect(outside.map((element) => element.outerHTML)).toEqual([]);
  });
});

/** Pixels of a canvas that are not empty. */
function inkOf(canvas: HTMLCanvasElement): number {
  const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) count++;
  return count;
}

/** What a click hands to the downloads. */
async function downloadOf(click: () => Promise<void>): Promise<{ name: string; text: string }> {
  let blob: Blob | null = null;
  let name = '';
  const create = vi.spyOn(URL, 'createObjectURL').mockImplementation((object) => {
    blob = object as Blob;
    return 'blob:none';
  });
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    name = this.download;
  });
  await click();
  create.mockRestore();
  clicked.mockRestore();
  return { name, text: await blob!.text() };
}
