import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedDisplayMs, isBelievable, seenMs } from '../../../src/latency/display-time';

const frameMs = 10_000;
const periodMs = 11;

describe('the time at which a display frame is seen', () => {
  test('is what the headset predicts, when that can be', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 250, noNaN: true }), (ahead) => {
        expect(expectedDisplayMs(frameMs + ahead, frameMs, periodMs)).toBe(frameMs + ahead);
      }),
    );
  });

  test.each([
    ['left out', undefined],
    ['zero', 0],
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
    ['the frame itself', frameMs],
    ['in the past', frameMs - 3],
    ['of another clock, far ahead', frameMs + 251],
    ['since 1970', 1.7e12],
  ])('is one period after the frame when the prediction is %s', (_, predicted) => {
    expect(expectedDisplayMs(predicted, frameMs, periodMs)).toBe(frameMs + periodMs);
    expect(isBelievable(predicted, frameMs)).toBe(false);
  });

  test('is believed up to a quarter of a second ahead', () => {
    expect(isBelievable(frameMs + 250, frameMs)).toBe(true);
    expect(isBelievable(frameMs + 0.1, frameMs)).toBe(true);
  });
});

describe('the time at which a display frame that came late is seen', () => {
  test('is the expected one while there is time, or when nobody knows when it was drawn', () => {
    expect(seenMs(100, 100, 10)).toBe(100);
    expect(seenMs(100, 42, 10)).toBe(100);
    expect(seenMs(100, Number.NaN, 10)).toBe(100);
  });

  test('is the first of the next periods that is not before the end of its draw calls', () => {
    const ms = fc.double({ min: 0.01, max: 500, noNaN: true });
    fc.assert(
      fc.property(ms, fc.double({ min: 1, max: 50, noNaN: true }), (lateMs, everyMs) => {
        const seen = seenMs(1000, 1000 + lateMs, everyMs);
        expect(seen).toBeGreaterThanOrEqual(1000 + lateMs - 1e-9);
        expect(seen - (1000 + lateMs)).toBeLessThan(everyMs + 1e-9);
        const periods = (seen - 1000) / everyMs;
        expect(Math.abs(periods - Math.round(periods))).toBeLessThan(1e-6);
      }),
    );
    expect(seenMs(100, 103, Number.NaN)).toBe(103);
  });
});
