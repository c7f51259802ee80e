import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { injectionSliders, injectionWords, nearestStop } from '../../../../src/app/lab/injection-sliders';
import { defaultOptions } from '../../../../src/app/options';
import { optionChecks, optionLimits } from '../../../../src/app/validate-options';

describe('sliders of the lab', () => {
  test.each(injectionSliders)('$name stops only at values that the option may have, from end to end', ({ name, stops }) => {
    for (const stop of stops) expect(optionChecks[name].accepts(stop)).toBe(true);
    expect(stops).toEqual([...new Set(stops)].toSorted((a, b) => a - b));
    expect([stops[0], stops.at(-1)]).toEqual([optionLimits[name].min, optionLimits[name].max]);
    expect(stops[nearestStop(stops, defaultOptions[name])]).toBe(defaultOptions[name]);
  });

  test('the nearest stop is the nearest', () => {
    const values = fc.double({ min: -10, max: 6000, noNaN: true });
    fc.assert(
      fc.property(values, (value) => {
        const { stops } = injectionSliders[0]!;
        const off = Math.abs(stops[nearestStop(stops, value)]! - value);
        for (const stop of stops) expect(off).toBeLessThanOrEqual(Math.abs(stop - value));
      }),
    );
  });

  test('what is injected is said in a few words', () => {
    expect(injectionWords(defaultOptions)).toBe('off');
    const bad = { ...defaultOptions, addLatencyMs: 200, latencyJitterMs: 30, stallEveryS: 5, dropPct: 2 };
    expect(injectionWords(bad)).toBe('+200 ± 30 ms, hangs, 2 % lost');
  });
});
