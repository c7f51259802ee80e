import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, hash2, hash3, hashToUnit } from '../../../src/math/hash';

const integer = fc.integer({ min: -1_000_000, max: 1_000_000 });

describe('hash', () => {
  it('gives the same unsigned 32-bit integer for the same point, and another for a neighbour or another seed', () => {
    fc.assert(
      fc.property(integer, integer, integer, (seed, x, y) => {
        const h = hash2(seed, x, y);
        expect(Number.isInteger(h) && h >= 0 && h <= 0xffffffff).toBe(true);
        expect(hash2(seed, x, y)).toBe(h);
        expect(hash2(seed, x + 1, y)).not.toBe(h);
        expect(hash2(seed, x, y + 1)).not.toBe(h);
        expect(hash2(seed + 1, x, y)).not.toBe(h);
        expect(hash3(seed, x, y, 1)).not.toBe(hash3(seed, x, y, 2));
        expect(hashToUnit(h)).toBeGreaterThanOrEqual(0);
        expect(hashToUnit(h)).toBeLessThan(1);
      }),
    );
  });

  it('never changes between releases, because worlds are named by their seed', () => {
    expect([hash2(0, 0, 0), hash2(1, 2, 3), hash2(-1, -2, -3), hash3(7, 1, 2, 3)]).toMatchInlineSnapshot(`
      [
        2488251732,
        2494173795,
        3730734610,
        1695676609,
      ]
    `);
    const random = createRandom(42);
    expect([random(), random(), random()]).toMatchInlineSnapshot(`
      [
        0.6011037519201636,
        0.44829055899754167,
        0.8524657934904099,
      ]
    `);
  });

  it('spreads a grid evenly: each bit is set half of the time, neighbours do not correlate', () => {
    const bits = new Float64Array(32);
    const seen = new Set<number>();
    let sum = 0;
    let product = 0;
    for (let y = -64; y < 64; y++) {
      for (let x = -64; x < 64; x++) {
        const h = hash2(5, x, y);
        seen.add(h);
        for (let b = 0; b < 32; b++) bits[b] += (h >>> b) & 1;
        const here = hashToUnit(h) - 0.5;
        sum += here;
        product += here * (hashToUnit(hash2(5, x + 1, y)) - 0.5);
      }
    }
    const count = 128 * 128;
    for (const ones of bits) expect(Math.abs(ones / count - 0.5)).toBeLessThan(0.02);
    expect(Math.abs(sum / count)).toBeLessThan(0.01);
    expect(Math.abs(product / count) * 12).toBeLessThan(0.04);
    expect(seen.size).toBeGreaterThan(count - 3);
  });

  it('gives a repeatable stream in [0, 1) with mean one half', () => {
    const random = createRandom(9);
    const again = createRandom(9);
    let sum = 0;
    for (let i = 0; i < 10_000; i++) {
      const value = random();
      expect(again()).toBe(value);
      expect(value >= 0 && value < 1, `${value} is in [0, 1)`).toBe(true);
      sum += value;
    }
    expect(sum / 10_000).toBeCloseTo(0.5, 1);
    expect(createRandom(10)()).not.toBe(createRandom(9)());
  });
});
