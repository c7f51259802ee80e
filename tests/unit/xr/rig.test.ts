import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { angleBetween, createPose, distanceBetween, headingYaw, poseFromYawPitch } from '../../../src/math/pose';
import {
  createRig,
  headX,
  headZ,
  maxPagePitchRad,
  pageRigFromHead,
  pitchPage,
  placeHead,
  turnAboutHead,
  worldFromHead,
  worldFromRig,
} from '../../../src/xr/rig';

const metres = fc.double({ min: -20, max: 20, noNaN: true });
const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
const anyRig = fc.record({ x: metres, y: metres, z: metres, yawRad: angle, pagePitchRad: fc.constant(0) });
const height = fc.double({ min: 0.5, max: 2, noNaN: true });
const headPitch = fc.double({ min: -1.1, max: 1.1, noNaN: true });
const anyHead = fc
  .tuple(metres, height, metres, angle, headPitch)
  .map(([x, y, z, yaw, pitch]) => poseFromYawPitch([x / 10, y, z / 10], yaw, pitch));

describe('the rig', () => {
  test('turns about the head: the head stays in its place, and faces away by exactly the angle', () => {
    fc.assert(
      fc.property(anyRig, anyHead, angle, (rig, rigFromHead, turnRad) => {
        const before = worldFromHead(rig, rigFromHead, createPose());
        turnAboutHead(rig, rigFromHead, turnRad);
        const after = worldFromHead(rig, rigFromHead, createPose());
        expect(distanceBetween(before, after)).toBeLessThan(1e-4);
        const turned = headingYaw(after) - headingYaw(before) - turnRad;
        expect(Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned)))).toBeLessThan(1e-4);
      }),
    );
  });

  test('knows where the head stands', () => {
    fc.assert(
      fc.property(anyRig, anyHead, (rig, rigFromHead) => {
        const head = worldFromHead(rig, rigFromHead, createPose());
        expect(headX(rig, rigFromHead)).toBeCloseTo(head[12], 3);
        expect(headZ(rig, rigFromHead)).toBeCloseTo(head[14], 3);
      }),
    );
  });

  test('stays level whatever it does', () => {
    const rig = createRig();
    turnAboutHead(rig, poseFromYawPitch([0.3, 1.6, 0.1], 1, 0.8, 0.3), 2);
    const pose = worldFromRig(rig, createPose());
    expect([pose[4], pose[5], pose[6]]).toEqual([0, 1, 0]);
  });

  test('places any head where it shall stand, facing the same way', () => {
    fc.assert(
      fc.property(anyRig, anyHead, anyHead, (rig, rigFromHead, wanted) => {
        placeHead(rig, rigFromHead, wanted, 0.5);
        const head = worldFromHead(rig, rigFromHead, createPose());
        expect(Math.hypot(head[12] - wanted[12], head[14] - wanted[14])).toBeLessThan(1e-4);
        const turned = headingYaw(head) - headingYaw(wanted);
        expect(Math.abs(Math.atan2(Math.sin(turned), Math.cos(turned)))).toBeLessThan(1e-4);
        expect(rig.y).toBe(0.5);
      }),
    );
  });

  test('gives the page exactly the pose at which a world opens', () => {
    const wanted = poseFromYawPitch([4, 2.1, -7], 2.2, -0.3);
    const rig = createRig();
    placeHead(rig, pageRigFromHead(rig, createPose()), wanted);
    const head = worldFromHead(rig, pageRigFromHead(rig, createPose()), createPose());
    expect(distanceBetween(head, wanted)).toBeLessThan(1e-5);
    expect(angleBetween(head, wanted)).toBeLessThan(1e-5);
  });

  test('lets nobody look over their own back', () => {
    const rig = createRig();
    pitchPage(rig, 99);
    expect(rig.pagePitchRad).toBe(maxPagePitchRad);
    pitchPage(rig, -199);
    expect(rig.pagePitchRad).toBe(-maxPagePitchRad);
  });
});
