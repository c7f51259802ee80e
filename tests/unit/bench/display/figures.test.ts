import { expect, test } from 'vitest';
import { figuresOf, restPeriodMs, rowsOf, summarise } from '../../../../src/bench/display/figures';
import { gridSizes } from '../../../../src/bench/display/grid';
import type { Condition, Sample } from '../../../../src/bench/display/result';
import { displayTable, displayVerdicts } from '../../../../src/bench/report/display-page';

/** Frames at a pace, ms, without those whose index is left out. */
const pace = (count: number, periodMs: number, leftOut: readonly number[] = []): number[] =>
  Array.from({ length: count }, (_, k) => k * periodMs).filter((_, k) => !leftOut.includes(k));

test('frames that did not come are counted, each of them', () => {
  const atMs = pace(101, 20, [10, 50, 51, 52]);
  expect(figuresOf(atMs, atMs.map(() => 1), 20)).toMatchObject({ frames: 97, displayHz: 48, missedPct: 4 });
});

test('a little late is not missed, and one frame alone says nothing', () => {
  expect(figuresOf([0, 20, 49, 60], [1, 2, 3, 4], 20).missedPct).toBe(0);
  const alone = figuresOf([5], [1], 20);
  expect([alone.displayHz, alone.missedPct]).toEqual([Number.NaN, Number.NaN]);
});

test('the pace at rest is its median interval, never faster than 60 Hz', () => {
  expect(restPeriodMs([0, 40, 80, 200, 240])).toBe(40);
  expect(restPeriodMs(pace(50, 5))).toBeCloseTo(1000 / 60, 9);
});

function sample(round: number, condition: Condition, jsMs: number, atMs: number[]): Sample {
  const modelHz = condition === 'on' ? 9 : 0;
  const workMs = atMs.map(() => jsMs);
  return { round, condition, atMs, workMs, scriptS: 0.002 * atMs.length, taskS: 1, triangles: 100, draws: 2, modelHz };
}

/** The second round ran on a machine that was three times as slow. */
const samples = [1, 3].flatMap((slow, round) => [
  sample(round, 'bare', slow, pace(101, 20 * slow)),
  sample(round, 'off', 1.1 * slow, pace(101, 20 * slow)),
  sample(round, 'stalled', 1.05 * slow, pace(101, 20 * slow)),
  sample(round, 'on', 1.2 * slow, pace(101, 20 * slow, [7])),
]);

test('ratios are taken within a round, so a machine that slows down between rounds changes nothing', () => {
  const summary = summarise(samples);
  expect(summary.jsRatio.off).toBeCloseTo(1.1, 9);
  expect(summary.jsRatio.stalled).toBeCloseTo(1.05, 9);
  expect(summary.jsRatio.on).toBeCloseTo(1.2, 9);
  expect(summary.scriptRatio.on).toBeCloseTo(1, 9);
  expect(summary.missedOnMinusOffPoints).toBeCloseTo(1, 9);
  expect(summary).toMatchObject({ modelHz: 9, triangles: 100, draws: 2, restPeriodMs: 40 });
  expect(rowsOf(samples).map(({ round, condition, missedPct }) => [round, condition, missedPct])).toContainEqual([1, 'on', 1]);
});

test('without a bare scene there is no ratio, and that is not a pass', () => {
  const summary = summarise(samples.filter(({ condition }) => condition !== 'bare'));
  expect(summary.jsRatio.on).toBeNaN();
  expect(displayVerdicts(summary).map(({ passed }) => passed)).toEqual([null, true]);
});

test('the bars are 1.2 times and 2 points', () => {
  const summary = summarise(samples);
  const passed = (ratio: number, points: number): (boolean | null)[] =>
    displayVerdicts({ ...summary, jsRatio: { off: 1, stalled: 1, on: ratio }, missedOnMinusOffPoints: points }).map((v) => v.passed);
  expect(passed(1.2, 1.99)).toEqual([true, true]);
  expect(passed(1.21, 2)).toEqual([false, false]);
  expect(passed(0.9, -5)).toEqual([true, true]);
});

test('the terminal table names every condition with its ratio', () => {
  const counts = { quick: true, seed: 6, rounds: 2, windowS: 1, canvas: '480 × 300', preset: 'standalone' };
  const text = displayTable({ counts, rows: rowsOf(samples), summary: summarise(samples), notes: [] });
  expect(text).toMatch(/^product, model stalled\s+2\.10\s+1\.05/m);
  expect(text).toMatch(/^bare three\.js scene\s+2\.00\s+1\.00/m);
});

test('a bare scene has as many triangles as were asked for, within a row of quads', () => {
  for (const [triangles, draws] of [[32_768, 2], [300_000, 7], [2, 1], [1000, 3]] as const) {
    const grids = gridSizes(triangles, draws);
    expect(grids).toHaveLength(draws);
    const total = grids.reduce((sum, { columns, rows }) => sum + 2 * columns * rows, 0);
    expect(Math.abs(total - triangles)).toBeLessThanOrEqual(2 * draws * Math.sqrt(triangles / 2 / draws));
  }
  expect(() => gridSizes(0, 2)).toThrow(RangeError);
  expect(() => gridSizes(Number.NaN, 2)).toThrow(RangeError);
});
