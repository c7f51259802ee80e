import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { meshUnitsPerTexel } from '../../../src/world/contracts';
import { findCuts } from '../../../workers/mesh/cut';
import { maxCornerShift, SilhouetteSmoother } from '../../../workers/mesh/smooth-silhouette';
import { prefersOtherSplit } from '../../../workers/mesh/texel-shape';

const size = 64;
const stride = size + 1;
type Inside = (x: number, y: number) => boolean;

/** Smooths the border of what is inside, as seen at texel centres. Corners: where they were and where they stand. */
function smoothed(inside: Inside, smoother = new SilhouetteSmoother()) {
  const depth = Float32Array.from({ length: size * size }, (_, i) =>
    inside((i % size) + 0.5, Math.floor(i / size) + 0.5) ? 4 : 0.25,
  );
  const cutRight = new Uint8Array(size * size);
  const cutBelow = new Uint8Array(size * size);
  findCuts(depth, size, size, cutRight, cutBelow);
  smoother.smooth(cutRight, cutBelow, size, size);
  const shiftX = smoother.shiftX.slice();
  const shiftY = smoother.shiftY.slice();
  const corners = Array.from({ length: stride * stride }, (_, c) => {
    const cornerX = c % stride;
    const cornerY = Math.floor(c / stride);
    const x = cornerX + shiftX[c] / meshUnitsPerTexel;
    return { cornerX, cornerY, x, y: cornerY + shiftY[c] / meshUnitsPerTexel };
  });
  const onCut = corners.filter(({ cornerX: x, cornerY: y }) => {
    const texel = y * size + x;
    const around = [depth[texel - size - 1], depth[texel - size], depth[texel - 1], depth[texel]];
    return x > 0 && y > 0 && x < size && y < size && new Set(around).size > 1;
  });
  return { depth, corners, onCut, shiftX, shiftY };
}

type Corner = ReturnType<typeof smoothed>['corners'][number];

/** Twice the signed areas of the two triangles of a texel, in texels. */
function trianglesOf({ corners, shiftX, shiftY }: ReturnType<typeof smoothed>, texel: number): [number, number] {
  const a = Math.floor(texel / size) * stride + (texel % size);
  const [p, q, r, s] = [corners[a], corners[a + 1], corners[a + stride], corners[a + stride + 1]];
  const cross = (u: Corner, v: Corner, w: Corner) => (w.x - u.x) * (v.y - u.y) - (v.x - u.x) * (w.y - u.y);
  return prefersOtherSplit(a, stride, shiftX, shiftY)
    ? [cross(p, r, s), cross(s, q, p)]
    : [cross(p, r, q), cross(q, r, s)];
}

/** Area of what is inside, as a share of its area in whole texels. */
function areaKept(result: ReturnType<typeof smoothed>): number {
  let area = 0;
  let texels = 0;
  result.depth.forEach((d, i) => {
    if (d !== 4) return;
    const [first, second] = trianglesOf(result, i);
    area += (first + second) / 2;
    texels++;
  });
  return area / texels;
}

/** Root mean square distances of the corners on a cut before and after, away from the border of the picture. */
function distances(onCut: Corner[], distance: (x: number, y: number) => number) {
  const inner = onCut.filter(({ cornerX: x, cornerY: y }) => Math.min(x, y, size - x, size - y) >= 8);
  const rms = (of: (c: Corner) => number) => Math.sqrt(inner.reduce((sum, c) => sum + of(c) ** 2, 0) / inner.length);
  expect(inner.length).toBeGreaterThan(15);
  return { before: rms((c) => distance(c.cornerX, c.cornerY)), after: rms((c) => distance(c.x, c.y)) };
}

/** Blobs and speckles of every size. */
function noise(seed: number, share: number, coarse: number): Inside {
  const random = createRandom(seed);
  const values = Array.from({ length: size * size }, random);
  return (x, y) => values[Math.floor(y / coarse) * size + Math.floor(x / coarse + (y % 5) / 4)] < share;
}

describe('SilhouetteSmoother', () => {
  it('turns the staircase of a straight edge into a line, steep or shallow', () => {
    for (const run of [1.5, 2.5, 5, 10]) {
      for (const offset of [0.05, 0.3, 0.6]) {
        const length = Math.hypot(1, run);
        const signed = (x: number, y: number) => ((y - 32 - offset) * run - (x - 32)) / length;
        const { before, after } = distances(smoothed((x, y) => signed(x, y) > 0).onCut, signed);
        console.log(`edge 1:${run} at ${offset}: ${before.toFixed(3)} -> ${after.toFixed(3)} texels off the line`);
        expect(before, `1:${run}`).toBeGreaterThan(0.25);
        expect(after, `1:${run} + ${offset}`).toBeLessThan(0.2);
      }
    }
    // A staircase of 45 degrees is the same for every edge within 0.35 texels, so this is measured from their middle.
    const diagonal = distances(smoothed((x, y) => y > x + 0.01).onCut, (x, y) => (y - x - 0.5) / Math.SQRT2);
    console.log(`edge 1:1: ${diagonal.before.toFixed(3)} -> ${diagonal.after.toFixed(3)} texels off the line`);
    expect(diagonal.before).toBeGreaterThan(0.3);
    expect(diagonal.after).toBeLessThan(0.05);
  });

  it('rounds a disc and neither shrinks nor swells it', () => {
    for (const radius of [1.2, 1.6, 2.2, 3.4, 5, 9, 20]) {
      const result = smoothed((x, y) => Math.hypot(x - 32.2, y - 31.6) < radius);
      const kept = areaKept(result);
      expect(kept, `radius ${radius}`).toBeGreaterThan(radius < 4 ? 0.85 : 0.97);
      expect(kept, `radius ${radius}`).toBeLessThan(1.02);
      if (radius < 5) continue;
      const { before, after } = distances(result.onCut, (x, y) => Math.hypot(x - 32.2, y - 31.6) - radius);
      expect(after / before).toBeLessThan(0.5);
    }
  });

  it('keeps the area of things one texel wide', () => {
    const things: [string, Inside, number][] = [
      ['dot', (x, y) => Math.floor(x) === 30 && Math.floor(y) === 20, 1],
      ['hole', (x, y) => Math.floor(x) !== 30 || Math.floor(y) !== 20, 1],
      ['domino', (x, y) => Math.floor(x / 2) === 15 && Math.floor(y) === 20, 0.7],
      ['upright pole', (x, y) => Math.floor(x) === 30 && y > 10 && y < 40, 0.95],
      ['leaning pole', (x, y) => Math.floor(x - y / 6) === 25 && y > 10 && y < 50, 0.9],
      ['steeply leaning pole', (x, y) => Math.floor(x - y / 2) === 15 && y > 10 && y < 50, 0.7],
      ['chain of corners', (x, y) => Math.floor(x) === Math.floor(y) && y > 10 && y < 50, 0.7],
      ['checkers', (x, y) => (Math.floor(x) + Math.floor(y)) % 2 === 0, 1],
    ];
    for (const [name, inside, least] of things) {
      expect(areaKept(smoothed(inside)), name).toBeGreaterThanOrEqual(least);
    }
  });

  it('never turns a triangle over, moves no corner half a texel, none off a cut and none on the border', () => {
    const seed = fc.integer({ min: 0, max: 1e6 });
    const share = fc.double({ min: 0.05, max: 0.95, noNaN: true });
    const smoother = new SilhouetteSmoother();
    fc.assert(
      fc.property(seed, share, fc.integer({ min: 1, max: 6 }), (s, filled, coarse) => {
        const result = smoothed(noise(s, filled, coarse), smoother);
        const { corners, onCut, shiftX, shiftY } = result;
        let least = Infinity;
        for (let i = 0; i < size * size; i++) least = Math.min(least, ...trianglesOf(result, i));
        expect(least).toBeGreaterThan(0);
        expect(Math.max(...shiftX, ...shiftY)).toBeLessThanOrEqual(maxCornerShift);
        expect(Math.min(...shiftX, ...shiftY)).toBeGreaterThanOrEqual(-maxCornerShift);
        const moved = corners.filter((c) => c.x !== c.cornerX || c.y !== c.cornerY);
        const cut = new Set(onCut);
        expect(moved.every((c) => cut.has(c))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(maxCornerShift / meshUnitsPerTexel).toBeLessThan(0.5);
  });

  it('moves something in every such picture, and leaves upright and level edges and their ends alone', () => {
    const hasMoved = (c: Corner) => c.x !== c.cornerX || c.y !== c.cornerY;
    const moved = (inside: Inside) => smoothed(inside).corners.filter(hasMoved).length;
    expect(moved(noise(3, 0.5, 4))).toBeGreaterThan(100);
    expect(moved((x) => x > 20)).toBe(0);
    expect(moved((_, y) => y > 20)).toBe(0);
  });

  it('gives the mirrored line for the mirrored picture', () => {
    const inside: Inside = (x, y) => Math.hypot(x - 30.2, (y - 33.7) * 1.7) < 17;
    const straight = smoothed(inside);
    const mirrored = smoothed((x, y) => inside(size - x, y));
    for (const { cornerX, cornerY, x, y } of straight.onCut) {
      const other = mirrored.corners[cornerY * stride + size - cornerX];
      expect(Math.abs(size - other.x - x)).toBeLessThanOrEqual(1 / meshUnitsPerTexel);
      expect(Math.abs(other.y - y)).toBeLessThanOrEqual(1 / meshUnitsPerTexel);
    }
  });

  it('does not remember the frame before', () => {
    const smoother = new SilhouetteSmoother();
    const first = smoothed(noise(1, 0.4, 3), smoother);
    smoothed(noise(2, 0.6, 2), smoother);
    const again = smoothed(noise(1, 0.4, 3), smoother);
    expect(again.shiftX).toEqual(first.shiftX);
    expect(again.shiftY).toEqual(first.shiftY);
  });
});
