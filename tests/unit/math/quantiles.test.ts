import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollingQuantiles } from '../../../src/math/quantiles';

describe('RollingQuantiles', () => {
  it('agrees with sorting the last values, at any p and any length', () => {
    // Adding 0 makes -0 a plain 0: times do not tell the two apart, but toBe does.
    const time = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
    const values = fc.array(time, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), values, (capacity, pushed) => {
        const rolling = new RollingQuantiles(capacity);
        for (const value of pushed) rolling.push(value);
        const window = pushed.slice(-capacity).sort((a, b) => a - b);
        expect(rolling.count).toBe(window.length);
        expect(rolling.max).toBe(window[window.length - 1]);
        expect(rolling.quantile(0)).toBe(window[0]);
        expect(rolling.quantile(1)).toBe(window[window.length - 1]);
        const middle = window.length >> 1;
        const median = window.length % 2 === 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2;
        expect(rolling.quantile(0.5)).toBeCloseTo(median, 6);
      }),
    );
  });

  it('is linear between neighbours, as numpy is', () => {
    const rolling = new RollingQuantiles(10);
    for (const value of [4, 1, 3, 2]) rolling.push(value);
    expect(rolling.quantile(0.5)).toBe(2.5);
    expect(rolling.quantile(0.95)).toBeCloseTo(3.85, 12);
  });

  it('is NaN while empty, skips what is not a number, and can forget', () => {
    const rolling = new RollingQuantiles(4);
    rolling.push(NaN);
    rolling.push(Infinity);
    expect([rolling.count, rolling.max, rolling.quantile(0.5)]).toEqual([0, NaN, NaN]);
    rolling.push(7);
    expect(rolling.quantile(0.99)).toBe(7);
    // Asked again after more has come, it must not answer from the last time.
    rolling.push(9);
    expect([rolling.quantile(0), rolling.quantile(1), rolling.max]).toEqual([7, 9, 9]);
    rolling.clear();
    expect(rolling.quantile(0.5)).toBeNaN();
    expect(() => new RollingQuantiles(0)).toThrow(/at least 1/);
  });
});
