import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleBetween, createPose, distanceBetween, poseFromYawPitch } from '../../../../src/math/pose';
import { boneParents, jointCount } from '../../../../src/xr/hands/hand-joints';
import { aimFromJoints, gripFromJoints } from '../../../../src/xr/hands/palm-pose';
import { gripAt, jointsAt, type Shape } from './fakes';

const angle = fc.integer({ min: -180, max: 180 }).map((deg) => (deg * Math.PI) / 180);
const anyAim = fc.tuple(angle, angle, angle).map(([yaw, pitch, roll]) => poseFromYawPitch([0.2, 1.1, -0.4], yaw, pitch, roll));
const side = fc.constantFrom('left', 'right');
const shape = fc.constantFrom<Shape>('open', 'pinched', 'pointing');

describe('a grip from joints', () => {
  test('is where and how the runtime itself has it, for either hand in any pose', () => {
    fc.assert(
      fc.property(side, shape, anyAim, (s, form, aim) => {
        const grip = gripFromJoints(s, jointsAt(s, form, aim), createPose());
        const given = gripAt(s, form, aim);
        expect(distanceBetween(grip, given)).toBeLessThan(0.02);
        expect(angleBetween(grip, given)).toBeLessThan(0.05);
      }),
    );
  });
});

describe('a ray from joints', () => {
  const level = (x: number, y: number) => {
    const aim = aimFromJoints('right', jointsAt('right', 'open', poseFromYawPitch([x, y, -0.5], 0, 0)), head, createPose());
    return { yaw: Math.atan2(aim[8]!, aim[10]!), pitch: Math.asin(-aim[9]!) };
  };
  const head = poseFromYawPitch([0, 1.6, 0], 0, 0.4);

  test('goes up as the hand is raised, and to the left as it moves to the left', () => {
    expect(level(0.2, 1.5).pitch).toBeGreaterThan(level(0.2, 1.2).pitch + 0.3);
    expect(level(-0.2, 1.3).yaw).toBeGreaterThan(level(0.2, 1.3).yaw + 0.4);
    // From the shoulder straight through the hand.
    expect(Math.abs(level(0.17, 1.34).pitch)).toBeLessThan(0.1);
  });
});

test('every bone but the wrist hangs on another one, and all on the wrist', () => {
  for (let joint = 1; joint < jointCount; joint++) {
    let at = joint;
    for (let steps = 0; at > 0; steps++) {
      expect(steps).toBeLessThan(6);
      at = boneParents[at]!;
    }
    expect(at).toBe(0);
  }
});
