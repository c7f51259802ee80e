import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  findCollapse,
  longWindowFrames,
  referenceFrames,
  statisticsOf,
  windowFrames,
  type FrameStatistics,
} from '../../../../src/bench/world/collapse';
import { createRandom } from '../../../../src/math/hash';

const size = 48;
const random = createRandom(3);
const texture = Float32Array.from({ length: size * size }, () => random());

/** A picture of a textured wall that is seen a little differently in every frame. */
function pictureAt(frame: number, change: (value: number, i: number) => number = (value) => value): Uint8ClampedArray {
  const out = new Uint8ClampedArray(4 * size * size);
  for (let i = 0; i < size * size; i++) {
    const value = 60 + 120 * texture[(i + 7 * frame) % texture.length]! + 5 * Math.sin(frame / 9);
    const changed = change(value, i);
    out.set([changed, changed * 0.95, changed * 0.85, 255], 4 * i);
  }
  return out;
}

function blurred(picture: Uint8ClampedArray, times: number): Uint8ClampedArray {
  let from = picture;
  for (let round = 0; round < times; round++) {
    const out = from.slice();
    for (let i = size; i < size * size - size; i++) {
      for (let c = 0; c < 3; c++) {
        const at = (k: number): number => from[4 * k + c]!;
        out[4 * i + c] = (at(i - 1) + at(i + 1) + at(i - size) + at(i + size) + 4 * at(i)) / 8;
      }
    }
    from = out;
  }
  return from;
}

const depth = new Float32Array(size * size).fill(0.2);
const walk = (frames: number, show: (frame: number) => Uint8ClampedArray, depthAt: (frame: number) => Float32Array = () => depth): FrameStatistics[] =>
  Array.from({ length: frames }, (_, frame) => statisticsOf(show(frame), depthAt(frame), size, size));
/** Beside a map that stays what it is. */
const collapseOf = (frames: FrameStatistics[]) => findCollapse(frames, walk(frames.length, pictureAt));
/** Nothing for 100 frames, then more and more over the next 100. */
const share = (frame: number): number => Math.min(1, Math.max(0, (frame - 100) / 100));

describe('collapse', () => {
  test('a walk that stays as it is never collapses', () => {
    expect(collapseOf(walk(300, pictureAt))).toBeNull();
    expect(findCollapse(walk(300, pictureAt), null)).toBeNull();
  });

  test.each<[string, (frame: number) => Uint8ClampedArray, FrameStatistics extends infer S ? keyof S : never]>([
    ['fades to black', (frame) => pictureAt(frame, (value) => value * (1 - share(frame))), 'brightness'],
    ['washes out to grey', (frame) => pictureAt(frame, (value) => value + share(frame) * (120 - value)), 'sharpness'],
    ['blurs', (frame) => blurred(pictureAt(frame), Math.round(10 * share(frame))), 'sharpness'],
    ['turns to noise', (frame) => pictureAt(frame, (value, i) => value + share(frame) * (i % 2 === 0 ? 140 : -140)), 'sharpness'],
  ])('a walk that %s is called collapsed', (_, show, because) => {
    const found = collapseOf(walk(260, show));
    expect(found).not.toBeNull();
    expect(found!.frame).toBeGreaterThan(100);
    expect(found!.frame).toBeLessThan(240);
    expect([because, 'contrast', 'brightness']).toContain(found!.because);
  });

  test('colour that drifts and depth that comes nearer are called by their names', () => {
    const reddened = walk(260, (frame) => {
      const picture = pictureAt(frame);
      for (let p = 0; p < picture.length; p += 4) picture[p]! += 60 * share(frame);
      return picture;
    });
    expect(collapseOf(reddened)?.because).toBe('redness');
    const nearing = walk(260, pictureAt, (frame) => new Float32Array(size * size).fill(0.2 * (1 + 9 * share(frame))));
    expect(collapseOf(nearing)?.because).toBe('inverseDepth');
  });

  test('a few frames at a wall are no collapse, and NaN is one', () => {
    const glimpse = walk(300, (frame) => (frame > 120 && frame < 130 ? blurred(pictureAt(frame), 12) : pictureAt(frame)));
    expect(collapseOf(glimpse)).toBeNull();
    expect(findCollapse(glimpse, null)).toBeNull();
    const broken = walk(120, pictureAt);
    broken[90]!.inverseDepth = Number.NaN;
    expect(collapseOf(broken)).toEqual({ frame: 90, because: 'inverseDepth' });
  });

  test('a long look at a wall is no collapse where the map shows a wall, but a map that empties for good is one', () => {
    const wall = (frame: number) => (frame > 120 && frame < 220 ? blurred(pictureAt(frame), 12) : pictureAt(frame));
    const atWall = walk(400, wall);
    expect(collapseOf(atWall)).not.toBeNull();
    expect(findCollapse(atWall, walk(400, wall))).toBeNull();
    const empty = (frame: number) => (frame > 120 ? blurred(pictureAt(frame), 12) : pictureAt(frame));
    const found = findCollapse(walk(400, empty), walk(400, empty));
    expect(found?.frame).toBeGreaterThan(120);
    expect(found?.frame).toBeLessThanOrEqual(121 + longWindowFrames);
  });

  test('the range of the beginning decides: nothing can collapse inside it, and scaling all frames changes nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 3, noNaN: true }), fc.integer({ min: 0, max: referenceFrames - 1 }), (scale, length) => {
        const frames = walk(referenceFrames + windowFrames, pictureAt).map((s) => ({ ...s, sharpness: s.sharpness * scale }));
        expect(collapseOf(frames)).toBeNull();
        expect(collapseOf(frames.slice(0, length))).toBeNull();
      }),
      { numRuns: 10 },
    );
  });
});

test('statistics of a flat picture are those of its colour', () => {
  const flat = new Uint8ClampedArray(4 * size * size);
  for (let p = 0; p < flat.length; p += 4) flat.set([102, 51, 153, 255], p);
  const found = statisticsOf(flat, depth, size, size);
  expect(found.sharpness).toBe(0);
  expect(found.contrast).toBeLessThan(1e-3);
  expect(found.brightness).toBeCloseTo((0.2126 * 102 + 0.7152 * 51 + 0.0722 * 153) / 255, 6);
  expect(found.redness).toBeCloseTo(0.2, 6);
  expect(found.blueness).toBeCloseTo(0.4, 6);
  expect(found.inverseDepth).toBeCloseTo(0.2, 6);
});
