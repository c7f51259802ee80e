import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { displayToCsv, toCsv } from '../../../src/latency/csv';
import { LatencyRecorder } from '../../../src/latency/latency-recorder';
import { momentNames } from '../../../src/latency/stages';
import { SpanLog } from '../../../src/latency/span-log';
import { toTraceEvents, traceTracks } from '../../../src/latency/trace-event';
import type { TraceEvent, TraceEventFile } from '../../../src/latency/trace-writer';
import { simulate } from './simulated-link';
import { traceEventFaults } from './trace-event-schema';

/** A bad quarter of a minute, with all that can be in a log. */
function badVisit(seed: number): SpanLog {
  const base = { seed, displayFrames: 60, periodMs: 1000 / 72, stepMs: 10, holdMs: 60, dropPct: 10, eventPct: 30 };
  const { log } = simulate({ ...base, resolutionMs: 0.005, workerLaterMs: 700, shared: true });
  log.event('governor', 1500, { modelHzCap: 7.5, reason: 'missed frames', none: Number.NaN });
  log.event('flip', 1600);
  return log;
}

function ofPhase<P extends TraceEvent['ph']>(file: TraceEventFile, ph: P): Extract<TraceEvent, { ph: P }>[] {
  return file.traceEvents.filter((event): event is Extract<TraceEvent, { ph: P }> => event.ph === ph);
}

/** Slices of one thread that begin inside another and end outside of it. */
function partialOverlaps(file: TraceEventFile): string[] {
  const faults: string[] = [];
  const open = new Map<string, { name: string; end: number }[]>();
  for (const { pid, tid, ts, dur, name } of ofPhase(file, 'X')) {
    const key = `${pid}/${tid}`;
    const stack = open.get(key) ?? [];
    open.set(key, stack);
    while (stack.length > 0 && stack.at(-1)!.end <= ts) stack.pop();
    const outer = stack.at(-1);
    if (outer && ts + dur > outer.end) faults.push(`${name} at ${ts} ends after ${outer.name} on ${key}`);
    stack.push({ name, end: ts + dur });
  }
  return faults;
}

describe('the exported trace', () => {
  test('is of the published format, whatever happened', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const file = JSON.parse(JSON.stringify(toTraceEvents(badVisit(seed)))) as TraceEventFile;
        expect(traceEventFaults(file)).toEqual([]);
        expect(partialOverlaps(file)).toEqual([]);
        const begins = file.traceEvents.filter(({ ph }) => ph !== 'M').map(({ ts }) => ts);
        expect(begins).toEqual(begins.toSorted((a, b) => a - b));
      }),
      { numRuns: 50 },
    );
  });

  test('is checked by something that finds faults', () => {
    const file = (): Record<string, unknown>[] => JSON.parse(JSON.stringify(toTraceEvents(badVisit(1)).traceEvents)) as Record<string, unknown>[];
    const spoil = (ph: string, change: Record<string, unknown>): string[] => {
      const events = file();
      Object.assign(events.find((event) => event['ph'] === ph)!, change);
      return traceEventFaults({ traceEvents: events });
    };
    const faults = [
      spoil('X', { dur: -1 }),
      spoil('X', { dur: undefined }),
      spoil('X', { ts: '12' }),
      spoil('X', { name: 5 }),
      spoil('i', { s: 'x' }),
      spoil('C', { args: { value: 'much' } }),
      spoil('M', { name: 'thread_title' }),
      spoil('s', { id: undefined }),
      spoil('X', { ph: 'Y' }),
      spoil('X', { pid: 1.5 }),
      spoil('X', { colour: 'red' }),
    ];
    for (const found of faults) expect(found).toHaveLength(1);
    expect(traceEventFaults({ traceEvents: 7 })).toHaveLength(1);
  });

  test('has a slice for every step, every upload and every time on the screen', () => {
    const log = badVisit(3);
    const file = toTraceEvents(log);
    const spans = log.spans();
    const slices = ofPhase(file, 'X');
    expect(spans.length).toBeGreaterThan(5);
    for (const name of ['step', 'upload', 'inference', 'mesh']) {
      expect(slices.filter((slice) => slice.name === name)).toHaveLength(spans.length);
    }
    expect(slices.filter(({ pid }) => pid === traceTracks.display.pid)).toHaveLength(spans.length);
    expect(slices.filter(({ name }) => name === 'display frame')).toHaveLength([...log.display.values('workMs')].filter((ms) => ms >= 0).length);
    // In microseconds: the first span's step.
    const step = slices.find(({ name, args }) => name === 'step' && args['modelFrame'] === spans[0]!.frameId)!;
    expect(step.ts / 1000).toBeCloseTo(spans[0]!.moments[momentNames.indexOf('stepBegun')]!, 2);
  });

  test('the parts of an action fill its slice without a gap', () => {
    const file = toTraceEvents(badVisit(4));
    const slices = ofPhase(file, 'X');
    for (const whole of slices.filter(({ cat }) => cat === 'action')) {
      const parts = slices.filter(
        ({ cat, pid, tid, ts, dur }) => cat === 'part' && pid === whole.pid && tid === whole.tid && ts >= whole.ts && ts + dur <= whole.ts + whole.dur,
      );
      expect(parts.reduce((sum, { dur }) => sum + dur, 0)).toBe(whole.dur);
    }
  });

  test('every arrow begins in a display frame, passes through its step and ends at the display', () => {
    const file = toTraceEvents(badVisit(5));
    const slices = ofPhase(file, 'X');
    const inside = (event: { pid: number; tid: number; ts: number }, name: string): boolean =>
      slices.some((s) => s.pid === event.pid && s.tid === event.tid && s.name.startsWith(name) && s.ts <= event.ts && event.ts <= s.ts + s.dur);
    const starts = ofPhase(file, 's');
    expect(starts.length).toBe(ofPhase(file, 'f').length);
    for (const start of starts) {
      expect(inside(start, 'display frame')).toBe(true);
      expect(inside(ofPhase(file, 't').find(({ id }) => id === start.id)!, 'step')).toBe(true);
      expect(inside(ofPhase(file, 'f').find(({ id }) => id === start.id)!, 'frame ')).toBe(true);
    }
  });

  test('carries events, and counters of missed frames and of the rate', () => {
    const log = badVisit(6);
    const file = toTraceEvents(log);
    const governor = ofPhase(file, 'i').find(({ name }) => name === 'governor')!;
    expect(governor).toMatchObject({ ts: 1_500_000, args: { modelHzCap: 7.5, reason: 'missed frames' } });
    const counters = ofPhase(file, 'C');
    const missed = counters.filter(({ name }) => name.startsWith('Missed')).map(({ args }) => args['value']);
    expect(Math.max(...(missed as number[]))).toBe(Math.max(...log.display.values('missed')));
    expect(counters.some(({ name }) => name.startsWith('Model rate'))).toBe(true);
  });

  test('of an empty log is a valid file too', () => {
    expect(traceEventFaults(toTraceEvents(new SpanLog(4, 4, 4)))).toEqual([]);
  });

  test('a clock that is off makes no slice that runs backwards', () => {
    const log = new SpanLog(4, 4, 4);
    log.frames.add(1, 1, Float64Array.from(momentNames, (_, k) => (k >= 4 && k <= 9 ? 900 : 1000) + k), 0.5);
    const file = toTraceEvents(log);
    expect(traceEventFaults(file)).toEqual([]);
    expect(partialOverlaps(file)).toEqual([]);
  });
});

describe('the tables', () => {
  test('have a header, one row a span, and nothing in the place of what is missing', () => {
    const log = badVisit(7);
    const [header, ...rows] = toCsv(log).trimEnd().split('\n');
    const columns = header!.split(',');
    expect(columns.slice(0, 4)).toEqual(['kind', 'frameId', 'actionId', 'eventMs']);
    expect(rows).toHaveLength(log.frames.count + log.inputs.count);
    for (const row of rows) {
      const cells = row.split(',');
      expect(cells).toHaveLength(columns.length);
      expect(['frame', 'input']).toContain(cells[0]);
      expect(row).not.toMatch(/NaN|null|undefined/);
    }
    const first = Object.fromEntries(rows[0]!.split(',').map((cell, k) => [columns[k], cell]));
    expect(Number(first['receivedMs'])).toBe(log.spans()[0]!.moments[momentNames.indexOf('received')]);
  });

  test('of the display frames have one row each', () => {
    const recorder = new LatencyRecorder(new SpanLog(4, 4, 8));
    recorder.begin(1000, undefined, 10);
    recorder.end(1004);
    const lines = displayToCsv(recorder.log).trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]!.startsWith('1000,1010,4,,')).toBe(true);
  });
});
