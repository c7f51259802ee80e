import { describe, expect, test } from 'vitest';
import { buttonNames } from '../../../src/action/action';
import { poseFromYawPitch } from '../../../src/math/pose';
import { createControls, readDevices, type Controls } from '../../../src/xr/controls';
import { createXrControllers } from '../../../src/xr/devices/xr-controllers';
import { HandTracker } from '../../../src/xr/hands/hand-tracker';

type Hand = {
  handedness: XRHandedness;
  stick?: [number, number];
  buttons?: number[];
  mode?: XRTargetRayMode;
  axes?: number[];
};

function source({ handedness, stick = [0, 0], buttons = [], mode = 'tracked-pointer', axes }: Hand): XRInputSource {
  const gamepad =
    mode === 'tracked-pointer'
      ? { axes: axes ?? [0, 0, ...stick], buttons: buttons.map((value) => ({ value })), mapping: 'xr-standard' }
      : null;
  const targetRaySpace = { handedness };
  return { handedness, gamepad, targetRayMode: mode, targetRaySpace, hand: null } as unknown as XRInputSource;
}

const rays = { left: poseFromYawPitch([-0.2, 1, -0.3], 0, 0), right: poseFromYawPitch([0.2, 1, -0.3], 0.1, 0) };
const frame = {
  getPose: (space: { handedness: 'left' | 'right' }) => ({ transform: { matrix: rays[space.handedness] } }),
} as unknown as XRFrame;

/** A headset whose sources can be changed from frame to frame. */
function headset(dominant: 'left' | 'right' = 'right') {
  const tracker = new HandTracker();
  const device = createXrControllers(tracker, () => dominant);
  const controls = createControls();
  const session = { inputSources: [] as XRInputSource[], addEventListener: () => {}, removeEventListener: () => {} };
  const head = poseFromYawPitch([0, 1.6, 0], 0, 0);
  const known = new Map<string, XRInputSource>();
  let atMs = 0;
  const read = (...hands: Hand[]): Controls => {
    // A controller is one and the same input for as long as it is there.
    session.inputSources = hands.map((hand) => {
      const key = `${hand.handedness} ${hand.mode ?? ''}`;
      known.set(key, Object.assign(known.get(key) ?? ({} as XRInputSource), source(hand)));
      return known.get(key)!;
    });
    const times = { atMs: (atMs += 14), dtS: 0.014, predictedDisplayMs: undefined };
    tracker.sample(session as unknown as XRSession, frame, {} as XRReferenceSpace, times, head, dominant);
    readDevices([device], controls, 1 / 72);
    return controls;
  };
  const end = (): Controls => {
    tracker.clear();
    readDevices([device], controls, 1 / 72);
    return controls;
  };
  return Object.assign(read, { end, hands: tracker.hands });
}

const right = (x: number, y = 0): Hand => ({ handedness: 'right', stick: [x, y] });
const left = (x: number, y = 0): Hand => ({ handedness: 'left', stick: [x, y] });

describe('headset controllers', () => {
  test('walk with the left stick and turn with the right', () => {
    const controls = headset()(left(0, -1), right(1));
    expect(controls.moveBack).toBe(-1);
    expect(controls.moveRight).toBe(0);
    expect(controls.stickTurn).toBe(-1);
    expect(controls.snapTurn).toBe(-1);
  });

  test('snap once for each push, however long it is held and however it trembles', () => {
    const read = headset();
    const pushes = [0, 0.5, 0.8, 1, 0.65, 0.75, 0.5, 0.9, 0.3, 0.8, 0, -0.9, -0.9, 0];
    const snaps = pushes.map((x) => read(left(0), right(x)).snapTurn);
    expect(snaps).toEqual([0, 0, -1, 0, 0, 0, 0, 0, 0, -1, 0, 1, 0, 0]);
  });

  test('do not snap when the stick is pushed forward with a slant', () => {
    const read = headset();
    expect(read(left(0), right(0.7, -0.72)).snapTurn).toBe(0);
  });

  test.each(['left', 'right'] as const)('work with the %s one alone: its stick walks and turns', (handedness) => {
    const read = headset();
    expect(read({ handedness, stick: [0, -1] })).toMatchObject({ moveBack: -1, moveRight: 0, snapTurn: 0 });
    expect(read({ handedness, stick: [-1, 0] })).toMatchObject({ moveBack: 0, moveRight: 0, snapTurn: 1 });
  });

  test('press the buttons of their own hand', () => {
    const read = headset();
    const pressed = (hand: Hand) => buttonNames.filter((_, i) => read(hand).buttons[i] === 1);
    expect(pressed({ handedness: 'left', buttons: [1, 1, 0, 0, 1, 1] })).toEqual([
      'triggerLeft', 'gripLeft', 'primaryLeft', 'secondaryLeft',
    ]);
    expect(pressed({ handedness: 'right', buttons: [0, 0, 1, 1, 0, 1] })).toEqual(['secondaryRight']);
  });

  test('point along their rays in the space of the rig', () => {
    const controls = headset()({ handedness: 'left', buttons: [0.5] }, right(0));
    expect(controls.pointerCount).toBe(2);
    expect(controls.pointers[0]).toMatchObject({ space: 'room', pressed: 0.5 });
    expect(controls.pointers[0].spaceFromPointer).toEqual(rays.left);
    expect(controls.pointers[1].spaceFromPointer).toEqual(rays.right);
  });

  test('take a pinch without a controller for a held trigger', () => {
    const controls = headset()({ handedness: 'right', mode: 'transient-pointer' });
    expect(controls.buttons[buttonNames.indexOf('triggerRight')]).toBe(1);
    expect(controls.pointers[0].pressed).toBe(1);
  });

  test('read a touchpad where there is no stick', () => {
    const read = headset();
    expect(read({ handedness: 'left', axes: [0, -1] }, right(0)).moveBack).toBe(-1);
  });

  test('say nothing once the session is over', () => {
    const read = headset();
    expect(read(left(1, -1), right(1))).toMatchObject({ stickTurn: -1, pointerCount: 2 });
    expect(read.end()).toMatchObject({ moveRight: 0, stickTurn: 0, pointerCount: 0 });
  });

  test('keep from the world what the menu or a teleport has taken, and nothing else', () => {
    const read = headset();
    const trigger = buttonNames.indexOf('triggerRight');
    const presses = ([null, 'menu', 'teleport', 'objects'] as const).map((claim) => {
      read({ handedness: 'right' });
      read({ handedness: 'right' });
      read({ handedness: 'right', buttons: [1] });
      read.hands.right.claim = claim;
      const controls = read({ handedness: 'right', buttons: [1] });
      return [controls.buttons[trigger], controls.pointers[0].pressed];
    });
    expect(presses).toEqual([[1, 1], [0, 0], [0, 0], [1, 1]]);
  });

  test('change places for who prefers the left hand: the left stick turns and aims, the right one walks', () => {
    const read = headset('left');
    expect(read(left(1), right(0, -1))).toMatchObject({ moveBack: -1, moveRight: 0, stickTurn: -1, snapTurn: -1 });
    read(left(0), right(0));
    expect(read(left(0, -1), right(1, 0))).toMatchObject({ teleportSide: 'left', moveRight: 1, moveBack: 0, snapTurn: 0 });
  });

  test.each(['left', 'right'] as const)('that are alone work the same for either preference: %s', (dominant) => {
    const read = headset(dominant);
    expect(read(right(0, -1))).toMatchObject({ moveBack: -1, teleportSide: null });
    expect(read(right(-1, 0))).toMatchObject({ moveBack: 0, snapTurn: 1, teleportSide: null });
  });

  test('aim a teleport with the turning stick pushed forward, until it comes back, and do not turn meanwhile', () => {
    const read = headset();
    const aims = [[0, -0.5], [0.2, -1], [0.9, -0.5], [1, 0], [0.3, -0.1], [0, 0], [1, 0]].map(([x, y]) => {
      const { teleportSide, snapTurn, stickTurn } = read(left(0), right(x, y));
      return [teleportSide, snapTurn, Math.round(stickTurn) || 0];
    });
    expect(aims).toEqual([
      [null, 0, 0], ['right', 0, 0], ['right', 0, 0], ['right', 0, 0], [null, 0, 0], [null, 0, 0], [null, -1, -1],
    ]);
  });

  test('that turn with a slant do not begin to aim before the stick was let go', () => {
    const read = headset();
    expect(read(left(0), right(1, -0.1)).snapTurn).toBe(-1);
    expect(read(left(0), right(0.6, -0.78)).teleportSide).toBe(null);
    expect(read(left(0), right(0, 0)).teleportSide).toBe(null);
    expect(read(left(0), right(0.6, -0.78)).teleportSide).toBe('right');
  });
});
