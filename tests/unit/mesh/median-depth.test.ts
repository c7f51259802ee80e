import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { findCuts } from '../../../workers/mesh/cut';
import { depthNoise } from '../../../workers/mesh/depth-noise';
import { MedianDepth } from '../../../workers/mesh/median-depth';
import { plane, render, room, squareCamera } from './depth-scenes';

const camera = squareCamera(64);
const count = 64 * 64;

function filtered(depth: Float32Array, width = 64, height = 64): Float32Array {
  const out = depth.slice();
  new MedianDepth().filter(out, width, height);
  return out;
}

/** Relative Gaussian noise: Irwin-Hall, four uniform numbers make a bell of standard deviation 1 / sqrt(3). */
function noisy(depth: Float32Array, share: number, seed = 1): Float32Array {
  const random = createRandom(seed);
  return depth.map((d) => d * (1 + share * Math.sqrt(3) * (random() + random() + random() + random() - 2)));
}

const floor = (of = camera) => render(of, (_x, y) => Math.max(-y / 1.6, 1 / 40));

function cutShare(depth: Float32Array, size = 64): number {
  return findCuts(depth, size, size, new Uint8Array(depth.length), new Uint8Array(depth.length)) / (2 * size * (size - 1));
}

describe('the median', () => {
  test('invents nothing: every texel gets a value of its own 3x3, holes stay holes and only they', () => {
    const value = fc.oneof(fc.constantFrom(0, NaN), fc.float({ min: Math.fround(0.01), max: 20, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 49, maxLength: 49 }), (values) => {
        const before = Float32Array.from(values);
        const after = filtered(before, 7, 7);
        for (let i = 0; i < 49; i++) {
          const near: number[] = [];
          for (let y = -1; y <= 1; y++) {
            for (let x = -1; x <= 1; x++) {
              const [column, row] = [(i % 7) + x, Math.floor(i / 7) + y];
              if (column >= 0 && column < 7 && row >= 0 && row < 7) near.push(before[row * 7 + column]);
            }
          }
          const isHole = Number.isNaN(before[i]);
          expect(isHole ? Number.isNaN(after[i]) : near.includes(after[i])).toBe(true);
        }
      }),
    );
  });

  test('takes out lone spikes, lone pieces of sky and lone flakes in the sky', () => {
    const wall = new Float32Array(count).fill(0.5);
    for (const [around, lone] of [[0.5, 3], [0.5, 0.05], [0.5, 0], [0, 0.5]] as const) {
      const depth = wall.map(() => around);
      depth[20 * 64 + 30] = lone;
      expect(filtered(depth)).toEqual(wall.map(() => around));
    }
  });

  test.each([[2, 2], [2, 9], [3, 3], [5, 2]])('keeps the outline of a thing of %i by %i texels, before wall and sky', (w, h) => {
    for (const behind of [0.2, 0]) {
      const depth = Float32Array.from({ length: count }, (_, i) => {
        const [x, y] = [i % 64, Math.floor(i / 64)];
        return x >= 20 && x < 20 + w && y >= 30 && y < 30 + h ? 1 : behind;
      });
      expect(filtered(depth)).toEqual(depth);
    }
  });

  test('keeps a slanted line two texels wide, and a pole of one but for its ends', () => {
    const slanted = Float32Array.from({ length: count }, (_, i) => {
      const away = (i % 64) - Math.floor(i / 64);
      return away === 0 || away === 1 ? 1 : 0;
    });
    const pole = Float32Array.from({ length: count }, (_, i) => (i % 64 === 30 && i > 640 && i < 3200 ? 1 : 0.1));
    // The corners of the picture see too little of the line.
    const inside = (d: Float32Array) => d.filter((_, i) => i % 64 > 1 && i % 64 < 62);
    expect(inside(filtered(slanted))).toEqual(inside(slanted));
    const changed = filtered(pole).reduce((sum, d, i) => sum + (d === pole[i] ? 0 : 1), 0);
    expect(changed).toBeLessThanOrEqual(2);
  });

  test.each([[0.02, 0.01, 0.005], [0.03, 0.05, 0.01]])('takes most of the false cuts of a noisy floor away: noise %d', (share, before, after) => {
    const raw = noisy(floor(squareCamera(128)), share);
    expect(cutShare(raw, 128)).toBeGreaterThan(before);
    expect(cutShare(filtered(raw, 128, 128), 128)).toBeLessThan(after);
  });

  test('on exact depth leaves nearly all true cuts and makes hardly any', () => {
    const exact = room(camera);
    const [before, after] = [exact, filtered(exact)].map((depth) => {
      const cut = new Uint8Array(2 * count);
      findCuts(depth, 64, 64, cut.subarray(0, count), cut.subarray(count));
      return cut;
    });
    const total = before.reduce((sum, c) => sum + c, 0);
    const lost = before.reduce((sum, c, i) => sum + (c > after[i] ? 1 : 0), 0);
    const made = before.reduce((sum, c, i) => sum + (c < after[i] ? 1 : 0), 0);
    expect(lost / total).toBeLessThan(0.07);
    expect(made / (2 * 64 * 63)).toBeLessThan(0.004);
  });

  test('refuses a picture that is too small', () => {
    expect(() => new MedianDepth().filter(new Float32Array(5), 3, 3)).toThrow('The depth has 5 texels where 3x3 are needed.');
  });
});

describe('the noise estimate', () => {
  test.each([0.005, 0.01, 0.02, 0.05])('finds noise of %d within a sixth, on a wall, on a slope and on a floor', (share) => {
    for (const depth of [plane([0, 0, 1], 2), plane([0.5, 0.3, 0.8], 2)].map((p) => render(camera, p)).concat(floor())) {
      expect(depthNoise(noisy(depth, share), 64, 64) / share).toBeGreaterThan(5 / 6);
      expect(depthNoise(noisy(depth, share), 64, 64) / share).toBeLessThan(7 / 6);
    }
  });

  test('is next to nothing on exact depth with edges, and 0 where there is nothing', () => {
    expect(depthNoise(room(camera), 64, 64)).toBeLessThan(0.002);
    expect(depthNoise(new Float32Array(count), 64, 64)).toBe(0);
    expect(depthNoise(new Float32Array(count).fill(NaN), 64, 64)).toBe(0);
  });
});
