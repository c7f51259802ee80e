import { beforeEach, describe, expect, test } from 'vitest';
import { createPose, distanceBetween, multiplyPose, poseFromYawPitch, scaleOf } from '../../../../src/math/pose';
import { HandTracker } from '../../../../src/xr/hands/hand-tracker';
import { bareHand, controller, FakeSession, fakeFrame, pinchPointer, setShape, type FakeSource } from './fakes';

const head = poseFromYawPitch([0, 1.6, 0], 0, 0);
let tracker: HandTracker;
let session: FakeSession;
let atMs: number;

beforeEach(() => {
  tracker = new HandTracker();
  session = new FakeSession();
  atMs = 0;
});

/** One display frame of 72 Hz. */
function frame(dominant: 'left' | 'right' = 'right', dtMs = 14): void {
  atMs += dtMs;
  const times = { atMs, dtS: dtMs / 1000, predictedDisplayMs: atMs + 20 };
  const xr = session as unknown as XRSession;
  tracker.sample(xr, fakeFrame, {} as XRReferenceSpace, times, head, dominant);
}

function frames(count: number): void {
  for (let i = 0; i < count; i++) frame();
}

const pull = (source: FakeSource, button: number, value: number) => {
  source.gamepad!.buttons[button]!.value = value;
};
const { left, right } = { left: () => tracker.hands.left, right: () => tracker.hands.right };

describe('a controller', () => {
  test('gives its grip and its ray, in the room and in the world', () => {
    const source = controller('left');
    session.inputSources = [source];
    frame();
    expect(left().kind).toBe('controller');
    expect(right().kind).toBe(null);
    expect(left().roomFromGrip).toEqual(source.gripSpace!.pose);
    expect(left().roomFromAim).toEqual(source.targetRaySpace.pose);
    // A person before a model at 1:20.
    const worldFromRoom = poseFromYawPitch([4, 2, 1], 0.5, 0);
    for (let i = 0; i < 12; i++) worldFromRoom[i]! *= 20;
    tracker.place(worldFromRoom);
    const expected = multiplyPose(createPose(), worldFromRoom, source.gripSpace!.pose!);
    expect(distanceBetween(left().worldFromGrip, expected)).toBeLessThan(1e-4);
    expect(scaleOf(left().worldFromGrip)).toBeCloseTo(1, 5);
  });

  test('presses once for each pull, and trembles at no threshold', () => {
    const source = controller('right');
    session.inputSources = [source];
    const log = [0, 0.2, 0.45, 0.55, 0.48, 0.52, 0.35, 0.29, 0.31, 0.49, 0.2, 1].map((value) => {
      pull(source, 0, value);
      frame();
      return [right().pressBegan ? 'B' : '', right().isPressed ? 'P' : '', right().pressEnded ? 'E' : ''].join('');
    });
    expect(log).toEqual(['', '', '', 'BP', 'P', 'P', 'P', 'E', '', '', '', 'BP']);
  });

  test('grips by its own button, beside the trigger', () => {
    const source = controller('right');
    session.inputSources = [source];
    pull(source, 1, 0.8);
    frame();
    expect(right()).toMatchObject({ gripBegan: true, isGripping: true, isPressed: false });
    pull(source, 0, 1);
    frame();
    expect(right()).toMatchObject({ gripBegan: false, isGripping: true, pressBegan: true });
    pull(source, 1, 0);
    frame();
    expect(right()).toMatchObject({ gripEnded: true, isGripping: false, isPressed: true });
  });

  test('moves at the velocity that its poses say', () => {
    const source = controller('right');
    session.inputSources = [source];
    for (let i = 0; i < 12; i++) {
      source.gripSpace!.pose = poseFromYawPitch([0.2, 1, -0.25 - 0.014 * i], 0, 0.7);
      frame();
    }
    expect(right().velocityMps[2]).toBeCloseTo(-1, 3);
    expect(right().angularRadPerS[0]).toBeCloseTo(0, 5);
  });

  test('without a grip holds things where it points from', () => {
    const source = controller('right');
    source.gripSpace = null;
    session.inputSources = [source];
    frame();
    expect(right().roomFromGrip).toEqual(source.targetRaySpace.pose);
  });

  test('that is not tracked for a moment loses nothing, and for longer lets go without having thrown', () => {
    const source = controller('right');
    session.inputSources = [source];
    pull(source, 0, 1);
    frames(3);
    const pose = source.targetRaySpace.pose;
    source.targetRaySpace.pose = source.gripSpace!.pose = null;
    frames(8);
    expect(right()).toMatchObject({ kind: 'controller', isPressed: true, pressEnded: false });
    expect(right().roomFromAim).toEqual(pose);
    for (let i = 0; i < 10 && !right().pressEnded; i++) frame();
    expect(right()).toMatchObject({ kind: 'controller', isPressed: false, pressEnded: true, wasLost: true });
    frame();
    expect(right()).toMatchObject({ kind: null, pressEnded: false, wasLost: false });
    // Still held down when it comes back: the person never let go, so it presses anew.
    source.targetRaySpace.pose = pose;
    frame();
    expect(right()).toMatchObject({ kind: 'controller', pressBegan: true });
    expect(right().velocityMps[0]).toBe(0);
  });

  test('that is switched off while it presses and grips lets go of both', () => {
    const source = controller('left');
    session.inputSources = [source, controller('right')];
    pull(source, 0, 1);
    pull(source, 1, 1);
    frames(2);
    session.inputSources = [session.inputSources[1]!];
    frame();
    expect(left()).toMatchObject({ kind: 'controller', pressEnded: true, gripEnded: true, wasLost: true });
    frame();
    expect(left()).toMatchObject({ kind: null, pressEnded: false, gripEnded: false });
    expect(right().kind).toBe('controller');
  });
});

describe('a claim', () => {
  test('lasts as long as the press, the frame of its end included', () => {
    const source = controller('right');
    session.inputSources = [source];
    pull(source, 0, 1);
    frame();
    right().claim = 'menu';
    frames(3);
    expect(right().claim).toBe('menu');
    pull(source, 0, 0);
    frame();
    expect(right()).toMatchObject({ pressEnded: true, claim: 'menu' });
    frame();
    expect(right().claim).toBe(null);
  });

  test('is free again for a press that begins in the very next frame', () => {
    const source = controller('right');
    session.inputSources = [source];
    pull(source, 0, 1);
    frame();
    right().claim = 'objects';
    pull(source, 0, 0);
    frame();
    pull(source, 0, 1);
    frame();
    expect(right()).toMatchObject({ pressBegan: true, claim: null });
  });
});

describe('a bare hand', () => {
  test('presses when thumb and index finger meet', () => {
    const source = bareHand('right', 'open');
    session.inputSources = [source];
    frame();
    expect(right()).toMatchObject({ kind: 'hand', isPressed: false });
    expect(right().press).toBeLessThan(0.1);
    expect(right().joints.isTracked).toBe(true);
    setShape(source, 'pinched');
    frame();
    expect(right()).toMatchObject({ pressBegan: true, press: 1, isGripping: false });
    setShape(source, 'open');
    frame();
    expect(right()).toMatchObject({ pressEnded: true, wasLost: false });
  });

  test('presses when its runtime says so, by gamepad or by event', () => {
    const source = bareHand('left', 'open');
    session.inputSources = [source];
    frame();
    session.fire('selectstart', source);
    frames(3);
    expect(left()).toMatchObject({ isPressed: true, press: 1 });
    session.fire('selectend', source);
    frame();
    expect(left().pressEnded).toBe(true);
    source.gamepad = { axes: [], buttons: [{ value: 0.95 }] };
    frame();
    expect(left().pressBegan).toBe(true);
  });

  test('presses for a tap that is over before the next frame', () => {
    const source = bareHand('left', 'open');
    session.inputSources = [source];
    frame();
    session.fire('selectstart', source);
    session.fire('selectend', source);
    frame();
    expect(left().pressBegan).toBe(true);
    frame();
    expect(left().pressEnded).toBe(true);
  });

  test('has grip and ray also where the runtime gives only joints', () => {
    const source = bareHand('right', 'open');
    const { pose: aim } = source.targetRaySpace;
    const grip = source.gripSpace!.pose!;
    source.targetRaySpace = { pose: null };
    source.gripSpace = null;
    session.inputSources = [source];
    frame();
    expect(right().kind).toBe('hand');
    expect(distanceBetween(right().roomFromGrip, grip)).toBeLessThan(0.015);
    expect(distanceBetween(right().roomFromAim, aim!)).toBeLessThan(0.12);
    // From the shoulder through the hand: forward and down.
    expect(-right().roomFromAim[10]!).toBeLessThan(-0.8);
  });

  test('holds what it held while its fingers are not seen', () => {
    const source = bareHand('right', 'pinched');
    session.inputSources = [source];
    frames(2);
    setShape(source, null);
    source.targetRaySpace.pose = source.gripSpace!.pose = null;
    frames(5);
    expect(right()).toMatchObject({ isPressed: true, pressEnded: false });
  });

  test('that pinches with its palm to the face means the headset, not us', () => {
    const source = bareHand('right', 'open');
    // The back of an aiming hand is up; a hand turned over before the face shows its palm.
    source.targetRaySpace.pose = poseFromYawPitch([0.1, 1.25, -0.35], 0, 0.9, Math.PI);
    setShape(source, 'pinched');
    session.inputSources = [source];
    frames(2);
    expect(right().isPressed).toBe(false);
  });

  test('gives way to a controller that is picked up', () => {
    const source = bareHand('right', 'pinched');
    session.inputSources = [source];
    frames(2);
    session.inputSources = [source, controller('right')];
    frame();
    expect(right()).toMatchObject({ kind: 'hand', pressEnded: true, wasLost: true });
    frame();
    expect(right()).toMatchObject({ kind: 'controller', isPressed: false });
  });
});

describe('gaze and pinch', () => {
  test('exists while it is pinched, and its end is a release', () => {
    frame();
    session.inputSources = [pinchPointer('right')];
    frame();
    expect(right()).toMatchObject({ kind: 'pinch', pressBegan: true, press: 1 });
    frames(3);
    const grip = right().roomFromGrip.slice();
    session.inputSources = [];
    frame();
    expect(right()).toMatchObject({ kind: 'pinch', pressEnded: true, wasLost: false });
    expect(right().roomFromGrip).toEqual(grip);
    frame();
    expect(right()).toMatchObject({ kind: null, pressEnded: false });
  });

  test.each(['left', 'right'] as const)('of a hand that is not said is the dominant one: %s', (dominant) => {
    session.inputSources = [pinchPointer('none')];
    frame(dominant);
    expect(tracker.hands[dominant].kind).toBe('pinch');
    expect(tracker.hands[dominant === 'left' ? 'right' : 'left'].kind).toBe(null);
  });

  test('of two such hands keeps each hand what it was when one of them opens', () => {
    const first = pinchPointer('none');
    const second = pinchPointer('none');
    session.inputSources = [first];
    frame();
    session.inputSources = [first, second];
    frame();
    expect(left()).toMatchObject({ kind: 'pinch', pressBegan: true });
    session.inputSources = [second];
    frame();
    expect(right()).toMatchObject({ pressEnded: true });
    expect(left()).toMatchObject({ isPressed: true, pressEnded: false });
    frames(2);
    expect(right().kind).toBe(null);
    expect(left()).toMatchObject({ isPressed: true });
  });

  test('of which only the ray is known holds things before the eyes', () => {
    session.inputSources = [pinchPointer('right', false)];
    frame();
    const ahead = distanceBetween(right().roomFromGrip, right().roomFromAim);
    expect(ahead).toBeGreaterThan(0.3);
    expect(ahead).toBeLessThan(0.6);
  });

  test('presses once where the same hand is also tracked by its joints, and keeps drawing it', () => {
    const hand = bareHand('right', 'open');
    session.inputSources = [hand];
    frame();
    // The system needs a moment to be sure; by then the fingers have met.
    const pinch = pinchPointer('right');
    session.inputSources = [hand, pinch];
    setShape(hand, 'pinched');
    frame();
    expect(right()).toMatchObject({ kind: 'pinch', pressBegan: true });
    expect(right().joints.isTracked).toBe(true);
    session.inputSources = [hand];
    frame();
    expect(right()).toMatchObject({ pressEnded: true, wasLost: false });
    // Fingers part slowly: that is no second press.
    frames(3);
    expect(right()).toMatchObject({ kind: 'hand', isPressed: false });
  });

  test('that is followed at once by another pinch is two presses', () => {
    session.inputSources = [pinchPointer('right')];
    frame();
    session.inputSources = [pinchPointer('right')];
    frame();
    expect(right()).toMatchObject({ pressEnded: true, wasLost: false });
    frame();
    expect(right()).toMatchObject({ pressBegan: true });
  });
});

describe('a session', () => {
  test('that ends lets go of everything in one frame and leaves no hands', () => {
    const source = controller('right');
    session.inputSources = [source, bareHand('left', 'open')];
    pull(source, 0, 1);
    frames(2);
    tracker.clear();
    expect(right()).toMatchObject({ pressEnded: true, wasLost: true });
    tracker.clear();
    expect(right()).toMatchObject({ kind: null, pressEnded: false });
    expect(left()).toMatchObject({ kind: null });
    expect(left().joints.isTracked).toBe(false);
    expect(session.listenerCount).toBe(0);
  });
});
