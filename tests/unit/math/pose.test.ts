import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  angleBetween,
  createPose,
  distanceBetween,
  headingYaw,
  invertRigid,
  multiplyPose,
  poseFromYawPitch,
  translation,
} from '../../../src/math/pose';

const angle = fc.double({ min: -3.1, max: 3.1, noNaN: true });
const metres = fc.double({ min: -20, max: 20, noNaN: true });
const pose = fc
  .tuple(metres, metres, metres, angle, angle, angle)
  .map(([x, y, z, yaw, pitch, roll]) => poseFromYawPitch([x, y, z], yaw, pitch, roll));

/** Smallest difference of two angles. */
const turn = (a: number, b: number) => Math.abs(Math.atan2(Math.sin(a - b), Math.cos(a - b)));

describe('pose', () => {
  it('turns yaw to the left and pitch up, and starts looking along -Z', () => {
    const left = poseFromYawPitch([1, 2, 3], Math.PI / 2, 0);
    expect([-left[8], -left[9], -left[10]].map((v) => Math.round(v * 1e6) / 1e6 + 0)).toEqual([-1, 0, 0]);
    const up = poseFromYawPitch([0, 0, 0], 0, Math.PI / 6);
    expect(-up[9]).toBeCloseTo(0.5, 6);
    const rolled = poseFromYawPitch([0, 0, 0], 0, 0, Math.PI / 2);
    expect(rolled[1]).toBeCloseTo(1, 6);
    expect(translation([0, 0, 0], left)).toEqual([1, 2, 3]);
  });

  it('inverts: invertRigid(pose) * pose is the identity, also in place', () => {
    fc.assert(
      fc.property(pose, (p) => {
        const inverse = invertRigid(createPose(), p);
        const product = multiplyPose(createPose(), inverse, p);
        const identity = createPose();
        for (let i = 0; i < 16; i++) expect(Math.abs(product[i] - identity[i])).toBeLessThan(2e-5);
        const inPlace = Float32Array.from(p);
        expect(invertRigid(inPlace, inPlace)).toEqual(inverse);
      }),
    );
  });

  it('reads back the heading that a pose was made with, whatever the roll, short of straight up or down', () => {
    fc.assert(
      fc.property(
        angle,
        fc.double({ min: -1.1, max: 1.1, noNaN: true }),
        fc.double({ min: -0.6, max: 0.6, noNaN: true }),
        (yaw, pitch, roll) => {
          expect(turn(headingYaw(poseFromYawPitch([0, 0, 0], yaw, pitch, roll)), yaw)).toBeLessThan(1e-4);
        },
      ),
    );
  });

  it('keeps the heading through straight down and straight up', () => {
    for (const yaw of [-3, -1, 0, 0.5, 2.5]) {
      for (let pitch = -1.75; pitch <= 1.75; pitch += 0.05) {
        expect(turn(headingYaw(poseFromYawPitch([0, 0, 0], yaw, pitch)), yaw)).toBeLessThan(1e-3);
      }
      expect(turn(headingYaw(poseFromYawPitch([0, 0, 0], yaw, -Math.PI / 2)), yaw)).toBeLessThan(1e-3);
      expect(turn(headingYaw(poseFromYawPitch([0, 0, 0], yaw, Math.PI / 2)), yaw)).toBeLessThan(1e-3);
    }
  });

  it('measures the angle between poses, small ones included, and not their positions', () => {
    const from = poseFromYawPitch([0, 0, 0], 0.3, 0.2);
    for (const angleRad of [0, 1e-4, 0.01, 0.5, 1.5, 3.1]) {
      const to = multiplyPose(createPose(), from, poseFromYawPitch([4, 5, 6], angleRad, 0));
      expect(Math.abs(angleBetween(from, to) - angleRad)).toBeLessThan(2e-3 * angleRad + 1e-6);
    }
    const behind = poseFromYawPitch([0, 0, 0], Math.PI, 0);
    expect(angleBetween(createPose(), behind)).toBeCloseTo(Math.PI, 3);
    expect(distanceBetween(poseFromYawPitch([1, 2, 3], 1, 0), poseFromYawPitch([1, 5, 7], 0, 1))).toBeCloseTo(5, 6);
  });
});
