import { expect, test } from 'vitest';
import { findOnsets } from '../../../../src/latency/optical/onsets';
import { gaussian, line, presses } from './synthetic';

const { onsetsMs } = presses(12, 40);
const timesMs = Float64Array.from({ length: 6000 }, (_, i) => i);

function largestError(found: Float64Array, truth: readonly number[]): number {
  expect(found).toHaveLength(truth.length);
  return Math.max(...truth.map((ms, k) => Math.abs(found[k]! - ms)));
}

test('pulses of any length are found where they begin, with noise and bouncing contacts', () => {
  for (const [holdMs, bounceMs] of [[3, 0], [30, 0], [120, 6]] as const) {
    const recording = line(onsetsMs, timesMs, holdMs, bounceMs);
    const normal = gaussian(4);
    for (const i of recording.levels.keys()) recording.levels[i]! += 0.2 * normal();
    expect(largestError(findOnsets(recording), onsetsMs)).toBeLessThan(1);
  }
});

test('a line that is pulled down, or both changes', () => {
  const up = line(onsetsMs, timesMs, 50);
  const down = { timesMs, levels: up.levels.map((level) => 5 - level) };
  expect(largestError(findOnsets(down, { edge: 'falling' }), onsetsMs)).toBeLessThan(1);
  expect(largestError(findOnsets(down), onsetsMs.map((ms) => ms + 50))).toBeLessThan(1);
  expect(findOnsets(up, { edge: 'both' })).toHaveLength(24);
});

test('the speed of a flick: 5 % of each own peak, however fast it was', () => {
  // Half sine waves of 200 ms, peaks from 1 to 2: 5 % of any is asin(0.05) / pi of its length after its begin.
  const levels = timesMs.map((atMs) => {
    const k = onsetsMs.findLastIndex((ms) => ms <= atMs);
    const since = k < 0 ? 200 : atMs - onsetsMs[k]!;
    return since < 200 ? (1 + k / 11) * Math.sin((Math.PI * since) / 200) : 0;
  });
  const truth = onsetsMs.map((ms) => ms + (200 * Math.asin(0.05)) / Math.PI);
  expect(largestError(findOnsets({ timesMs, levels }, { at: 0.05 }), truth)).toBeLessThan(0.5);
  const late = onsetsMs.map((ms) => ms + 200 / 6);
  expect(largestError(findOnsets({ timesMs, levels }), late)).toBeLessThan(0.5);
});

test('a quiet line has no onsets', () => {
  expect(findOnsets({ timesMs, levels: timesMs.map(() => 0) })).toHaveLength(0);
  const normal = gaussian(9);
  expect(findOnsets({ timesMs, levels: timesMs.map(() => normal()) })).toHaveLength(0);
  expect(findOnsets({ timesMs: new Float64Array(), levels: new Float64Array() })).toHaveLength(0);
});
