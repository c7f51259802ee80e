import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noiseSpacingM, worldNoise } from '../../../workers/layout/world-noise';

const anyMetres = fc.double({ min: -500, max: 500, noNaN: true });
const anyPlace = fc.tuple(anyMetres, anyMetres, anyMetres);
const anyOctave = fc.constantFrom<0 | 1>(0, 1);

describe('the noise of a world', () => {
  test('stays between 0 and 1 and changes smoothly, over lattice planes and the origin too', () => {
    fc.assert(
      fc.property(fc.integer(), anyOctave, anyPlace, fc.boolean(), (seed, octave, [x, y, z], snap) => {
        const spacing = noiseSpacingM[octave];
        // Half of the places lie exactly on a plane of the lattice, where a seam would be.
        const at = snap ? Math.round(x / spacing) * spacing : x;
        const here = worldNoise(seed, octave, at, y, z);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(here).toBeLessThanOrEqual(1);
        const step = 1e-4;
        // The smoothstep between corners 0 and 1 is at most 1.5 steep, in lattice units.
        const most = (1.5 * step) / spacing + 1e-9;
        for (const side of [-step, step]) {
          expect(Math.abs(worldNoise(seed, octave, at + side, y, z) - here)).toBeLessThanOrEqual(most);
          expect(Math.abs(worldNoise(seed, octave, at, y + side, z) - here)).toBeLessThanOrEqual(most);
          expect(Math.abs(worldNoise(seed, octave, at, y, z + side) - here)).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  test('depends on the place, the octave and the seed alone, whatever was asked in between', () => {
    const before = worldNoise(7, 0, 1.2, 0.4, -3.3);
    for (let k = 0; k < 50; k++) worldNoise(k, 1, k * 0.7, k, -k);
    expect(worldNoise(7, 0, 1.2, 0.4, -3.3)).toBe(before);
    expect(worldNoise(7, 1, 1.2, 0.4, -3.3)).not.toBe(before);
    expect(worldNoise(8, 0, 1.2, 0.4, -3.3)).not.toBe(before);
  });

  test('is spread over its range: neither flat nor cut off', () => {
    const values = Array.from({ length: 4000 }, (_, k) => worldNoise(3, 1, k * 0.37, (k % 17) * 0.21, k * 0.11));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(mean).toBeGreaterThan(0.45);
    expect(mean).toBeLessThan(0.55);
    expect(spread).toBeGreaterThan(0.1);
  });
});
