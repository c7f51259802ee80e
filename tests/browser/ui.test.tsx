import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Commands, VisitCommands } from '../../src/app/commands';
import { controlTakesKey } from '../../src/xr/key-focus';
import { defaultOptions } from '../../src/app/options';
import { appStore, notify, type AppState, type Stats } from '../../src/app/store';
import { Page } from '../../src/app/ui/Page';
import { pageStore } from '../../src/app/ui/page-state';
import { fakeLab } from './fake-lab';

const worlds: AppState['worlds'] = [
  { id: 'courtyards', name: 'Courtyards, dreamed', description: 'Painted by a network.', kind: 'neural' },
  { id: 'courtyard-sim', name: 'Courtyards, computed', description: 'Ray cast.', kind: 'simulator' },
];

const world: AppState['world'] = {
  id: 'courtyards',
  name: 'Courtyards, dreamed',
  description: '',
  camera: { width: 128, height: 128, fx: 54, fy: 54, cx: 64, cy: 64 },
  hasDepth: true,
  rateHz: 30,
  provider: 'wasm',
  layout: null,
};

const stats: Stats = {
  display: { hz: 71.94, missedPct: 0.4, frameMsP50: 3.1, frameMsP99: 14.2 },
  model: { id: 'courtyards', provider: 'wasm', hz: 11.8, stepMsP50: 83.1, stepMsP95: 101.7, frames: 10482 },
  frame: { ageMs: 91, id: 10483, actionId: 20811, staleness: 0, depthCorrection: { scale: 1, offset: 0 } },
  draw: { triangles: 750_000, draws: 12, uploadBytes: 2_400_000 },
  pose: { worldFromHead: [] },
  governor: null,
  errors: [],
};

const commands = {
  open: vi.fn<Commands['open']>(async () => {}),
  enter: vi.fn<Commands['enter']>(async () => {}),
  exit: vi.fn<Commands['exit']>(async () => {}),
  set: vi.fn<Commands['set']>((options) =>
    appStore.setState((state) => ({ options: { ...state.options, ...options } })),
  ),
  newSeed: vi.fn<Commands['newSeed']>(),
  recentre: vi.fn<Commands['recentre']>(),
  takePicture: vi.fn<Commands['takePicture']>(async () => {}),
  restart: vi.fn<Commands['restart']>(),
};

const visits = {
  visits: vi.fn<VisitCommands['visits']>(async () => []),
  saveVisit: vi.fn<VisitCommands['saveVisit']>(async () => 'visit-1'),
  openVisit: vi.fn<VisitCommands['openVisit']>(async () => {}),
  deleteVisit: vi.fn<VisitCommands['deleteVisit']>(async () => {}),
  undoDelete: vi.fn<VisitCommands['undoDelete']>(async () => 'visit-1'),
  exportVisit: vi.fn<VisitCommands['exportVisit']>(async () => new Blob(['file'])),
  importVisit: vi.fn<VisitCommands['importVisit']>(async () => 'visit-2'),
};

let canvas: HTMLCanvasElement;
let host: HTMLElement;
let root: Root;

beforeEach(async () => {
  await page.viewport(1280, 720);
  vi.clearAllMocks();
  appStore.setState(appStore.getInitialState(), true);
  appStore.setState({ options: { ...defaultOptions }, worlds, world, alive: true, xr: { status: 'available' } });
  pageStore.setState(pageStore.getInitialState(), true);
  canvas = document.createElement('canvas');
  canvas.style.cssText = 'position:fixed;inset:0;width:100%;height:100%;z-index:0';
  host = document.createElement('div');
  document.body.append(canvas, host);
  root = createRoot(host);
  root.render(<Page commands={commands} visits={visits} lab={fakeLab()} />);
  await expect.element(page.getByRole('heading', { name: 'Reverie' })).toBeVisible();
});

afterEach(() => {
  root.unmount();
  host.remove();
  canvas.remove();
});

function focusedName(): string {
  return document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '';
}

async function tabTo(name: RegExp, atMost = 12): Promise<number> {
  for (let presses = 1; presses <= atMost; presses++) {
    await userEvent.keyboard('{Tab}');
    if (name.test(focusedName())) return presses;
  }
  throw new Error(`${name} was not reached with ${atMost} presses of Tab; the focus is on "${focusedName()}".`);
}

/** A drag over the picture, as the canvas would see it. */
function drag(pixels: number): void {
  const at = (clientX: number) => ({ clientX, clientY: 300, bubbles: true, pointerId: 1 });
  canvas.dispatchEvent(new PointerEvent('pointerdown', at(900)));
  canvas.dispatchEvent(new PointerEvent('pointermove', at(900 + pixels)));
  canvas.dispatchEvent(new PointerEvent('pointerup', at(900 + pixels)));
}

describe('the landing panel', () => {
  it('names every world with its kind in words and opens the one that is clicked', async () => {
    await expect.element(page.getByRole('button', { name: /dreamed.*You are here.*Neural network/ })).toBeVisible();
    await page.getByRole('button', { name: /computed.*Simulator/ }).click();
    expect(commands.open).toHaveBeenCalledExactlyOnceWith('courtyard-sim');
  });

  it('shows the sentence of a refusal once, even when it was shown already', async () => {
    const sentence = 'The package has no manifest; check its address.';
    commands.open.mockImplementation(async () => {
      notify({ id: 'package', level: 'error', text: `The world did not open: ${sentence}` });
      throw new Error(sentence);
    });
    await page.getByRole('button', { name: /computed/ }).click();
    await expect.element(page.getByRole('alert').getByText(sentence)).toBeVisible();
    expect(appStore.getState().notices).toHaveLength(1);
    commands.open.mockImplementation(async () => {});
  });

  it('enters VR by Tab and Enter, by a click and by V', async () => {
    await tabTo(/^Enter VR$/, 3);
    await userEvent.keyboard('{Enter}');
    expect(commands.enter).toHaveBeenCalledExactlyOnceWith('immersive-vr');
    await page.getByRole('button', { name: 'Enter VR' }).click();
    expect(commands.enter).toHaveBeenCalledTimes(2);
    await userEvent.keyboard('v');
    expect(commands.enter).toHaveBeenCalledTimes(3);
  });

  it('keeps Enter VR in the Tab order without a headset, says why and does nothing', async () => {
    appStore.setState({ xr: { status: 'unavailable', reason: 'No headset was found; connect one and reload.' } });
    await expect.element(page.getByText('No headset was found; connect one and reload.')).toBeVisible();
    await tabTo(/^Enter VR$/, 3);
    const button = document.activeElement!;
    expect(button.getAttribute('aria-disabled')).toBe('true');
    const described = document.getElementById(button.getAttribute('aria-describedby')!);
    expect(described?.textContent).toContain('No headset was found');
    await userEvent.keyboard('{Enter}');
    expect(commands.enter).not.toHaveBeenCalled();
  });

  it('offers Exit VR while a session runs', async () => {
    appStore.setState({ xr: { status: 'presenting', mode: 'immersive-vr' } });
    await page.getByRole('button', { name: 'Exit VR' }).click();
    expect(commands.exit).toHaveBeenCalledOnce();
    expect(pageStore.getState().landing).toBe('folded');
  });

  it('asks for another seed', async () => {
    await page.getByRole('button', { name: 'New world' }).click();
    expect(commands.newSeed).toHaveBeenCalledOnce();
  });

  it('lets pointers through to the canvas wherever there is no control', () => {
    const heading = document.querySelector('h1')!.getBoundingClientRect();
    expect(document.elementFromPoint(heading.x + 5, heading.y + 20)).toBe(canvas);
    expect(document.elementFromPoint(900, 400)).toBe(canvas);
    const vr = page.getByRole('button', { name: 'Enter VR' }).element().getBoundingClientRect();
    expect(document.elementFromPoint(vr.x + vr.width / 2, vr.y + vr.height / 2)?.textContent).toBe('Enter VR');
  });

  it('folds at the first walking key or drag, not at a click, and comes back by button and by Esc', async () => {
    drag(3);
    expect(pageStore.getState().landing).toBe('open');
    drag(40);
    expect(pageStore.getState().landing).toBe('folded');
    await page.getByRole('button', { name: /show the worlds/ }).click();
    await expect.element(page.getByRole('heading', { name: 'Reverie' })).toBeVisible();
    await userEvent.keyboard('w');
    await expect.element(page.getByRole('heading', { name: 'Reverie' })).not.toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('heading', { name: 'Reverie' })).toBeVisible();
    // The focus comes with it: the next Tab goes on inside the panel.
    expect(await tabTo(/^Enter VR$/, 1)).toBe(1);
  });
});

describe('opening a world', () => {
  it('shows the bytes of the download, then the other steps', async () => {
    const progress = { step: 'download', loadedBytes: 2_130_000, totalBytes: 5_710_000 } as const;
    appStore.setState({ alive: false, world: null, opening: { worldId: 'courtyards', progress } });
    await expect.element(page.getByText('2.1 MB of 5.7 MB')).toBeVisible();
    const bar = page.getByRole('progressbar').element() as HTMLProgressElement;
    expect(bar.value).toBeCloseTo(2.13 / 5.71, 5);
    await expect.element(page.getByRole('button', { name: 'Preparing…' })).toHaveAttribute('aria-disabled', 'true');

    appStore.setState({ opening: { worldId: 'courtyards', progress: { step: 'self-check', provider: 'webgpu' } } });
    await expect.element(page.getByText('checking itself on WebGPU', { exact: true })).toBeVisible();
    expect([...document.querySelectorAll('.opening li')].map((li) => (li as HTMLElement).dataset['state'])).toEqual([
      'done',
      'done',
      'now',
    ]);
    appStore.setState({ opening: null, world, alive: true });
    await expect.element(page.getByRole('button', { name: 'Enter VR' })).toHaveAttribute('aria-disabled', 'false');
    await expect.element(page.getByRole('progressbar')).not.toBeInTheDocument();
  });

  it('shows what has come when the size is unknown', async () => {
    const progress = { step: 'download', loadedBytes: 840_000, totalBytes: 0 } as const;
    appStore.setState({ opening: { worldId: 'courtyards', progress } });
    await expect.element(page.getByText('840 kB', { exact: true })).toBeVisible();
    expect((page.getByRole('progressbar').element() as HTMLProgressElement).position).toBe(-1);
  });

  it('tells a screen reader each step once, not every byte', async () => {
    const status = [...document.querySelectorAll('[role=status]')].find((element) => element.matches('p'))!;
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(status.textContent ?? ''));
    observer.observe(status, { childList: true, characterData: true, subtree: true });
    for (let loadedBytes = 0; loadedBytes <= 5e6; loadedBytes += 1e6) {
      const progress = { step: 'download', loadedBytes, totalBytes: 5e6 } as const;
      appStore.setState({ opening: { worldId: 'courtyard-sim', progress } });
      await new Promise(requestAnimationFrame);
    }
    appStore.setState({ opening: { worldId: 'courtyard-sim', progress: { step: 'compile' } } });
    await vi.waitFor(() => expect(said).toHaveLength(2));
    observer.disconnect();
    expect(said).toEqual(['Opening Courtyards, computed: downloading.', 'Opening Courtyards, computed: compiling.']);
  });
});

describe('notices', () => {
  it('put errors into an alert and the rest into a status region that were there before', async () => {
    const alert = page.getByRole('alert').element();
    notify({ id: 'a', level: 'error', text: 'The worker stopped; restart it.' });
    notify({ id: 'b', level: 'warning', text: 'This runs on WASM.' });
    await expect.element(page.getByText('The worker stopped; restart it.')).toBeVisible();
    expect(page.getByRole('alert').element()).toBe(alert);
    expect(alert.textContent).toContain('The worker stopped');
    expect(page.getByText('This runs on WASM.').element().closest('[role=status]')).not.toBeNull();
  });

  it('run their action, are replaced by id and go away when dismissed', async () => {
    const run = vi.fn<() => void>();
    notify({ id: 'worker', level: 'error', text: 'First.' });
    notify({ id: 'worker', level: 'error', text: 'Second.', action: { label: 'Restart', run } });
    await page.getByRole('button', { name: 'Restart' }).click();
    expect(run).toHaveBeenCalledOnce();
    await expect.element(page.getByText('First.')).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Dismiss: Second.' }).click();
    await expect.element(page.getByText('Second.')).not.toBeInTheDocument();
  });

  it('are all that is left with noui, errors only, and shortcuts rest', async () => {
    notify({ id: 'e', level: 'error', text: 'Broken; do this.' });
    notify({ id: 'i', level: 'info', text: 'By the way.' });
    appStore.setState((state) => ({ options: { ...state.options, noui: true } }));
    await expect.element(page.getByText('Broken; do this.')).toBeVisible();
    await expect.element(page.getByText('By the way.')).not.toBeInTheDocument();
    expect(host.querySelectorAll('button')).toHaveLength(1);
    await userEvent.keyboard('p');
    expect(appStore.getState().statsOpen).toBe(false);
  });
});

describe('the picture itself', () => {
  it('shows the next debug view on G, says what its colours mean, and comes back', async () => {
    const legends = [/yellow is older, red is guessed/, /tint for each/, /mesh is cut/, /Near is bright/, /Green is fresh/];
    for (const [i, view] of (['holes', 'layer', 'cuts', 'depth', 'age'] as const).entries()) {
      await userEvent.keyboard('g');
      expect(commands.set).toHaveBeenLastCalledWith({ debug: view });
      expect(appStore.getState().options.debug).toBe(view);
      await expect.element(page.getByText(legends[i]!)).toBeVisible();
    }
    await userEvent.keyboard('g');
    expect(appStore.getState().options.debug).toBe('none');
    await vi.waitFor(() => expect(host.querySelector('[data-kind=debug]')).toBeNull());
  });

  it('says how old it is while no frame comes, tells a screen reader once, and lets pointers through', async () => {
    expect(host.querySelector('[data-kind=age]')).toBeNull();
    appStore.setState({ stale: { ageMs: 1230 } });
    const chip = page.getByText('Picture is 1.2 s old');
    await expect.element(chip).toBeVisible();
    const status = page.getByText('No new picture comes; what you see stands still.').element();
    const said: string[] = [];
    const observer = new MutationObserver(() => said.push(status.textContent ?? ''));
    observer.observe(status, { childList: true, characterData: true, subtree: true });
    const box = chip.element().getBoundingClientRect();
    expect(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)).toBe(canvas);
    appStore.setState({ stale: { ageMs: 12_400 } });
    await expect.element(page.getByText('Picture is 12 s old')).toBeVisible();
    expect(said).toEqual([]);
    appStore.setState({ stale: null });
    await vi.waitFor(() => expect(host.querySelector('[data-kind=age]')).toBeNull());
    observer.disconnect();
  });

  it('is left alone with noui', async () => {
    appStore.setState((state) => ({ stale: { ageMs: 900 }, options: { ...state.options, noui: true, debug: 'age' } }));
    await vi.waitFor(() => expect(document.querySelector('h1')).toBeNull());
    expect(host.querySelector('.chip')).toBeNull();
  });
});

describe('panels', () => {
  it('show the numbers on P and on the back quote', async () => {
    appStore.setState({ stats });
    await userEvent.keyboard('p');
    const panel = page.getByRole('region', { name: 'Statistics' });
    await expect.element(panel).toBeVisible();
    const text = panel.element().textContent ?? '';
    for (const number of ['71.9', '0.4', '11.8', '83.1', '101.7', '91', '10482', '10483', '20811', 'WASM']) {
      expect(text).toContain(number);
    }
    await userEvent.keyboard('`');
    await expect.element(panel).not.toBeInTheDocument();
  });

  it('open help as a modal dialog on H; Esc closes it, and only it, and gives the focus back', async () => {
    appStore.setState({ statsOpen: true, stats });
    await tabTo(/^Help$/, 12);
    await userEvent.keyboard('h');
    const dialog = page.getByRole('dialog', { name: 'How to move and look' });
    await expect.element(dialog).toBeVisible();
    expect(dialog.element().matches(':modal')).toBe(true);
    await userEvent.keyboard('{Escape}');
    await expect.element(dialog).not.toBeInTheDocument();
    await vi.waitFor(() => expect(appStore.getState().helpOpen).toBe(false));
    expect(focusedName()).toBe('Help');
    expect(appStore.getState().statsOpen).toBe(true);
    expect(pageStore.getState().landing).toBe('open');
    // And it opens again.
    await userEvent.keyboard('?');
    await expect.element(dialog).toBeVisible();
    appStore.setState({ helpOpen: false });
    await expect.element(dialog).not.toBeInTheDocument();
  });

  it('set options, and keep a bad number with a sentence', async () => {
    await userEvent.keyboard('o');
    await page.getByRole('radio', { name: /^Rotation/ }).click();
    expect(commands.set).toHaveBeenLastCalledWith({ reprojection: 'rotation' });
    await page.getByRole('radio', { name: 'Smooth' }).click();
    expect(commands.set).toHaveBeenLastCalledWith({ turn: 'smooth' });
    const latency = page.getByLabelText('Added latency');
    await latency.fill('9000');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/addLatencyMs must be a number from 0 to 5000/)).toBeVisible();
    expect(commands.set).toHaveBeenCalledTimes(2);
    await latency.fill('250');
    await userEvent.keyboard('{Enter}');
    expect(commands.set).toHaveBeenLastCalledWith({ addLatencyMs: 250 });
    await expect.element(page.getByText(/addLatencyMs must be/)).not.toBeInTheDocument();
  });

  it('have every option of the headset’s menu as well, and put all that is saved back', async () => {
    await userEvent.keyboard('o');
    const now = () => appStore.getState().options;
    for (const [label, value] of [['Seated height in VR', 0.4], ['Scale of the diorama', 35]] as const) {
      await page.getByLabelText(label).fill(String(value));
    }
    expect(now()).toMatchObject({ seatedHeightM: 0.4, arScale: 35 });
    await expect.element(page.getByText('+40 cm')).toBeInTheDocument();
    for (const name of ['Left', 'Overlay', 'Box', 'Move', 'Cube']) {
      await page.getByRole('radio', { name, exact: true }).click();
    }
    for (const name of ['Walls stop you', /Real things hide/, 'Sound', 'Captions for sounds']) {
      await page.getByRole('checkbox', { name, exact: true }).click();
    }
    const chosen = { hand: 'left', arForm: 'overlay', arCut: 'box', tool: 'move', thing: 'cube', collide: false, sound: false };
    expect(now()).toMatchObject({ ...chosen, arOcclusion: false, captions: true });
    await page.getByRole('button', { name: 'Reset settings' }).click();
    expect(now()).toEqual(defaultOptions);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(now()).toMatchObject(chosen);
    localStorage.clear();
  });

  it('save a picture by I and by the button, and not while somebody types', async () => {
    await userEvent.keyboard('i');
    await page.getByRole('button', { name: 'Take a picture' }).click();
    expect(commands.takePicture).toHaveBeenCalledTimes(2);
  });

  it('offer every way to redraw, layers at first, and explain the chosen detail and debug view', async () => {
    await userEvent.keyboard('o');
    const modes = page.getByRole('group', { name: 'Between two frames of the model' });
    expect(modes.getByRole('radio').elements()).toHaveLength(5);
    await expect.element(modes.getByRole('radio', { name: /^Layers/ })).toBeChecked();
    for (const [name, value] of [['Off', 'off'], ['Quad', 'quad'], ['Mesh', 'mesh'], ['Layers', 'layers']] as const) {
      await modes.getByText(name, { exact: true }).click();
      expect(commands.set).toHaveBeenLastCalledWith({ reprojection: value });
    }
    await page.getByRole('radio', { name: 'Soft' }).click();
    expect(commands.set).toHaveBeenLastCalledWith({ edges: 'soft' });
    const detail = page.getByRole('group', { name: 'Detail for' });
    await detail.getByRole('radio', { name: 'Headset' }).click();
    expect(commands.set).toHaveBeenLastCalledWith({ preset: 'standalone' });
    await expect.element(detail.getByText(/headset by itself/)).toBeVisible();
    const debug = page.getByRole('group', { name: 'See how it is made' });
    await debug.getByRole('radio', { name: 'Depth' }).click();
    expect(commands.set).toHaveBeenLastCalledWith({ debug: 'depth' });
    await expect.element(debug.getByText('Near is bright, far is dark.')).toBeVisible();
  });

  it('leave letters alone while somebody types', async () => {
    await userEvent.keyboard('o');
    await page.getByLabelText('Open a package').fill('');
    await userEvent.keyboard('whoop');
    expect(appStore.getState()).toMatchObject({ statsOpen: false, helpOpen: false });
    expect(pageStore.getState()).toEqual({ landing: 'open', settingsOpen: true, visitsOpen: false, labOpen: false });
    await userEvent.keyboard('{Escape}');
    expect(pageStore.getState().settingsOpen).toBe(false);
  });

  it('close from the top on Esc: settings, statistics, then the landing panel folds', async () => {
    appStore.setState({ statsOpen: true });
    pageStore.setState({ settingsOpen: true });
    const now = () => [pageStore.getState().settingsOpen, appStore.getState().statsOpen, pageStore.getState().landing];
    await userEvent.keyboard('{Escape}');
    expect(now()).toEqual([false, true, 'open']);
    await userEvent.keyboard('{Escape}');
    expect(now()).toEqual([false, false, 'open']);
    await userEvent.keyboard('{Escape}');
    expect(now()).toEqual([false, false, 'folded']);
  });

  it('give every control a name', async () => {
    pageStore.setState({ settingsOpen: true });
    notify({ id: 'n', level: 'info', text: 'By the way.', action: { label: 'Do it', run: () => {} } });
    await expect.element(page.getByLabelText('Open a package')).toBeInTheDocument();
    expect(host.querySelectorAll('button, input').length).toBeGreaterThan(25);
    const nameless = [...host.querySelectorAll<HTMLButtonElement | HTMLInputElement>('button, input')].filter(
      (control) => !(control.getAttribute('aria-label') ?? (control.textContent || control.labels?.[0]?.textContent)),
    );
    expect(nameless).toEqual([]);
  });
});

describe('keys of controls', () => {
  it('go to the control that needs them and to nobody else', () => {
    const make = (html: string) => {
      const template = document.createElement('template');
      template.innerHTML = html;
      return template.content.firstElementChild;
    };
    expect(controlTakesKey(make('<input type="text">'), 'w')).toBe(true);
    expect(controlTakesKey(make('<select></select>'), 'w')).toBe(true);
    expect(controlTakesKey(make('<input type="radio">'), 'w')).toBe(false);
    expect(controlTakesKey(make('<input type="range">'), 'ArrowUp')).toBe(true);
    expect(controlTakesKey(make('<input type="text">'), 'Escape')).toBe(false);
    expect(controlTakesKey(make('<button></button>'), 'ArrowUp')).toBe(false);
    expect(controlTakesKey(document.body, 'w')).toBe(false);
  });
});

describe('small and large windows', () => {
  it.each([
    [360, 640],
    [640, 360],
    [1280, 720],
    [3840, 2160],
  ])('fit %i x %i without a horizontal scroll bar, every control inside', async (width, height) => {
    await page.viewport(width, height);
    appStore.setState({ stats, stale: { ageMs: 4321 }, opening: { worldId: 'courtyards', progress: null } });
    appStore.setState((state) => ({ options: { ...state.options, debug: 'holes' } }));
    notify({ id: 'n', level: 'error', text: 'A long sentence about something that went wrong, and what to do about it.' });
    const openPanels: (() => void)[] = [
      () => {},
      () => pageStore.setState({ settingsOpen: true }),
      () => appStore.setState({ statsOpen: true }),
      () => pageStore.setState({ settingsOpen: false, landing: 'folded' }),
      () => appStore.setState({ helpOpen: true }),
    ];
    for (const open of openPanels) {
      open();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
      const outside = [...host.querySelectorAll<HTMLElement>('button, input, p, .panel, .opening')].filter((element) => {
        if (!element.checkVisibility() || element.closest('.visually-hidden')) return false;
        const box = element.getBoundingClientRect();
        return box.left < 0 || box.right > width + 0.5;
      });
      expect(outside.map((element) => element.outerHTML)).toEqual([]);
    }
  });
});
