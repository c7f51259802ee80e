import { describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../../src/math/pose';
import type { HandJoints } from '../../../../src/xr/hands/hand-joints';
import { PalmGesture, palmFacesHead } from '../../../../src/xr/hands/palm-gesture';
import { jointsAt, type Shape } from './fakes';

const deg = Math.PI / 180;
const hz = 72;
/** Eyes that look down at a hand held before the chest. */
const head = poseFromYawPitch([0, 1.6, 0], 0, -35 * deg);

/** A hand before the chest, rolled about its own pointing direction: 0 shows its back, 180 degrees its palm. */
function heldUp(side: 'left' | 'right', rollDeg: number, shape: Shape = 'open', pitchDeg = 60): HandJoints {
  const x = side === 'left' ? -0.06 : 0.06;
  return jointsAt(side, shape, poseFromYawPitch([x, 1.3, -0.4], 0, pitchDeg * deg, rollDeg * deg));
}

/** Seconds until the gesture is seen; infinite: within two seconds it is not. */
function seenAfterS(hand: HandJoints, headPose = head, pinch = 0): number {
  const gesture = new PalmGesture();
  for (let i = 1; i <= 2 * hz; i++) if (gesture.update(hand, headPose, pinch, 1 / hz)) return i / hz;
  return Number.POSITIVE_INFINITY;
}

describe('the palm gesture', () => {
  test.each(['left', 'right'] as const)('is a %s palm that is turned to the face for half a second', (side) => {
    expect(palmFacesHead(heldUp(side, 180), head)).toBeGreaterThan(0.85);
    expect(seenAfterS(heldUp(side, 180))).toBeCloseTo(0.5, 1);
  });

  test.each([
    ['the back of the hand', heldUp('right', 0)],
    ['the edge of the hand', heldUp('right', 90)],
    ['a fist with one finger out', heldUp('right', 180, 'pointing')],
    ['a hand that points ahead, palm down', heldUp('right', 0, 'open', 0)],
  ])('is not %s', (_name, hand) => {
    expect(seenAfterS(hand)).toBe(Number.POSITIVE_INFINITY);
  });

  test('is not a hand that pinches', () => {
    expect(seenAfterS(heldUp('right', 180), head, 0.8)).toBe(Number.POSITIVE_INFINITY);
  });

  test('is not a palm that nobody looks at', () => {
    expect(seenAfterS(heldUp('right', 180), poseFromYawPitch([0, 1.6, 0], 70 * deg, 0))).toBe(Number.POSITIVE_INFINITY);
  });

  test('does not come of a palm that is shown again and again for a moment', () => {
    const gesture = new PalmGesture();
    for (let i = 0; i < 10 * hz; i++) {
      const hand = heldUp('right', i % 40 < 30 ? 180 : 60);
      expect(gesture.update(hand, head, 0, 1 / hz)).toBe(false);
    }
  });

  test('once seen it goes on through a tremble and a flicker of the tracking, and ends when the palm turns away', () => {
    const gesture = new PalmGesture();
    const update = (hand: HandJoints, frames: number) => {
      let open = false;
      for (let i = 0; i < frames; i++) open = gesture.update(hand, head, 0, 1 / hz);
      return open;
    };
    const lost = { ...heldUp('left', 180), isTracked: false };
    expect(update(heldUp('left', 180), hz)).toBe(true);
    expect(update(heldUp('left', 140), hz)).toBe(true);
    expect(update(lost, 5)).toBe(true);
    expect(update(heldUp('left', 180), 5)).toBe(true);
    expect(update(heldUp('left', 70), 15)).toBe(false);
    expect(update(heldUp('left', 180), 20)).toBe(false);
  });

  test('takes its time from the clock and not from the frames', () => {
    const gesture = new PalmGesture();
    const at = [0.1, 0.2, 0.15, 0.1].map((dtS) => gesture.update(heldUp('left', 180), head, 0, dtS));
    expect(at).toEqual([false, false, false, true]);
  });
});
