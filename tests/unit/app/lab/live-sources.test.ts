import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displaySource, intervalSource, recent, RecentSpans } from '../../../../src/app/lab/live-sources';
import { stageGroups } from '../../../../src/app/lab/stage-groups';
import { SpanLog } from '../../../../src/latency/span-log';
import { moment, momentCount } from '../../../../src/latency/stages';

function logOf(stepsMs: readonly number[][]): SpanLog {
  const log = new SpanLog();
  stepsMs.forEach((steps, k) => {
    let at = 100 * k;
    log.frames.add(k, k, Float64Array.from({ length: momentCount }, (_, m) => (at += steps[m] ?? 1)), 0);
  });
  return log;
}

describe('what the plots are drawn from', () => {
  test('intervals are between neighbours, and unknown before the first', () => {
    const log = new SpanLog();
    for (const atMs of [10, 26, 60]) log.display.set(log.display.begin(), 'atMs', atMs);
    const source = intervalSource(log.display);
    expect([0, 1, 2].map((row) => source.value(row, 0))).toEqual([Number.NaN, 16, 34]);
    expect(recent(source, 0, 60, 1)).toMatchObject({ max: 34, n: 2 });
    // Only what lies in the last seconds counts.
    expect(recent(source, 0, 60, 0.01)).toMatchObject({ max: 34, n: 1 });
  });

  test('columns of the display log come as they are', () => {
    const log = new SpanLog();
    const row = log.display.begin();
    log.display.set(row, 'atMs', 5);
    log.display.set(row, 'poseGapDeg', 1.5);
    const source = displaySource(log.display, ['poseGapDeg', 'poseGapM']);
    expect([source.value(row, 0), source.value(row, 1)]).toEqual([1.5, Number.NaN]);
  });

  test('piled stages fall from the whole to the first group, each by the time of a group', () => {
    const steps = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: momentCount, maxLength: momentCount });
    fc.assert(
      fc.property(fc.array(steps, { minLength: 1, maxLength: 5 }), (all) => {
        const spans = new RecentSpans();
        spans.read(logOf(all), 0);
        for (let row = 0; row < all.length; row++) {
          const column = (c: number): number => spans.stages.value(row, c);
          const whole = all[row]!.slice(1).reduce((sum, ms) => sum + ms, 0);
          expect(column(0)).toBeCloseTo(whole, 6);
          for (let c = 1; c < stageGroups.length; c++) expect(column(c)).toBeLessThanOrEqual(column(c - 1) + 1e-9);
        }
      }),
    );
  });

  test('the model rate comes from when its frames were ready', () => {
    const log = new SpanLog();
    for (const atMs of [0, 100, 200, 450]) {
      const moments = new Float64Array(momentCount).fill(Number.NaN);
      moments[moment.meshed] = atMs;
      moments[moment.expectedDisplay] = atMs + 20;
      log.frames.add(atMs, atMs, moments, 0);
    }
    const spans = new RecentSpans();
    spans.read(log, 0);
    expect([0, 1, 3].map((row) => spans.rate.value(row, 0))).toEqual([Number.NaN, 10, 4]);
    expect(spans.rateHz()).toBeCloseTo(10, 6);
    spans.read(log, 460);
    expect(spans.rateHz()).toBeNaN();
  });
});
