import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPose, multiplyPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';
import { atModel, throughWindow } from '../../../../src/xr/ar/painter-pose';
import type { Collider } from '../../../../src/xr/locomotion';

const metres = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const angle = metres(-3, 3);

/** Cosine between where a pose looks and a point. */
function facing(pose: Pose, x: number, y: number, z: number): number {
  const [dx, dy, dz] = [x - pose[12], y - pose[13], z - pose[14]];
  return -(pose[8] * dx + pose[9] * dy + pose[10] * dz) / Math.hypot(dx, dy, dz);
}

function expectRigid(pose: Pose): void {
  for (let a = 0; a < 12; a += 4) {
    for (let b = 0; b < 12; b += 4) {
      const dot = pose[a]! * pose[b]! + pose[a + 1]! * pose[b + 1]! + pose[a + 2]! * pose[b + 2]!;
      expect(dot).toBeCloseTo(a === b ? 1 : 0, 4);
    }
  }
}

/** A world whose only thing is `distance` away from a point. */
const worldOf = (distance: (x: number, y: number, z: number) => number): Collider => ({
  slide: () => {},
  groundHeight: () => 0,
  clearance: () => 1,
  distance: (x, y, z, withinM) => Math.min(distance(x, y, z), withinM),
});

describe('the painter behind a window', () => {
  const head = fc.tuple(metres(-1.5, 1.5), metres(1, 2), metres(0.05, 4), angle, metres(-0.8, 0.8));

  test('stands at the head while nothing is in its way, and looks through the opening', () => {
    fc.assert(
      fc.property(fc.tuple(metres(-9, 9), metres(-9, 9), angle), head, ([wx, wz, wyaw], [x, y, z, yaw, pitch]) => {
        const worldFromForm = poseFromYawPitch([wx, 0, wz], wyaw, 0);
        const worldFromHead = multiplyPose(createPose(), worldFromForm, poseFromYawPitch([x, y, z], yaw, pitch));
        const pose = throughWindow(createPose(), worldFromHead, worldFromForm, 2, null);
        expectRigid(pose);
        expect(Math.hypot(pose[12] - worldFromHead[12], pose[13] - worldFromHead[13], pose[14] - worldFromHead[14])).toBeLessThan(1e-4);
        expect(z > 1 ? facing(pose, wx, 1, wz) : 1).toBeGreaterThan(0.999);
        // With the nose at the opening one looks where one looks.
        expect(z < 0.4 ? pose : worldFromHead).toEqual(worldFromHead);
      }),
    );
  });

  test('comes forward, out of the walls behind the window', () => {
    fc.assert(
      fc.property(metres(0.3, 3), head, (wallZ, [x, y, z, yaw, pitch]) => {
        const pose = throughWindow(createPose(), poseFromYawPitch([x, y, z], yaw, pitch), createPose(), 2, worldOf((_x, _y, at) => wallZ - at));
        expectRigid(pose);
        expect(pose[14]).toBeGreaterThanOrEqual(-1e-6);
        expect(pose[14]).toBeLessThanOrEqual(Math.min(z, wallZ - 0.2) + 1e-5);
        // On the line from the opening to the head, and no further forward than it must.
        expect(pose[12] * z).toBeCloseTo(x * pose[14], 3);
        expect(pose[14]).toBeGreaterThan(Math.min(z, wallZ - 0.2) - 0.03);
        expect(pose[13]).toBeCloseTo(y, 5);
      }),
    );
  });
});

describe('the painter above a model', () => {
  test('sees all of it within its picture, from where the head is, never from too low', () => {
    const radiusM = 7;
    fc.assert(
      fc.property(metres(-40, 40), metres(-5, 40), metres(-40, 40), angle, (x, y, z, yaw) => {
        fc.pre(Math.hypot(x, y, z) > 1 && Math.hypot(x, z) > 0.01);
        const worldFromForm = poseFromYawPitch([3, 0.5, -2], 1, 0);
        const worldFromHead = poseFromYawPitch([3 + x, 0.5 + y, -2 + z], yaw, 0.4);
        const pose = atModel(createPose(), worldFromHead, worldFromForm, radiusM, null);
        expectRigid(pose);
        const [px, py, pz] = [pose[12] - 3, pose[13] - 0.5, pose[14] + 2];
        expect(facing(pose, 3, 0.5, -2)).toBeGreaterThan(0.9999);
        const distanceM = Math.hypot(px, py, pz);
        expect(distanceM).toBeCloseTo(Math.min(Math.hypot(x, y, z), 1.6 * radiusM), 2);
        expect(Math.asin(Math.min(py / distanceM, 1))).toBeGreaterThan((24.9 * Math.PI) / 180);
        // From the side that the head is on.
        expect(px * z - pz * x).toBeCloseTo(0, 1);
        const isFar = distanceM > 1.59 * radiusM;
        for (let i = 0; i < 12; i++) {
          const [rx, rz] = [radiusM * Math.sin(i), radiusM * Math.cos(i)];
          const offRad = Math.acos(Math.min(facing(pose, 3 + rx, 0.5, -2 + rz), 1));
          expect(isFar ? offRad : 0).toBeLessThan((50 * Math.PI) / 180);
        }
      }),
    );
  });

  test('rises out of a tower that stands where it would be, and still looks at the model', () => {
    const towerM = 9;
    const tower = worldOf((_x, y) => y - towerM);
    const pose = atModel(createPose(), poseFromYawPitch([10, 3, 0], 0, 0), createPose(), 7, tower);
    expectRigid(pose);
    expect(pose[13]).toBeGreaterThan(towerM + 0.19);
    expect(pose[13]).toBeLessThan(towerM + 0.71);
    expect(facing(pose, 0, 0, 0)).toBeGreaterThan(0.9999);
  });
});
