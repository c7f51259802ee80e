import { describe, expect, test } from 'vitest';
import { DisplayLog } from '../../../src/latency/display-log';
import { SpanLog } from '../../../src/latency/span-log';
import { moment, momentCount } from '../../../src/latency/stages';

function momentsSeenAt(ms: number): Float64Array {
  const moments = new Float64Array(momentCount).fill(Number.NaN);
  moments[moment.sampled] = ms - 50;
  moments[moment.expectedDisplay] = ms;
  return moments;
}

describe('the log of spans', () => {
  test('keeps the newest, oldest first, as copies', () => {
    const log = new SpanLog(3);
    const moments = momentsSeenAt(0);
    for (let id = 1; id <= 5; id++) {
      moments[moment.expectedDisplay] = id;
      log.frames.add(id, id * 10, moments, id / 2);
    }
    expect(log.spans().map(({ frameId, actionId, uploadMs }) => [frameId, actionId, uploadMs])).toEqual([[3, 30, 1.5], [4, 40, 2], [5, 50, 2.5]]);
    expect(log.spans(4.5).map(({ frameId }) => frameId)).toEqual([5]);
    log.spans()[0]!.moments.fill(7);
    expect(log.spans()[0]!.moments[moment.expectedDisplay]).toBe(3);
    expect(log.inputs.read()).toEqual([]);
  });

  test('keeps the newest events with what they say', () => {
    const log = new SpanLog(1, 2);
    log.event('governor', 1, { modelHzCap: 10 });
    log.event('flip', 2);
    log.event('governor', 3, { modelHzCap: 5, reason: 'missed' });
    expect(log.events()).toEqual([
      { name: 'flip', atMs: 2, args: {} },
      { name: 'governor', atMs: 3, args: { modelHzCap: 5, reason: 'missed' } },
    ]);
    expect(log.events('flip')).toHaveLength(1);
    log.clear();
    expect(log.events()).toEqual([]);
    log.event('stall', 4);
    expect(log.events().map(({ name }) => name)).toEqual(['stall']);
  });
});

describe('the log of display frames', () => {
  test('holds the newest rows, and leaves alone what is no longer held', () => {
    const log = new DisplayLog(4);
    const rows = [1, 2, 3, 4, 5, 6].map((atMs) => {
      const row = log.begin();
      log.set(row, 'atMs', atMs);
      return row;
    });
    log.set(rows[0]!, 'workMs', 99);
    log.set(rows[5]!, 'workMs', 8);
    expect([...log.values('atMs')]).toEqual([3, 4, 5, 6]);
    expect([...log.values('atMs', 5)]).toEqual([5, 6]);
    expect([...log.values('workMs')]).toEqual([Number.NaN, Number.NaN, Number.NaN, 8]);
    expect(log.get(rows[0]!, 'atMs')).toBeNaN();
  });

  test('does not write what belongs to a forgotten row into a new one', () => {
    const log = new DisplayLog(4);
    const old = log.begin();
    log.clear();
    expect(log.count).toBe(0);
    const row = log.begin();
    log.set(old, 'gpuMs', 5);
    expect([...log.values('gpuMs')]).toEqual([Number.NaN]);
    log.set(row, 'gpuMs', 6);
    expect([...log.values('gpuMs')]).toEqual([6]);
  });
});
