import { describe, expect, test } from 'vitest';
import { Trace, type TraceEntry } from '../../../src/latency/trace';

function entry(frameId: number): TraceEntry {
  const times = { actionAtMs: 0, stepBegunMs: 1, inferenceBegunMs: 2, inferenceEndedMs: 3, readBackMs: 3.5, meshedMs: 4, sentMs: 5 };
  return { frameId, actionId: frameId, ...times, receivedMs: 6, drawnMs: 7, expectedDisplayMs: 8 };
}

describe('the trace', () => {
  test('keeps the newest entries, oldest first, and no more than its capacity', () => {
    const trace = new Trace(3);
    for (let id = 1; id <= 5; id++) trace.add(entry(id));
    expect(trace.read().map(({ frameId }) => frameId)).toEqual([3, 4, 5]);
    trace.clear();
    expect(trace.read()).toEqual([]);
    trace.add(entry(6));
    expect(trace.read()).toEqual([entry(6)]);
  });

  test('keeps two thousand unless told otherwise', () => {
    const trace = new Trace();
    for (let id = 1; id <= 2100; id++) trace.add(entry(id));
    expect(trace.read()).toHaveLength(2000);
    expect(trace.read()[0].frameId).toBe(101);
  });

  test('hands out copies: whoever reads it cannot change it', () => {
    const trace = new Trace(3);
    trace.add(entry(1));
    trace.read()[0].drawnMs = 99;
    trace.read().length = 0;
    expect(trace.read()).toEqual([entry(1)]);
  });
});
