import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { moment, momentCount, momentNames, partName, partsOf, sumErrorMsOf, totalMsOf } from '../../../src/latency/stages';

/** Times in order, some of them missing. */
const inOrder = fc
  .array(fc.tuple(fc.double({ min: 0, max: 5000, noNaN: true }), fc.boolean()), { minLength: momentCount, maxLength: momentCount })
  .map((steps) => {
    let atMs = 1e5;
    return Float64Array.from(steps, ([ms, isThere]) => {
      atMs += ms;
      return isThere ? atMs : Number.NaN;
    });
  });

describe('the parts of a span', () => {
  test('add up to the last moment minus the first, whichever are missing, and are never negative', () => {
    fc.assert(
      fc.property(inOrder, (moments) => {
        const there = moments.filter((ms) => !Number.isNaN(ms));
        const parts = partsOf(moments);
        expect(parts).toHaveLength(Math.max(0, there.length - 1));
        expect(parts.every(({ ms }) => ms >= 0)).toBe(true);
        fc.pre(there.length > 1);
        const totalMs = there[there.length - 1]! - there[0]!;
        expect(totalMsOf(moments)).toBe(totalMs);
        expect(Math.abs(parts.reduce((sum, { ms }) => sum + ms, 0) - totalMs)).toBeLessThan(1e-6);
        expect(sumErrorMsOf(moments)).toBeLessThan(1e-6);
      }),
    );
  });

  test('are none, and their sum is not known, with fewer than two moments', () => {
    const moments = new Float64Array(momentCount).fill(Number.NaN);
    expect([partsOf(moments).length, totalMsOf(moments), sumErrorMsOf(moments)]).toEqual([0, Number.NaN, Number.NaN]);
    moments[moment.drawn] = 5;
    expect([partsOf(moments).length, totalMsOf(moments), sumErrorMsOf(moments)]).toEqual([0, Number.NaN, Number.NaN]);
  });

  test('bridge a moment that is missing, and never call it 0', () => {
    const moments = new Float64Array(momentCount).fill(Number.NaN);
    moments[moment.inferenceEnded] = 10;
    moments[moment.meshed] = 14;
    expect(partsOf(moments)).toEqual([{ from: 'inferenceEnded', to: 'meshed', ms: 4 }]);
    expect(partName('inferenceEnded', 'meshed')).toBe('inferenceEnded>meshed');
  });

  test('tell by how much a clock is off: a step that begins 7 ms before it was asked for is 7 ms too many', () => {
    const moments = Float64Array.from(momentNames, (_, k) => 1000 + 10 * k);
    expect(sumErrorMsOf(moments)).toBe(0);
    for (let k = moment.stepBegun; k <= moment.sent; k++) moments[k] = moments[k]! - 17;
    expect(sumErrorMsOf(moments)).toBeCloseTo(7, 9);
  });
});
