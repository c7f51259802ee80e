import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { aimedPlace, goodPlace } from '../../../../src/xr/ar/find-place';
import { modelOnTop, modelRadiusM } from '../../../../src/xr/ar/place';
import { insideM, type Surface } from '../../../../src/xr/ar/surface';

const rectangle = (width: number, depth: number): Float32Array =>
  new Float32Array([-width / 2, -depth / 2, width / 2, -depth / 2, width / 2, depth / 2, -width / 2, depth / 2]);

const table = (x: number, z: number, width: number, depth: number, yawRad = 0): Surface => ({
  kind: 'top',
  // Its normal is down, as in some runtimes.
  roomFromSurface: poseFromYawPitch([x, 0.74, z], yawRad, Math.PI),
  outline: rectangle(width, depth),
});
const wall = (z: number): Surface => ({
  kind: 'wall',
  roomFromSurface: poseFromYawPitch([0, 1.4, z], 0, Math.PI / 2),
  outline: rectangle(4, 2.8),
});
const floor: Surface = { kind: 'floor', roomFromSurface: poseFromYawPitch([0, 0.04, 0], 0, 0), outline: rectangle(4, 4) };
const standing = poseFromYawPitch([0, 1.6, 0], 0, -0.3);

describe('a window', () => {
  test('stands on the wall ahead, at the real floor, and faces the visitor, although they look down', () => {
    for (const [yaw, z] of [[0, -2], [Math.PI, 1.2]] as const) {
      const head = poseFromYawPitch([0.3, 1.6, 0], yaw, -0.5);
      const { roomFromForm: m, isReal } = goodPlace('window', [wall(z), floor], head);
      expect(isReal).toBe(true);
      expect(m[13]).toBeCloseTo(0.04);
      expect(m[12]).toBeCloseTo(0.3);
      // A little before the wall, and +Z back to the visitor.
      expect(Math.abs(m[14] - z)).toBeCloseTo(0.02);
      expect(m[10]).toBeCloseTo(-Math.sign(z));
    }
  });

  test('stands 1.5 m ahead where there is no wall, or only one far away', () => {
    for (const surfaces of [[], [wall(-6)]]) {
      const { roomFromForm: m, isReal } = goodPlace('window', surfaces, standing);
      expect(isReal).toBe(false);
      expect(m[14]).toBeCloseTo(-1.5);
      expect([m[13], m[10]]).toEqual([0, 1]);
    }
  });

  test('goes where the ray points', () => {
    const aim = poseFromYawPitch([0.2, 1, 0], Math.PI / 6, 0.2);
    const { roomFromForm: m } = aimedPlace('window', [wall(-2), floor], aim, standing);
    expect(m[12]).toBeCloseTo(0.2 - 2 * Math.tan(Math.PI / 6), 1);
    expect(m[13]).toBeCloseTo(0.04);
  });
});

describe('a model', () => {
  test('lies within the table wherever the visitor stands or points, and as near to there as it fits', () => {
    const metres = fc.double({ min: -3, max: 3, noNaN: true });
    const size = fc.double({ min: 0.3, max: 2.5, noNaN: true });
    fc.assert(
      fc.property(metres, metres, size, size, metres, (x, z, width, depth, yaw) => {
        const top = table(0.4, -1, width, depth, yaw);
        const { roomFromForm: m, radiusM } = modelOnTop(top, x, z, standing);
        expect(radiusM).toBeLessThanOrEqual(modelRadiusM + 1e-9);
        expect(insideM(top, m[12], 0.74, m[14])).toBeGreaterThan(radiusM - 1e-3);
        expect(m[13]).toBeCloseTo(0.74);
        const fitsHere = insideM(top, x, 0.74, z) > radiusM;
        expect(fitsHere ? Math.hypot(m[12] - x, m[14] - z) : 0).toBeLessThan(1e-5);
      }),
    );
  });

  test('prefers the table ahead to a nearer one behind, and faces the visitor', () => {
    const ahead = table(0.2, -1.4, 1.2, 0.8);
    const { roomFromForm: m, isReal } = goodPlace('diorama', [table(0, 0.8, 1, 1), ahead, floor], standing);
    expect(isReal).toBe(true);
    expect(insideM(ahead, m[12], 0.74, m[14])).toBeGreaterThan(0);
    const towards = Math.atan2(-m[12], -m[14]);
    expect(Math.atan2(m[8], m[10])).toBeCloseTo(towards, 4);
  });

  test('floats at the height of a table where there is none, above the real floor', () => {
    const { roomFromForm: m, radiusM, isReal } = goodPlace('diorama', [floor], standing);
    expect([isReal, radiusM]).toEqual([false, modelRadiusM]);
    expect(m[13]).toBeCloseTo(0.79);
    expect(m[14]).toBeCloseTo(-0.7);
  });
});

test('an overlay begins on the real floor below the visitor, and faces as they do', () => {
  const head = poseFromYawPitch([1, 1.6, -0.5], 0.8, -0.2);
  const { roomFromForm: m } = goodPlace('overlay', [floor], head);
  expect(m).toEqual(poseFromYawPitch([1, m[13], -0.5], Math.fround(Math.atan2(m[8], m[10])), 0));
  expect(m[13]).toBeCloseTo(0.04);
  expect(Math.atan2(m[8], m[10])).toBeCloseTo(0.8, 5);
});
