import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { groupTimes, stageGroups } from '../../../../src/app/lab/stage-groups';
import { momentCount, momentNames, totalMsOf } from '../../../../src/latency/stages';

describe('groups of stages', () => {
  test('hold every moment but the first once, in the order in which they happen', () => {
    expect(stageGroups.flatMap(({ ends }) => [...ends])).toEqual(momentNames.slice(1));
  });

  test('add up to the whole, whatever is missing', () => {
    const gaps = fc.array(fc.option(fc.double({ min: 0, max: 500, noNaN: true }), { nil: Number.NaN }), {
      minLength: momentCount,
      maxLength: momentCount,
    });
    fc.assert(
      fc.property(gaps, (steps) => {
        let at = 1000;
        const moments = Float64Array.from(steps, (step) => (Number.isNaN(step) ? step : (at += step)));
        const times = [...groupTimes(moments, new Float64Array(stageGroups.length))].filter((ms) => !Number.isNaN(ms));
        expect(times.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(totalMsOf(moments) || 0, 6);
      }),
    );
  });

  test('have no time, not none, where a stage is not told', () => {
    const moments = new Float64Array(momentCount).fill(Number.NaN);
    moments[1] = 10;
    moments[4] = 30;
    const times = groupTimes(moments, new Float64Array(stageGroups.length));
    expect(times[0]).toBeNaN();
    expect(times[1]).toBe(20);
    expect(times[3]).toBeNaN();
  });
});
