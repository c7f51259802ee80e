import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Trial, WatchedFrame } from '../../../../src/bench/latency/pixel-watch';
import { shareOfChange, shownFrame } from '../../../../src/bench/latency/shown-frame';

const width = 48;
const height = 16;

/** A wall of stones that never repeat, shifted to the left by some pixels, and as bright as told. */
function wall(shiftPx: number, gain = 1): Uint8Array {
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const x = (i % width) + shiftPx;
    const y = Math.floor(i / width);
    return gain * (110 + 40 * Math.sin(x / 3 + y) + 40 * Math.sin(x / 4.7 + y / 2 + 1) + 25 * Math.sin(x / 7.9 - y / 3));
  });
}

let clock = 0;
const frame = (luma: Uint8Array, frameId: number, stepBegunMs = 0): WatchedFrame => ({ atMs: (clock += 16), frameId, stepBegunMs, luma });

/** Pictures after a change at 100 ms; the last is settled. */
function trial(after: [picture: Uint8Array, frameId: number][], sampled: Record<number, number> = {}): Trial {
  clock = 60;
  const before = [frame(wall(0), 1), frame(wall(0), 1)];
  clock = 100;
  return { changedAtMs: 100, before, after: after.map(([luma, id]) => frame(luma, id)), poseSampledMs: sampled };
}

describe('the first display frame that shows a change of the pose', () => {
  test('is the very next one when the redrawing shifts the picture, though the new picture differs a little', () => {
    const shown = shownFrame(trial([[wall(7.5), 1], [wall(7.5), 1], [wall(8), 2]], { 1: 40, 2: 110 }));
    expect(shown).toMatchObject({ frames: 1, ms: 16, byModel: false });
    expect(shown.firstShare).toBeGreaterThan(0.8);
  });

  test('is the frame of the model that knows of it when nothing is redrawn', () => {
    const shown = shownFrame(trial([[wall(0), 1], [wall(0), 2], [wall(8), 3], [wall(8), 3]], { 1: 40, 2: 90, 3: 105 }));
    expect(shown).toMatchObject({ frames: 3, ms: 48, byModel: true });
    expect(shown.firstShare).toBeCloseTo(0, 6);
  });

  test('is not one that only gets darker, shifts the wrong way, or shows something else', () => {
    const shown = shownFrame(trial([[wall(0, 0.8), 1], [wall(-8), 1], [wall(30), 1], [wall(8), 1]]));
    expect(shown.frames).toBe(4);
  });

  test('is the begin of the frames that go on showing it: one that jumps back does not count', () => {
    expect(shownFrame(trial([[wall(8), 1], [wall(0), 2], [wall(8), 3], [wall(8), 3]])).frames).toBe(3);
  });

  test('cannot be found in pictures that hardly differ, and that is said', () => {
    expect(() => shownFrame(trial([[wall(0), 1], [wall(0.05), 1]]))).toThrow(/differ by .* levels/);
  });

  test('a frame without a trace knows of the change only when its step began later', () => {
    const early = trial([[wall(8), 1], [wall(8), 1]]);
    expect(shownFrame(early).byModel).toBe(false);
    for (const one of early.after) one.stepBegunMs = 101;
    expect(shownFrame(early).byModel).toBe(true);
  });

  test('whatever comes before it, a settled picture counts from its first frame on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 5 }), (late, stays) => {
        const after = [...Array.from({ length: late }, () => wall(0)), ...Array.from({ length: stays }, () => wall(8))];
        expect(shownFrame(trial(after.map((picture) => [picture, 1]))).frames).toBe(late + 1);
      }),
    );
  });
});

test('the share of the way is 0 at the old picture, 1 at the new one, and one half between', () => {
  const [from, to] = [wall(0), wall(5)];
  const middle = Array.from(from, (value, i) => (value + to[i]!) / 2);
  expect(shareOfChange(from, from, to)).toBe(0);
  expect(shareOfChange(to, from, to)).toBe(1);
  expect(shareOfChange(middle, from, to)).toBeCloseTo(0.5, 9);
});
