import { afterEach, describe, expect, it, vi } from 'vitest';
import { BoxGeometry, Matrix4, Mesh, MeshBasicMaterial } from 'three';
import { buttonNames } from '../../src/action/action';
import { labStore } from '../../src/app/lab/lab-store';
import { readMenuItems } from '../../src/app/menu/menu-items';
import { menuPages, menuStore, type MenuPage } from '../../src/app/menu/menu-store';
import type { Options } from '../../src/app/options';
import type { RenderedPicture } from '../../src/app/picture/render-picture';
import { appStore, notify } from '../../src/app/store';
import type { HandKind } from '../../src/xr/hand-state';
import { stageMenu } from './menu-stage';

let stage: Awaited<ReturnType<typeof stageMenu>>;
afterEach(() => stage.end());

const options = (): Options => appStore.getState().options;

/** What pressing each item of a page is to do. Items that only change the menu itself are looked at elsewhere. */
const effects: Record<MenuPage, Record<string, () => void>> = {
  worlds: {
    'World: Courtyards, dreamed finer': () => expect(stage.host.commands.open).toHaveBeenLastCalledWith('courtyards-256'),
    'World: Courtyards, ray cast': () => expect(stage.host.commands.open).toHaveBeenLastCalledWith('courtyard-simulator'),
    'World: Courtyards, dreamed': () => expect(stage.host.commands.open).toHaveBeenLastCalledWith('courtyards'),
    'New world': () => expect(stage.host.commands.newSeed).toHaveBeenCalledOnce(),
    Recentre: () => expect(stage.host.commands.recentre).toHaveBeenCalledOnce(),
    'Leave the session': () => expect(stage.host.commands.exit).toHaveBeenCalledOnce(),
  },
  room: {
    'Form: Overlay': () => expect(options().arForm).toBe('overlay'),
    'Form: Window': () => expect(options().arForm).toBe('window'),
    'Form: Diorama': () => expect(options().arForm).toBe('diorama'),
    'Scale: more': () => expect(options().arScale).toBe(25),
    'Scale: less': () => expect(options().arScale).toBe(20),
    'Outline: Box': () => expect(options().arCut).toBe('box'),
    'Outline: Disc': () => expect(options().arCut).toBe('disc'),
    'Real depth: off': () => expect(options().arOcclusion).toBe(false),
    'Real depth: on': () => expect(options().arOcclusion).toBe(true),
  },
  things: {
    'Trigger or pinch: Move': () => expect(options().tool).toBe('move'),
    'Trigger or pinch: Throw': () => expect(options().tool).toBe('throw'),
    'Thing: Cube': () => expect(options().thing).toBe('cube'),
    'Thing: Ball': () => expect(options().thing).toBe('ball'),
    'Sound: off': () => expect(options().sound).toBe(false),
    'Sound: on': () => expect(options().sound).toBe(true),
    'Captions: on': () => expect(options().captions).toBe(true),
    'Captions: off': () => expect(options().captions).toBe(false),
  },
  comfort: {
    'Turning: Smooth': () => expect(options().turn).toBe('smooth'),
    'Turning: Snap 30°': () => expect(options().turn).toBe('snap'),
    'Vignette: more': () => expect(options().vignette).toBe(0.6),
    'Vignette: less': () => expect(options().vignette).toBe(0.5),
    'Walking speed: more': () => expect(options().walkSpeed).toBe(1.8),
    'Walking speed: less': () => expect(options().walkSpeed).toBe(1.6),
    'Seated height: more': () => expect(options().seatedHeightM).toBe(0.1),
    'Seated height: less': () => expect(options().seatedHeightM).toBe(0),
    'Throwing hand: Left': () => expect(options().hand).toBe('left'),
    'Throwing hand: Right': () => expect(options().hand).toBe('right'),
    'Walls stop you: off': () => expect(options().collide).toBe(false),
    'Walls stop you: on': () => expect(options().collide).toBe(true),
  },
  picture: {
    'Reprojection: Off': () => expect(options().reprojection).toBe('off'),
    'Reprojection: Rotation': () => expect(options().reprojection).toBe('rotation'),
    'Reprojection: Quad': () => expect(options().reprojection).toBe('quad'),
    'Reprojection: Mesh': () => expect(options().reprojection).toBe('mesh'),
    'Reprojection: Layers': () => expect(options().reprojection).toBe('layers'),
    'Quality: Low': () => expect(options().quality).toBe('low'),
    'Quality: Medium': () => expect(options().quality).toBe('medium'),
    'Quality: High': () => expect(options().quality).toBe('high'),
    'Quality: Auto': () => expect(options().quality).toBe('auto'),
    'Detail for: Headset': () => expect(options().preset).toBe('standalone'),
    'Detail for: PC': () => expect(options().preset).toBe('tethered'),
    'Detail for: Screen': () => expect(options().preset).toBe('desktop'),
    'Detail for: Auto': () => expect(options().preset).toBe('auto'),
    'Outlines: Soft': () => expect(options().edges).toBe('soft'),
    'Outlines: Hard': () => expect(options().edges).toBe('hard'),
    'Latency lab': () => expect(labStore.getState().inHeadset).toBe(true),
    'Reset settings': () => expect(appStore.getState().notices.map(({ id }) => id)).toContain('settings-reset'),
  },
  keep: {
    'Take a picture': () => expect(stage.host.commands.takePicture).toHaveBeenCalledOnce(),
    'Save this place': () => expect(stage.host.visits.saveVisit).toHaveBeenCalledOnce(),
    'Record movement': () => expect(stage.host.head.record).toHaveBeenCalledOnce(),
  },
  numbers: {
    'Page: Worlds': () => expect(menuStore.getState().page).toBe('worlds'),
    'Puck: tool': () => expect(options().tool).toBe('move'),
    'Close the menu': () => expect(menuStore.getState().isOpen).toBe(false),
  },
};
/** What is on every page, and what does nothing that this scene could show. */
const elsewhere = /^(Page|Puck|Notice): |^(Leave the session|Recentre|Close the menu|Clear things|Turn: .*|Place again|Best place|Smaller|Larger)$/;

/** Share of pixels that only text has: the wall is dark, what is chosen is yellow, panels are nearly black. */
const textShare = ({ rgba }: RenderedPicture): number => {
  let bright = 0;
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i + 2]! > 165) bright++;
  return bright / (rgba.length / 4);
};

describe('what hands can reach', () => {
  it.each([
    ['controller', 'right', 'immersive-vr'],
    ['hand', 'left', 'immersive-ar'],
    ['pinch', 'right', 'immersive-ar'],
  ] as const)('every item of every page, by %s with the %s hand alone (%s)', async (kind: HandKind, side, mode) => {
    // In AR the room may be twenty times as large as the world in it.
    const isAr = mode === 'immersive-ar';
    stage = await stageMenu(mode, isAr ? new Matrix4().makeScale(20, 20, 20).setPosition(3, -2, 7) : undefined);
    const hand = stage.hands[side];
    hand.kind = kind;
    await stage.open();
    // The puck is there for who holds no controller.
    await vi.waitFor(() => expect(readMenuItems().some(({ label }) => label === 'Puck: tool')).toBe(kind !== 'controller'), 5000);
    for (const page of menuPages) {
      if (page === 'room' && !isAr) continue;
      await stage.choose(`Page: ${stage.pageLabel(page)}`, hand, kind);
      expect(menuStore.getState().page).toBe(page);
      await stage.frames(3);
      if (page === 'room') await stage.choose('Form: Diorama', hand, kind);
      const expected = effects[page];
      const shown = readMenuItems().map(({ label }) => label).filter((label) => !elsewhere.test(label));
      expect(shown.filter((label) => !(label in expected))).toEqual([]);
      for (const [label, hasHappened] of Object.entries(expected)) {
        if (label.startsWith('Puck') && kind === 'controller') continue;
        await stage.choose(label, hand, kind);
        await stage.frames(1);
        hasHappened();
      }
    }
  });

  it('nothing that began elsewhere, that was lost, or that slipped away', async () => {
    stage = await stageMenu();
    stage.hands.right.kind = 'controller';
    await stage.open('comfort');
    const { right } = stage.hands;
    const smooth = stage.item('Turning: Smooth').roomPosition;
    // Held by somebody else.
    stage.aim(right, 'controller', smooth);
    right.claim = 'objects';
    await stage.press(right);
    expect(options().turn).toBe('snap');
    // The tracking was lost in the middle of it.
    stage.aim(right, 'controller', smooth);
    await stage.press(right, true);
    expect(options().turn).toBe('snap');
    // Moved to another item while pressed.
    stage.aim(right, 'controller', smooth);
    await stage.frames(2);
    Object.assign(right, { isPressed: true, pressBegan: true });
    await stage.frames(1);
    expect(right.claim).toBe('menu');
    right.pressBegan = false;
    stage.aim(right, 'controller', stage.item('Walls stop you: off').roomPosition);
    await stage.frames(2);
    Object.assign(right, { isPressed: false, pressEnded: true });
    await stage.frames(1);
    Object.assign(right, { pressEnded: false, claim: null });
    expect(options()).toMatchObject({ turn: 'snap', collide: true });
    // A press beside the menu is free for others.
    stage.aim(right, 'controller', [smooth[0] - 3, smooth[1], smooth[2]]);
    await stage.frames(1);
    right.pressBegan = true;
    await stage.frames(1);
    expect(right.claim).toBeNull();
  });
});

describe('how it opens', () => {
  it('by a tap of A or X and by an open palm, closes the same way, and a long press does nothing', async () => {
    stage = await stageMenu();
    stage.hands.right.kind = 'controller';
    await stage.frames(3);
    const tap = async (name: 'primaryLeft' | 'primaryRight', ms: number): Promise<void> => {
      stage.pressed.add(buttonNames.indexOf(name));
      await new Promise((resolve) => setTimeout(resolve, ms));
      await stage.frames(2);
      stage.pressed.clear();
      await stage.frames(2);
    };
    const isOpen = (): boolean => menuStore.getState().isOpen;
    await vi.waitFor(async () => {
      await tap('primaryRight', 0);
      expect(isOpen()).toBe(true);
    });
    await tap('primaryLeft', 0);
    expect(isOpen()).toBe(false);
    await tap('primaryLeft', 700);
    expect(isOpen()).toBe(false);
    stage.hands.left.palmOpened = true;
    await stage.frames(1);
    stage.hands.left.palmOpened = false;
    expect(isOpen()).toBe(true);
  });

  it('stands where it opened while the head goes on, and opens in front of it again', async () => {
    stage = await stageMenu();
    stage.hands.right.kind = 'controller';
    await stage.open('worlds');
    const before = stage.item('Recentre').roomPosition;
    stage.roomFromHead[12]! += 0.8;
    await stage.frames(4);
    expect(stage.item('Recentre').roomPosition).toEqual(before);
    menuStore.setState({ isOpen: false });
    await stage.frames(1);
    expect(readMenuItems()).toEqual([]);
    await stage.open();
    expect(stage.item('Recentre').roomPosition[0] - before[0]).toBeCloseTo(0.8, 3);
  });
});

describe('how it looks', () => {
  it('shows its text and its notice through a wall that stands before it, and fetches nothing from elsewhere', async () => {
    stage = await stageMenu();
    stage.hands.right.kind = 'controller';
    await stage.open('numbers');
    await vi.waitFor(async () => expect(textShare(await stage.picture(1000))).toBeGreaterThan(0.001), 20_000);
    const free = textShare(await stage.picture(1000));
    const wall = new Mesh(new BoxGeometry(4, 4, 0.1), new MeshBasicMaterial({ color: '#334422' }));
    wall.matrixAutoUpdate = false;
    wall.matrix.fromArray(stage.roomFromHead).multiply(new Matrix4().makeTranslation(0, 0, -0.5));
    stage.scene.add(wall);
    await stage.frames(2);
    const behind = textShare(await stage.picture(1000));
    wall.removeFromParent();
    expect(behind).toBeGreaterThan(0.9 * free);
    notify({ id: 'n', level: 'error', text: 'The model stopped; restart it.', action: { label: 'Restart', run: vi.fn<() => void>() } });
    await stage.frames(4);
    stage.item('Notice: Restart');
    await stage.choose('Notice: dismiss');
    expect(appStore.getState().notices).toEqual([]);
    const foreign = performance.getEntriesByType('resource').filter(({ name }) => !name.startsWith(location.origin) && !name.startsWith('data:'));
    expect(foreign.map(({ name }) => name)).toEqual([]);
  });

  it('leaves nothing behind on the graphics card when it is opened and closed fifty times', async () => {
    stage = await stageMenu('immersive-ar');
    const { memory } = stage.gl.info;
    const round = async (): Promise<void> => {
      for (const page of menuPages) {
        menuStore.setState({ isOpen: true, page });
        await stage.frames(2);
        menuStore.setState({ isOpen: false });
        await stage.frames(1);
      }
    };
    await stage.open();
    await round();
    const { textures, geometries } = memory;
    const rounds = 7;
    for (let k = 0; k < rounds; k++) await round();
    // What comes late comes once; a leak would come with every round.
    expect(memory.textures - textures).toBeLessThan(rounds);
    expect(memory.geometries - geometries).toBeLessThan(rounds);
  });
});
