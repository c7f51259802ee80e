import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { floorHeightM, hitOf, insideM, kindOfPlane, type Ray, type Surface } from '../../../../src/xr/ar/surface';

const square = (half: number): Float32Array => new Float32Array([-half, -half, half, -half, half, half, -half, half]);

/** A wall whose plane faces `yawRad`, through a point; its normal is +Y of its own space, or -Y. */
function wallAt(x: number, y: number, z: number, yawRad: number, half: number, isFlipped = false): Surface {
  const roomFromSurface = poseFromYawPitch([x, y, z], yawRad, isFlipped ? -Math.PI / 2 : Math.PI / 2);
  return { kind: 'wall', roomFromSurface, outline: square(half) };
}

const unit = fc.double({ min: -1, max: 1, noNaN: true });

describe('planes of the real room', () => {
  test.each([
    ['a wall, whichever way its normal points', undefined, 0.02, 1.2, 'wall'],
    ['a table with its normal down', 'table', -0.99, 0.75, 'top'],
    ['a floor that says so, a little high', 'floor', -1, 0.3, 'floor'],
    ['a floor that says nothing', undefined, 1, 0.02, 'floor'],
    ['a ceiling that says nothing', undefined, 1, 2.4, null],
    ['a ceiling', 'ceiling', -1, 2.4, null],
    ['a couch', 'couch', 1, 0.45, null],
    ['a slope', undefined, 0.6, 1, null],
    ['the cellar', undefined, 1, -2, null],
  ] as const)('%s', (_name, label, normalY, heightM, kind) => {
    expect(kindOfPlane(label, normalY, heightM)).toBe(kind);
  });

  test('a ray that meets a wall ends on it, within its outline, as far as it says', () => {
    fc.assert(
      fc.property(unit, unit, unit, fc.boolean(), unit, unit, (yaw, height, side, isFlipped, u, v) => {
        const wall = wallAt(side, 1.5 + height, -2, yaw, 1, isFlipped);
        const m = wall.roomFromSurface;
        // A point of the wall that is surely within its outline, and a ray to it from the origin.
        const target = [0, 1, 2].map((i) => m[12 + i]! + 0.98 * (u * m[i]! + v * m[8 + i]!)) as [number, number, number];
        const length = Math.hypot(...target);
        const ray: Ray = { x: 0, y: 0, z: 0, dx: target[0] / length, dy: target[1] / length, dz: target[2] / length };
        // Along the wall there is no one point.
        fc.pre(Math.abs(m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz) > 0.05);
        const hit = hitOf([wall], 'wall', ray, 10);
        expect(hit).not.toBeNull();
        expect(Math.hypot(hit!.x - target[0], hit!.y - target[1], hit!.z - target[2])).toBeLessThan(1e-4);
        expect(hit!.distanceM).toBeCloseTo(length, 4);
        expect(insideM(wall, hit!.x, hit!.y, hit!.z)).toBeGreaterThan(0);
        expect(hitOf([wall], 'wall', ray, length - 0.01)).toBeNull();
        expect(hitOf([wall], 'wall', { ...ray, dx: -ray.dx, dy: -ray.dy, dz: -ray.dz }, 10)).toBeNull();
        expect(hitOf([wall], 'top', ray, 10)).toBeNull();
      }),
    );
  });

  test('the nearest of several walls is hit, and none beside its outline', () => {
    const near = wallAt(0, 1.5, -1, 0, 0.5);
    const far = wallAt(0, 1.5, -3, 0, 5);
    const ahead: Ray = { x: 0, y: 1.6, z: 0, dx: 0, dy: 0, dz: -1 };
    expect(hitOf([far, near], 'wall', ahead, 10)?.surface).toBe(near);
    expect(hitOf([far, near], 'wall', { ...ahead, x: 0.6 }, 10)?.surface).toBe(far);
  });

  test('how far inside an outline a point is, for an outline with a corner cut in', () => {
    const outline = new Float32Array([0, 0, 4, 0, 4, 1, 1, 1, 1, 4, 0, 4]);
    const table: Surface = { kind: 'top', roomFromSurface: poseFromYawPitch([0, 0.7, 0], 0, 0), outline };
    expect(insideM(table, 0.5, 0.7, 3)).toBeCloseTo(0.5);
    expect(insideM(table, 2, 0.7, 2)).toBeCloseTo(-1);
    expect(insideM(table, -1, 0.7, 0.5)).toBeCloseTo(-1);
  });

  test('the real floor is the largest one', () => {
    const floor = (y: number, half: number): Surface => ({ kind: 'floor', roomFromSurface: poseFromYawPitch([0, y, 0], 0, 0), outline: square(half) });
    expect(floorHeightM([])).toBe(0);
    expect(floorHeightM([floor(0.12, 0.5), floor(0.04, 2)])).toBeCloseTo(0.04);
  });
});
