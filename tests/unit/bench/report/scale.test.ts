import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linearScale, niceTicks, spreadTicks, tickedScale } from '../../../../src/bench/report/scale';

test('ticks are round numbers that enclose the values', () => {
  expect(niceTicks(13.2, 38.9)).toEqual([10, 20, 30, 40]);
  expect(niceTicks(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(niceTicks(-0.3, 0.1, 3)).toEqual([-0.4, -0.2, 0, 0.2]);
});

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('any two numbers get few ticks, ascending, with both inside', () => {
  fc.assert(
    fc.property(finite, finite, fc.integer({ min: 2, max: 9 }), (a, b, wanted) => {
      const ticks = niceTicks(a, b, wanted);
      expect(ticks.length).toBeGreaterThanOrEqual(2);
      expect(ticks.length).toBeLessThanOrEqual(2 * wanted + 2);
      for (let k = 1; k < ticks.length; k++) expect(ticks[k]!).toBeGreaterThan(ticks[k - 1]!);
      const slack = 1e-6 * Math.max(1, Math.abs(a), Math.abs(b));
      expect(ticks[0]!).toBeLessThanOrEqual(Math.min(a, b) + slack);
      expect(ticks.at(-1)!).toBeGreaterThanOrEqual(Math.max(a, b) - slack);
    }),
  );
});

test('every finite value lies between the ends of a linear axis; the rest has no place', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(finite, fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY)), { minLength: 1 }), (values) => {
      const scale = linearScale(values, 200, 10);
      for (const value of values) {
        const at = scale.at(value);
        const isInside = at >= 10 - 1e-6 && at <= 200 + 1e-6;
        expect(Number.isFinite(value) ? isInside : Number.isNaN(at)).toBe(true);
      }
    }),
  );
});

test('a flat line, no value at all and NaN alone still have an axis', () => {
  for (const values of [[7], [0, 0], [1e9], [], [Number.NaN, Number.NEGATIVE_INFINITY]]) {
    const scale = linearScale(values, 0, 100);
    expect(scale.ticks.length).toBeGreaterThanOrEqual(2);
    for (const tick of scale.ticks) expect(Number.isFinite(scale.at(tick.value))).toBe(true);
  }
  expect(linearScale([7], 0, 100).at(7)).toBeGreaterThan(0);
});

test('a logarithmic axis spaces equal ratios equally and has no place for zero', () => {
  const scale = tickedScale([10, 100, 1000, 0, -5], 'log', 0, 100);
  expect(scale.ticks.map((tick) => tick.label)).toEqual(['10', '100', '1000']);
  expect(scale.at(100)).toBeCloseTo(50, 9);
  expect(scale.at(0)).toBeNaN();
});

test('the axis of baselines has a zero and a tick at each baseline', () => {
  const scale = tickedScale([50, 0, 3.15, 3.15, 1], 'log1p', 0, 100);
  expect(scale.ticks.map((tick) => tick.label)).toEqual(['0', '1', '3.15', '50']);
  expect(scale.at(0)).toBe(0);
  expect(scale.at(50)).toBe(100);
});

test('a single tick stands in the middle', () => {
  expect(tickedScale([5], 'log', 0, 100).at(5)).toBe(50);
});

test('labels that would touch are left out, the last one stays', () => {
  const scale = tickedScale([1, 2, 3, 10], 'linear', 0, 90);
  expect(spreadTicks(scale, 21).map((tick) => tick.value)).toEqual([3, 10]);
  expect(spreadTicks(scale, 5)).toEqual(scale.ticks);
});

test('negative labels have a real minus sign', () => {
  expect(linearScale([-20, 0], 0, 1).ticks[0]!.label).toBe('−20');
});
