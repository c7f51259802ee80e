import { describe, expect, test } from 'vitest';
import { governorRows, periodBeforeLoad, recoverS, restMissedPct, restoreS, type LoadRun } from '../../../../src/bench/latency/governor-figures';

const periodMs = 1000 / 60;

/** Display frames of a load from 4 to 14 s: what takes every second frame away, and what the model does, second by second. */
function run(isLate: (s: number) => boolean, modelHz: (s: number) => number, seconds = 30): LoadRun {
  const frames: { atMs: number; modelFrames: number }[] = [];
  let atMs = 0;
  let modelFrames = 0;
  while (atMs < 1000 * seconds) {
    frames.push({ atMs, modelFrames: Math.floor(modelFrames) });
    const stepMs = isLate(atMs / 1000) ? 2 * periodMs : periodMs;
    modelFrames += (modelHz(atMs / 1000) * stepMs) / 1000;
    atMs += stepMs;
  }
  return { frames, loadFromMs: 4000, loadToMs: 14_000 };
}

/** Gives in after 2.5 s, and has the rate back 6 s after the end. */
const good = run((s) => s >= 4 && s < 6.5, (s) => (s < 6.5 ? 30 : s < 20 ? 5 : 30));

describe('what the governor did', () => {
  test('the pace before the load counts, not the one under it', () => {
    expect(periodBeforeLoad(good)).toBeCloseTo(periodMs, 6);
  });

  test('it has recovered with the first full second without a miss, and restored with nine tenths of the rate', () => {
    expect(recoverS(good)).toBeCloseTo(2.5, 1);
    // The model has 5 a second until 20 s, so the second that has 27 begins a little before.
    expect(restoreS(good)).toBeGreaterThan(5.7);
    expect(restoreS(good)).toBeLessThan(6.1);
  });

  test('one that does nothing never recovers, and had nothing to restore', () => {
    const idle = run((s) => s >= 4 && s < 14, () => 30);
    expect(recoverS(idle)).toBeNaN();
    expect(restoreS(idle)).toBeLessThan(0.1);
  });

  test('a machine that misses by itself never recovers to the letter, and does over what it missed before', () => {
    const isBusy = (s: number): boolean => Math.floor(s * 60) % 30 === 0;
    const busy = run((s) => isBusy(s) || (s >= 4 && s < 6.5), () => 30);
    expect(recoverS(busy)).toBeNaN();
    expect(restMissedPct(busy)).toBeGreaterThan(1);
    expect(recoverS(busy, restMissedPct(busy))).toBeCloseTo(2.5, 0);
  });

  test('one that never gives the rate back is told as never', () => {
    expect(restoreS(run((s) => s >= 4 && s < 5, (s) => (s < 5 ? 30 : 3)))).toBeNaN();
  });

  test('seconds are whole, before and under the load, and tell the misses', () => {
    const rows = governorRows(good);
    expect(rows.map(({ atMs }) => atMs)).toEqual(rows.map((_, k) => -4000 + 1000 * k));
    expect(rows.filter(({ loaded }) => loaded)).toHaveLength(10);
    const under = rows.find(({ atMs }) => atMs === 1000)!;
    expect(under.missedPct).toBeCloseTo(50, 0);
    expect(under.displayHz).toBeCloseTo(30, -1);
    expect(rows[0]!.missedPct).toBe(0);
    expect(rows[1]!.modelHz).toBeCloseTo(30, -1);
  });
});
