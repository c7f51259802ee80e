import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joints, jointsAt } from '../../../../workers/backends/simulator/teacher/joints';
import { tile } from '../../../../workers/layout/tiles';

const halfM = 0.018;

function at(u: number, v: number, pixelM: number, alsoAlong = true): typeof joints {
  Object.assign(tile, { u, v, tone: 0.5, lengthM: 0.8, heightM: 0.4 });
  jointsAt(pixelM, halfM, alsoAlong);
  return { ...joints };
}

describe('joints', () => {
  test('are mortar in their middle, stone in the middle of the stone, and lean to the side they are on', () => {
    expect(at(0.5, 0.001, 0.002).mortar).toBeCloseTo(1);
    expect(at(0.5, 0.5, 0.002)).toMatchObject({ mortar: 0, tiltUp: 0, tiltAlong: 0, near: 0 });
    expect(at(0.5, 0.02, 0.002).tiltUp).toBeLessThan(-0.5);
    expect(at(0.5, 0.98, 0.002).tiltUp).toBeGreaterThan(0.5);
    expect(at(0.99, 0.5, 0.002).mortar).toBeGreaterThan(0.9);
    expect(at(0.99, 0.5, 0.002, false).mortar).toBe(0);
  });

  test('are everywhere their mean, and lean nowhere, where a pixel is as wide as a stone', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.double({ min: 0, max: 0.999, noNaN: true }), (u, v) => {
        const { mortar, tiltUp, tiltAlong, near } = at(u, v, 0.8);
        expect(mortar).toBeCloseTo(1 - (1 - (2 * halfM) / 0.8) * (1 - (2 * halfM) / 0.4), 6);
        expect([Math.abs(tiltUp), Math.abs(tiltAlong), near]).toEqual([0, 0, 0]);
      }),
      { seed: 20261122 },
    );
  });

  test('cover the same area however wide a pixel is, so that distance does not change the tone of a wall', () => {
    for (const pixelM of [0.002, 0.02, 0.05, 0.12, 0.2]) {
      let sum = 0;
      for (let k = 0; k < 2000; k++) sum += at(0.5, (k + 0.5) / 2000, pixelM, false).mortar;
      expect(sum / 2000).toBeGreaterThan(0.9 * ((2 * halfM) / 0.4));
      expect(sum / 2000).toBeLessThan(1.1 * ((2 * halfM) / 0.4));
    }
  });
});
