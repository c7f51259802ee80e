import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultOptions, type Options } from '../../../../src/app/options';
import { labStore } from '../../../../src/app/lab/lab-store';
import { keepSettings, loadSettings } from '../../../../src/app/settings/keep-settings';
import { resetSettings } from '../../../../src/app/settings/reset-settings';
import { settingsKey, settingsShelf } from '../../../../src/app/settings/settings-shelf';
import { appStore } from '../../../../src/app/store';
import { pageStore } from '../../../../src/app/ui/page-state';

/** A browser's storage, with the ways in which it fails. */
function fakeStorage() {
  const items = new Map<string, string>();
  const storage = {
    getItem: vi.fn<Storage['getItem']>((key) => items.get(key) ?? null),
    setItem: vi.fn<Storage['setItem']>((key, value) => void items.set(key, value)),
    removeItem: vi.fn<Storage['removeItem']>((key) => void items.delete(key)),
  };
  return { items, storage, shelf: settingsShelf(() => storage) };
}

const commands = {
  set: (options: Partial<Options>) => appStore.setState((state) => ({ options: { ...state.options, ...options } })),
};

let stop = (): void => {};

beforeEach(() => {
  appStore.setState(appStore.getInitialState(), true);
  appStore.setState({ options: { ...defaultOptions } });
  labStore.setState(labStore.getInitialState(), true);
  pageStore.setState(pageStore.getInitialState(), true);
});
afterEach(() => stop());

describe('a setting that changes', () => {
  test('is there at the next visit', () => {
    const { shelf } = fakeStorage();
    stop = keepSettings(shelf);
    commands.set({ turn: 'smooth' });
    commands.set({ walkSpeed: 2.2, seed: 99 });
    expect(loadSettings(shelf)).toEqual({ turn: 'smooth', walkSpeed: 2.2 });
    commands.set({ turn: 'snap' });
    expect(loadSettings(shelf)).toEqual({ walkSpeed: 2.2 });
  });

  test('takes nothing along that only the address asked for', () => {
    const { shelf } = fakeStorage();
    appStore.setState((state) => ({ options: { ...state.options, quality: 'low', hand: 'left' } }));
    stop = keepSettings(shelf);
    commands.set({ captions: true });
    expect(loadSettings(shelf)).toEqual({ captions: true });
  });

  test('leaves alone what another tab has saved meanwhile', () => {
    const { shelf } = fakeStorage();
    stop = keepSettings(shelf);
    commands.set({ turn: 'smooth' });
    shelf.write(JSON.stringify({ version: 1, options: { turn: 'smooth', sound: false } }));
    commands.set({ collide: false });
    expect(loadSettings(shelf)).toEqual({ turn: 'smooth', sound: false, collide: false });
  });

  test('is not kept while the lab tries one after the other', () => {
    const { shelf } = fakeStorage();
    stop = keepSettings(shelf);
    labStore.setState({ suite: { cell: 'off', index: 0, count: 2, share: 0, leftS: 9 } });
    commands.set({ reprojection: 'off', quality: 'low' });
    labStore.setState({ suite: null, inHeadset: true });
    commands.set({ reprojection: 'mesh', turn: 'smooth' });
    expect(loadSettings(shelf)).toEqual({ turn: 'smooth' });
  });
});

describe('a browser that keeps nothing', () => {
  test('says so once, and everything works on', () => {
    const { shelf, storage } = fakeStorage();
    storage.setItem.mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    stop = keepSettings(shelf);
    commands.set({ turn: 'smooth' });
    expect(appStore.getState().notices).toMatchObject([{ id: 'settings-kept', level: 'info' }]);
    appStore.setState({ notices: [] });
    commands.set({ turn: 'snap' });
    expect(appStore.getState().notices).toEqual([]);
    expect(appStore.getState().options.turn).toBe('snap');
  });

  test('may throw at the very name of its storage', () => {
    const shelf = settingsShelf(() => {
      throw new DOMException('blocked', 'SecurityError');
    });
    expect(loadSettings(shelf)).toEqual({});
    stop = keepSettings(shelf);
    commands.set({ turn: 'smooth' });
    shelf.clear();
    expect(appStore.getState().options.turn).toBe('smooth');
  });
});

test('a saved field that is no good is named on the page, and the rest is used', () => {
  const { shelf, items } = fakeStorage();
  items.set(settingsKey, JSON.stringify({ version: 1, options: { vignette: 'strong', hand: 'left' } }));
  expect(loadSettings(shelf)).toEqual({ hand: 'left' });
  expect(appStore.getState().notices).toMatchObject([{ id: 'settings', text: expect.stringContaining('vignette') }]);
});

test('a reset forgets all of it, also what the address overrules, and can be undone', () => {
  const { shelf, items } = fakeStorage();
  items.set(settingsKey, JSON.stringify({ version: 1, options: { hand: 'left' } }));
  stop = keepSettings(shelf);
  commands.set({ turn: 'smooth', seed: 7 });
  resetSettings(commands, shelf);
  expect(loadSettings(shelf)).toEqual({});
  expect(appStore.getState().options).toEqual({ ...defaultOptions, seed: 7 });
  appStore.getState().notices.find(({ id }) => id === 'settings-reset')!.action!.run();
  expect(appStore.getState().options.turn).toBe('smooth');
  expect(loadSettings(shelf)).toEqual({ turn: 'smooth' });
});
