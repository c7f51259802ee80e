import fc from 'fast-check';
import { expect, test } from 'vitest';
import { summarise } from '../../../src/latency/summary';
import { RollingQuantiles } from '../../../src/math/quantiles';

test('quantiles are those of the other implementation in this repository', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 }), (values) => {
      const rolling = new RollingQuantiles(300);
      for (const value of values) rolling.push(value);
      const found = summarise(values);
      for (const [name, p] of [['p50', 0.5], ['p95', 0.95], ['p99', 0.99], ['max', 1]] as const) {
        expect(found[name]).toBeCloseTo(rolling.quantile(p), 6);
      }
      expect(found.n).toBe(values.length);
    }),
  );
});

test('what is missing is not counted, and nothing is not 0', () => {
  expect(summarise([Number.NaN, 3, Number.POSITIVE_INFINITY])).toEqual({ p50: 3, p95: 3, p99: 3, max: 3, n: 1 });
  expect(summarise([Number.NaN])).toEqual({ p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, max: Number.NaN, n: 0 });
});
