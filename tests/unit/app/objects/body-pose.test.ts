import { mat4 } from 'gl-matrix';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexOfBody, poseOfBody } from '../../../../src/app/objects/body-pose';
import { isSamePlace } from '../../../../src/app/objects/same-place';
import { createPose } from '../../../../src/math/pose';

const part = fc.double({ min: -1, max: 1, noNaN: true });

test('the pose of a body is the matrix of its place and its quaternion, and a body that is gone has none', () => {
  fc.assert(
    fc.property(fc.tuple(part, part, part, part), fc.tuple(part, part, part), (quaternion, place) => {
      const length = Math.hypot(...quaternion);
      fc.pre(length > 0.1);
      const unit = quaternion.map((value) => value / length);
      const poses = Float32Array.from([0, 0, 0, 0, 0, 0, 1, 1, ...place, ...unit, 0.1]);
      const bodies = { poses, ids: Int32Array.of(4, 9), count: 2 };
      const pose = createPose();
      expect(poseOfBody(bodies, 9, pose)).toBe(true);
      const wanted = mat4.fromRotationTranslation(mat4.create(), unit as [number, number, number, number], place);
      for (let k = 0; k < 16; k++) expect(pose[k]).toBeCloseTo(wanted[k]!, 5);
      expect(poseOfBody(bodies, 5, pose)).toBe(false);
      // What lies behind the last one is of no body.
      expect(indexOfBody({ ...bodies, count: 1 }, 9)).toBe(-1);
    }),
  );
});

test('things stay where the map is the same, and only there', () => {
  expect(isSamePlace({ kind: 'courtyards', seed: 6 }, { kind: 'courtyards', seed: 6 })).toBe(true);
  expect(isSamePlace({ kind: 'courtyards', seed: 6 }, { kind: 'courtyards', seed: 7 })).toBe(false);
  expect(isSamePlace({ kind: 'courtyards', seed: 6 }, { kind: 'imagined', seed: 6 })).toBe(false);
  expect(isSamePlace(null, null)).toBe(false);
});
