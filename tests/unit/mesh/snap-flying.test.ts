import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FlyingTexels } from '../../../workers/mesh/snap-flying';

const side = 16;

function depthOf(of: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: side * side }, (_, i) => of(i % side, Math.floor(i / side)));
}

/** Red where the colour belongs to the near side, blue elsewhere. */
function colorOf(isNear: (x: number, y: number) => boolean): Uint8ClampedArray {
  const out = new Uint8ClampedArray(side * side * 4);
  for (let i = 0; i < side * side; i++) {
    out.set(isNear(i % side, Math.floor(i / side)) ? [220, 40, 30, 255] : [40, 60, 200, 255], 4 * i);
  }
  return out;
}

describe('texels between the two sides of an edge', () => {
  test.each([
    ['a farther wall', 0.2],
    ['the sky', 0],
  ])('go to the side of their colour, before %s', (_what, far) => {
    const wrong = depthOf((x) => (x < 8 ? 1 : x === 8 ? 0.5 : far));
    const flying = new FlyingTexels();
    const asNear = wrong.slice();
    expect(flying.snap(asNear, colorOf((x) => x <= 8), side, side)).toBe(side);
    expect(asNear).toEqual(depthOf((x) => (x <= 8 ? 1 : far)));
    const asFar = wrong.slice();
    flying.snap(asFar, colorOf((x) => x < 8), side, side);
    expect(asFar).toEqual(depthOf((x) => (x < 8 ? 1 : far)));
  });

  test('draw a slanted surface on instead of stepping', () => {
    const wall = (x: number): number => 0.5 + 0.02 * x;
    const depth = depthOf((x, y) => (y < 8 ? 0 : y === 8 ? 0.2 : wall(x)));
    new FlyingTexels().snap(depth, colorOf((_x, y) => y >= 8), side, side);
    for (let x = 0; x < side; x++) expect(depth[8 * side + x]).toBeCloseTo(wall(x), 3);
  });
});

describe('left alone are', () => {
  /** How many texels are moved, with colours that invite it. */
  const moved = (depth: Float32Array): number =>
    new FlyingTexels().snap(depth, colorOf((x) => x % 2 === 0), side, side);

  test('every plane, however slanted', () => {
    // Up to a plane whose inverse depth changes by half of itself from one texel to the next.
    const slope = fc.double({ min: -0.055, max: 0.055, noNaN: true });
    fc.assert(
      fc.property(slope, slope, (a, b) => {
        expect(moved(depthOf((x, y) => 1 + a * (x - 8) + b * (y - 8)))).toBe(0);
      }),
    );
  });

  test('a thin pole before a wall, and a slit in one', () => {
    expect(moved(depthOf((x) => (x === 6 ? 1 : 0.2)))).toBe(0);
    expect(moved(depthOf((x) => (x === 6 ? 0.2 : 1)))).toBe(0);
  });

  test('holes and the texels beside them', () => {
    expect(moved(depthOf((x) => (x === 7 ? Number.NaN : x < 7 ? 1 : 0.3)))).toBe(0);
  });
});
