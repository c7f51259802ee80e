import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedDisplayMs } from '../../../src/latency/display-time';

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
  });
});
