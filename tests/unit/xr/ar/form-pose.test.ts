import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleBetween, createPose, distanceBetween, invertRigid, multiplyPose, poseFromYawPitch, scaleOf } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';
import { afterReset, inForm, rigFromRoomOf, turnForm } from '../../../../src/xr/ar/form-pose';
import { headInRig } from '../../../../src/xr/room';

const metres = fc.double({ min: -4, max: 4, noNaN: true });
const angle = fc.double({ min: -3, max: 3, noNaN: true });
const upright = fc.tuple(metres, metres, metres, angle).map(([x, y, z, yaw]) => poseFromYawPitch([x, y, z], yaw, 0));
const anyHead = fc.tuple(metres, metres, metres, angle, angle).map(([x, y, z, yaw, pitch]) => poseFromYawPitch([x, y, z], yaw, pitch / 3));

const same = (a: Pose, b: Pose): void => {
  expect(distanceBetween(a, b)).toBeLessThan(1e-4);
  expect(angleBetween(a, b)).toBeLessThan(1e-3);
};

describe('the room in the rig', () => {
  test('the form is the rig, and a metre of the room is as many metres of the world as the scale says', () => {
    fc.assert(
      fc.property(upright, anyHead, anyHead, fc.double({ min: 1, max: 50, noNaN: true }), (form, a, b, scale) => {
        const rigFromRoom = rigFromRoomOf(createPose(), form, scale);
        expect(scaleOf(rigFromRoom)).toBeCloseTo(scale, 3);
        const ofForm = multiplyPose(createPose(), rigFromRoom, form);
        expect(Math.hypot(ofForm[12], ofForm[13], ofForm[14])).toBeLessThan(1e-3);
        const [headA, headB] = [headInRig(rigFromRoom, a, createPose()), headInRig(rigFromRoom, b, createPose())];
        expect(distanceBetween(headA, headB)).toBeCloseTo(scale * distanceBetween(a, b), 2);
        expect(angleBetween(headA, headB)).toBeCloseTo(angleBetween(a, b), 3);
      }),
    );
  });

  test('a turn about a point leaves the point, and turns by its angle', () => {
    fc.assert(
      fc.property(upright, metres, metres, angle, (form, x, z, angleRad) => {
        const before = inForm(createPose(), form, poseFromYawPitch([x, 1, z], 0, 0));
        const turned = turnForm(Float32Array.from(form) as Pose, x, z, angleRad);
        const after = inForm(createPose(), turned, poseFromYawPitch([x, 1, z], 0, 0));
        // As far from the form as it was, since the form went around it.
        expect(Math.hypot(after[12], after[14])).toBeCloseTo(Math.hypot(before[12], before[14]), 3);
        expect(angleBetween(form, turned)).toBeCloseTo(Math.abs(angleRad), 3);
        same(turnForm(turned, x, z, -angleRad), form);
      }),
    );
  });

  test('when the runtime moves its origin, the form stays where it is in the real room', () => {
    fc.assert(
      fc.property(upright, upright, anyHead, (form, oldFromNew, oldHead) => {
        const before = inForm(createPose(), form, oldHead);
        // The same head in the new coordinates.
        const newHead = multiplyPose(createPose(), invertRigid(createPose(), oldFromNew), oldHead);
        const moved = afterReset(Float32Array.from(form) as Pose, oldFromNew);
        same(inForm(createPose(), moved, newHead), before);
      }),
    );
  });
});
