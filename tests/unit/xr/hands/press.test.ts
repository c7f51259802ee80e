import { describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { joints } from '../../../../src/xr/hands/hand-joints';
import { isPressedNow, pinchOf } from '../../../../src/xr/hands/press';
import { jointsAt } from './fakes';

const aim = poseFromYawPitch([0, 1, 0], 0.3, 0.2);

/** Fingers whose tips are so far apart, metres. */
function apart(distanceM: number): number {
  const hand = jointsAt('left', 'pinched', aim);
  for (let i = 0; i < 3; i++) hand.roomFromJoint[16 * joints.indexTip + 12 + i] = hand.roomFromJoint[16 * joints.thumbTip + 12 + i]!;
  hand.roomFromJoint[16 * joints.indexTip + 13]! += distanceM;
  return pinchOf(hand);
}

describe('a pinch', () => {
  test('is full with the tips together and none in an open hand', () => {
    expect(pinchOf(jointsAt('left', 'pinched', aim))).toBe(1);
    expect(pinchOf(jointsAt('right', 'pinched', aim))).toBe(1);
    expect(pinchOf(jointsAt('right', 'open', aim))).toBe(0);
  });

  test('begins at some two centimetres and ends at some three', () => {
    const path = [0.06, 0.03, 0.022, 0.016, 0.02, 0.026, 0.032, 0.026, 0.02, 0.015];
    let pressed = false;
    const states = path.map((m) => (pressed = isPressedNow('pinch', pressed, apart(m))));
    expect(states).toEqual([false, false, false, true, true, true, false, false, false, true]);
  });

  test('falls steadily as the fingers part', () => {
    const values = Array.from({ length: 60 }, (_, mm) => apart(mm / 1000));
    expect(values).toEqual(values.toSorted((a, b) => b - a));
    expect(new Set(values.slice(20, 45)).size).toBe(25);
  });
});
