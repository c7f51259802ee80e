import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { skyHeight, skyWidth } from '../../../src/world/contracts';
import { elevationOfSkyRow, longitudeOfSkyColumn, skyTexelFromDirection } from '../../../src/world/sky-directions';

const at = (x: number, y: number, z: number) => skyTexelFromDirection(x, y, z, [0, 0]);

describe('directions of the sky map', () => {
  it('begin behind, go over the right, ahead and the left, and from straight down to straight up', () => {
    const middle = skyHeight / 2;
    expect(at(0, 0, 1)).toEqual([0, middle]);
    expect(at(1, 0, 0)).toEqual([skyWidth / 4, middle]);
    expect(at(0, 0, -1)).toEqual([skyWidth / 2, middle]);
    expect(at(-1, 0, 0)).toEqual([(skyWidth * 3) / 4, middle]);
    expect(at(0, -2, 0)[1]).toBe(0);
    expect(at(0, 2, 0)[1]).toBe(skyHeight);
    expect(at(0, 1, -1)[1]).toBeCloseTo((skyHeight * 3) / 4);
  });

  it('stay inside the map for a direction a breath left of behind', () => {
    const [column] = at(-1e-30, 0, 1);
    expect(column).toBeGreaterThanOrEqual(0);
    expect(column).toBeLessThan(skyWidth);
  });

  it("come back from a texel's middle, whatever their length", () => {
    const texel = fc.record({
      column: fc.integer({ min: 0, max: skyWidth - 1 }),
      row: fc.integer({ min: 0, max: skyHeight - 1 }),
      length: fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
    });
    fc.assert(
      fc.property(texel, ({ column, row, length }) => {
        const longitude = longitudeOfSkyColumn(column);
        const elevation = elevationOfSkyRow(row);
        const level = Math.cos(elevation) * length;
        const [u, v] = at(Math.sin(longitude) * level, Math.sin(elevation) * length, Math.cos(longitude) * level);
        expect(u).toBeCloseTo(column + 0.5, 6);
        expect(v).toBeCloseTo(row + 0.5, 6);
      }),
    );
  });
});
