import { describe, expect, test } from 'vitest';
import { Contention } from '../../../src/latency/contention';
import { DisplayLog } from '../../../src/latency/display-log';
import { MismatchMeter } from '../../../src/latency/mismatch-meter';
import { MissedFrames, missedOf } from '../../../src/latency/missed-frames';

const periodMs = 1000 / 72;

/** What is counted before each frame, for gaps in periods. */
function missedIn(gaps: readonly number[]): number[] {
  const frames = new MissedFrames();
  let atMs = 1000;
  frames.frame(atMs, false, periodMs);
  return gaps.map((gap) => frames.frame((atMs += gap * periodMs), false, periodMs));
}

describe('missed display frames', () => {
  test('are the rounded gap minus one, from one and a half periods on', () => {
    expect(missedIn([1, 1.4, 1.6, 2, 3.1, 0.7])).toEqual([0, 0, 1, 1, 2, 0]);
  });

  test('are none when the page slept', () => {
    expect(missedIn([1, 80, 1])).toEqual([0, 0, 0]);
  });

  test('are none between a time that was predicted and one that was not, nor over a reset', () => {
    const frames = new MissedFrames();
    frames.frame(100, false, 10);
    expect(frames.frame(145, true, 10)).toBe(0);
    expect(frames.frame(165, true, 10)).toBe(1);
    frames.reset();
    expect(frames.frame(205, true, 10)).toBe(0);
  });

  test('rate and longest run over a time', () => {
    const log = new DisplayLog(16);
    [0, 3, 0, 1, 0, 0].forEach((missed, k) => {
      const row = log.begin();
      log.set(row, 'atMs', 10 * k);
      log.set(row, 'missed', missed);
    });
    expect(missedOf(log)).toEqual({ frames: 6, missed: 4, missedPct: 40, longestRunMissed: 3 });
    expect(missedOf(log, 20)).toEqual({ frames: 4, missed: 1, missedPct: 20, longestRunMissed: 1 });
    expect(missedOf(log, 1000)).toEqual({ frames: 0, missed: 0, missedPct: Number.NaN, longestRunMissed: 0 });
  });
});

describe('contention', () => {
  test('is what the model adds to the missed frames, over all phases of each kind', () => {
    const contention = new Contention();
    expect(contention.result().contentionPct).toBeNaN();
    contention.phase('off', 99, 1);
    expect(contention.result()).toEqual({ missedPctOn: Number.NaN, missedPctOff: 1, contentionPct: Number.NaN });
    contention.phase('on', 45, 5);
    contention.phase('on', 45, 5);
    expect(contention.result()).toEqual({ missedPctOn: 10, missedPctOff: 1, contentionPct: 9 });
    contention.clear();
    expect(contention.result().missedPctOff).toBeNaN();
  });
});

test('the share of frames that belong to another pose leaves out those that cannot tell', () => {
  const meter = new MismatchMeter();
  meter.frame(Number.NaN);
  meter.frame(undefined);
  expect(meter.pct).toBeNaN();
  for (const answer of [1, 0, 0, 0]) meter.frame(answer);
  expect(meter.pct).toBe(25);
  for (let k = 0; k < 600; k++) meter.frame(0);
  expect(meter.pct).toBe(0);
});
