import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findEdges } from '../../../../src/latency/optical/edges';
import type { Edge, Recording } from '../../../../src/latency/optical/recording';
import { badDisplay, cleanDisplay, photodiode, presses } from './synthetic';

/** Mean and largest distance of edges from the truth, ms. */
function errors(edges: readonly Edge[], changesMs: readonly number[]): { mean: number; largest: number } {
  expect(edges).toHaveLength(changesMs.length);
  const off = edges.map(({ atMs }, k) => atMs - changesMs[k]!);
  return { mean: off.reduce((sum, ms) => sum + ms, 0) / off.length, largest: Math.max(...off.map(Math.abs)) };
}

const { changesMs } = presses(20, 40);
const lengthMs = changesMs.at(-1)! + 500;

test('a clean switch is found to within the distance of two samples, first up, then down', () => {
  const edges = findEdges(photodiode(changesMs, lengthMs, 1000, cleanDisplay));
  expect(errors(edges, changesMs).largest).toBeLessThanOrEqual(0.51);
  expect(edges.map(({ direction }) => direction)).toEqual(changesMs.map((_, k) => (k % 2 === 0 ? 1 : -1)));
  expect(edges[0]!.before).toBeCloseTo(0.05);
  expect(edges[0]!.after).toBeCloseTo(1);
});

test.each([1000, 2500, 10_000])('with noise, mains flicker, drift and a dimmed backlight, %i samples a second', (hz) => {
  const found = errors(findEdges(photodiode(changesMs, lengthMs, hz, badDisplay)), changesMs);
  expect(Math.abs(found.mean)).toBeLessThan(0.3);
  expect(found.largest).toBeLessThan(1.6);
});

test('noise of a third of the change costs precision, not edges', () => {
  const found = errors(findEdges(photodiode(changesMs, lengthMs, 5000, { ...cleanDisplay, noise: 0.33 })), changesMs);
  expect(Math.abs(found.mean)).toBeLessThan(0.4);
});

describe('a display that flashes for a sixth of each frame', () => {
  test.each([
    [90, 1000], [90, 10_000], [72, 2000], [120, 4000],
  ])('%i times a second turns white with its first flash, and black where a flash is missing; %i Hz', (flashHz, hz) => {
    const display = { ...badDisplay, drift: 0.3, backlight: { periodMs: 1000 / flashHz, duty: 0.17, depth: 1, locked: true } };
    const frames = changesMs.map((ms) => Math.round((ms * flashHz) / 1000) * (1000 / flashHz));
    const found = errors(findEdges(photodiode(frames, lengthMs, hz, display)), frames);
    expect(Math.abs(found.mean)).toBeLessThan(0.5);
    expect(found.largest).toBeLessThan(1.1);
  });
});

test('a slow pixel: its onset is earlier than its middle, by what its curve says', () => {
  const recording = photodiode(changesMs, lengthMs, 5000, { ...cleanDisplay, riseMs: 4, noise: 0.005 });
  const middle = errors(findEdges(recording), changesMs);
  const onset = errors(findEdges(recording, { at: 0.05 }), changesMs);
  const most = errors(findEdges(recording, { at: 0.9 }), changesMs);
  // 1 - exp(-t / 4) is 0.05, 0.5 and 0.9 at these times.
  expect(onset.mean).toBeCloseTo(0.205, 0);
  expect(onset.largest).toBeLessThan(0.6);
  expect(middle.mean).toBeCloseTo(2.773, 1);
  expect(Math.abs(most.mean - 9.21)).toBeLessThan(0.3);
});

test('a flash of the room is no flip, however bright', () => {
  const recording = photodiode(changesMs, lengthMs, 1000, badDisplay);
  const [flash, long] = [changesMs[3]! + 150, changesMs[8]! + 150];
  for (const [i, atMs] of recording.timesMs.entries()) {
    if ((atMs >= flash && atMs < flash + 20) || (atMs >= long && atMs < long + 70)) recording.levels[i]! += 4;
  }
  expect(errors(findEdges(recording), changesMs).largest).toBeLessThan(1.6);
});

test('one glaring flash does not make the patch look like noise', () => {
  const recording = photodiode(changesMs, lengthMs, 1000, cleanDisplay);
  const flash = changesMs[5]! + 150;
  for (const [i, atMs] of recording.timesMs.entries()) if (atMs >= flash && atMs < flash + 60) recording.levels[i]! += 8;
  expect(errors(findEdges(recording), changesMs).largest).toBeLessThanOrEqual(0.51);
});

test('a slow change with noise passes its middle many times, and on average at the right time', () => {
  const recording = photodiode([], lengthMs, 4000, { ...cleanDisplay, black: 0, noise: 0.12 }, 7);
  for (const [i, atMs] of recording.timesMs.entries()) {
    const k = changesMs.findLastIndex((ms) => ms - 15 <= atMs);
    const share = k < 0 ? 0 : Math.min(1, (atMs - changesMs[k]! + 15) / 30);
    recording.levels[i]! += k % 2 === 0 ? share : k < 0 ? 0 : 1 - share;
  }
  expect(Math.abs(errors(findEdges(recording, { windowMs: 100 }), changesMs).mean)).toBeLessThan(0.35);
});

test('light that does not change has no edges: noise, flicker and drift alone', () => {
  for (const seed of [1, 2, 3]) {
    expect(findEdges(photodiode([], 8000, 2000, { ...badDisplay, backlight: null }, seed))).toEqual([]);
  }
  expect(findEdges(photodiode([], 3000, 1000, cleanDisplay))).toEqual([]);
  expect(findEdges({ timesMs: new Float64Array(), levels: new Float64Array() })).toEqual([]);
});

test('unit, gain and offset of the sensor do not matter, nor does its time', () => {
  const plain = photodiode(changesMs, lengthMs, 1000, badDisplay);
  const found = findEdges(plain).map(({ atMs }) => atMs);
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 5000, noNaN: true }), fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.integer({ min: -1e6, max: 1e6 }), (gain, offset, startMs) => {
      const other: Recording = { timesMs: plain.timesMs.map((ms) => ms + startMs), levels: plain.levels.map((v) => v * gain + offset) };
      const edges = findEdges(other);
      expect(edges).toHaveLength(found.length);
      for (const [k, edge] of edges.entries()) expect(edge.atMs - startMs).toBeCloseTo(found[k]!, 3);
    }),
    { numRuns: 15 },
  );
});

test('a broken recording is refused with the sample that breaks it', () => {
  const times = Float64Array.from([0, 1, 1, 2]);
  expect(() => findEdges({ timesMs: times, levels: times })).toThrow('do not rise at sample 2: 1 ms after 1 ms');
  expect(() => findEdges({ timesMs: Float64Array.from([0, 1]), levels: Float64Array.from([0, Number.NaN]) })).toThrow('Sample 1');
  expect(() => findEdges({ timesMs: Float64Array.from([0, 1]), levels: new Float64Array(1) })).toThrow('2 times but 1 levels');
  const slow = Float64Array.from({ length: 100 }, (_, i) => i * 33);
  expect(() => findEdges({ timesMs: slow, levels: slow })).toThrow('Samples every 33.0 ms are too far apart');
});
