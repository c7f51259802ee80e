import { describe, expect, test } from 'vitest';
import { alignWithTrace, type Flip } from '../../../../src/latency/optical/align';
import { fitLine, yAt } from '../../../../src/latency/optical/fit-line';
import type { Edge } from '../../../../src/latency/optical/recording';
import { flipsOfTrace } from '../../../../src/latency/optical/trace-flips';
import { createRandom } from '../../../../src/math/hash';
import { gaussian, presses } from './synthetic';

/** What the page wrote down and what a log on another clock saw of it. */
function session({ count = 60, drift = 0, offsetMs = 0, jitterMs = 1, seed = 1 } = {}): { flips: Flip[]; edges: Edge[] } {
  const normal = gaussian(seed);
  const { onsetsMs } = presses(count, 0, { seed });
  const flips = onsetsMs.map((ms, k): Flip => ({ displayMs: ms + 30, level: k % 2 === 0 ? 1 : 0, onsetMs: ms }));
  const edges = flips.map(({ displayMs, level }): Edge => {
    const atMs = (displayMs + jitterMs * normal() - offsetMs) / (1 + drift);
    return { atMs, direction: level === 1 ? 1 : -1, before: 0, after: 1 };
  });
  return { flips, edges };
}

describe('alignment', () => {
  test.each([0, 150e-6, -5000e-6, 9000e-6])('offset and a drift of %f are found from the flips alone', (drift) => {
    const { flips, edges } = session({ drift, offsetMs: -1_234_567 });
    const found = alignWithTrace(edges, flips)!;
    expect(found.pairs).toHaveLength(60);
    expect(found.isAmbiguous).toBe(false);
    expect(Math.abs(found.driftPpm - drift * 1e6)).toBeLessThan(4 * found.driftErrorPpm);
    expect(found.driftErrorPpm).toBeLessThan(30);
    expect(found.residualMs).toBeGreaterThan(0.6);
    expect(found.residualMs).toBeLessThan(1.4);
    for (const { edge, flip } of found.pairs) {
      expect(edge).toBe(flip);
      expect(Math.abs(yAt(found.line, edges[edge]!.atMs) - flips[flip]!.displayMs)).toBeLessThan(5);
    }
  });

  test('flips that the log misses and flashes that the page did not make are told apart', () => {
    const { flips, edges } = session({ drift: 300e-6, offsetMs: 5000 });
    const random = createRandom(3);
    const kept = edges.filter((_, k) => k % 7 !== 3);
    const flashes = Array.from({ length: 12 }, (_, k): Edge => ({ atMs: random() * 24_000 - 5000, direction: k % 2 ? 1 : -1, before: 0, after: 1 }));
    const mixed = [...kept, ...flashes].sort((a, b) => a.atMs - b.atMs);
    const found = alignWithTrace(mixed, flips)!;
    const right = found.pairs.filter(({ edge, flip }) => mixed[edge] === edges[flip]);
    expect(right.length).toBeGreaterThanOrEqual(kept.length - 1);
    expect(found.pairs.length - right.length).toBeLessThanOrEqual(1);
    expect(found.missing).toBe(flips.length - found.pairs.length);
    expect(found.extra).toBe(mixed.length - found.pairs.length);
    expect(Math.abs(found.driftPpm - 300)).toBeLessThan(4 * found.driftErrorPpm + 20);
  });

  test('a change the other way is not the flip, however near', () => {
    const { flips, edges } = session({ jitterMs: 4 });
    const others = edges.map(({ atMs, direction }, k): Edge => ({ atMs: flips[k]!.displayMs + (atMs > flips[k]!.displayMs ? 0.1 : -0.1), direction: direction === 1 ? -1 : 1, before: 0, after: 1 }));
    const mixed = [...edges, ...others].sort((a, b) => a.atMs - b.atMs);
    const found = alignWithTrace(mixed, flips)!;
    expect(found.pairs.length).toBeGreaterThanOrEqual(58);
    for (const { edge } of found.pairs) expect(edges).toContain(mixed[edge]);
  });

  test('a log that saw only the middle of a long trace finds its place', () => {
    const { flips, edges } = session({ count: 200, offsetMs: 777 });
    const found = alignWithTrace(edges.slice(80, 120), flips)!;
    expect(found.pairs.map(({ flip }) => flip)).toEqual(Array.from({ length: 40 }, (_, k) => k + 80));
  });

  test('a metronome fits in many places, and the alignment says so', () => {
    const flips = Array.from({ length: 40 }, (_, k): Flip => ({ displayMs: k * 500, level: k % 2 === 0 ? 1 : 0, onsetMs: Number.NaN }));
    const edges = flips.slice(4).map(({ displayMs, level }): Edge => ({ atMs: displayMs, direction: level ? 1 : -1, before: 0, after: 1 }));
    expect(alignWithTrace(edges, flips)!.isAmbiguous).toBe(true);
  });

  test('too little to go by is no alignment', () => {
    const { flips, edges } = session({ count: 60 });
    expect(alignWithTrace([], flips)).toBeNull();
    expect(alignWithTrace(edges, [])).toBeNull();
    expect(alignWithTrace(edges.slice(0, 2), flips.slice(0, 2))).toBeNull();
  });
});

test('a fitted line has the slope, residual and errors of the textbook', () => {
  const line = fitLine([1, 2, 3, 4], [6, 5, 7, 10]);
  expect(line.slope).toBeCloseTo(1.4);
  expect(yAt(line, 0)).toBeCloseTo(3.5);
  expect(line.residual).toBeCloseTo(Math.sqrt(4.2 / 2));
  expect(line.slopeError).toBeCloseTo(Math.sqrt(4.2 / 2 / 5));
  expect(() => fitLine([1, 1], [2, 3])).toThrow('two points at different places');
});

describe('flips of a trace', () => {
  const event = (ts: number, level: unknown, source = 'trigger', more: object = {}): object => ({
    name: 'optical', ph: 'i', ts, pid: 1, tid: 1, args: { source, level, ...more },
  });

  test('microseconds become ms, in order; other events are passed over; an unknown onset is NaN', () => {
    const trace = { traceEvents: [event(2_000_500, 0, 'trigger', { onsetMs: 1980 }), { name: 'missed', ph: 'i', ts: 1 }, event(1_000_000, 1)] };
    expect(flipsOfTrace(trace)).toEqual([
      { displayMs: 1000, level: 1, onsetMs: Number.NaN },
      { displayMs: 2000.5, level: 0, onsetMs: 1980 },
    ]);
    expect(flipsOfTrace(trace.traceEvents)).toHaveLength(2);
  });

  test('a bad trace is refused with the field', () => {
    expect(() => flipsOfTrace({})).toThrow('no list "traceEvents"');
    expect(() => flipsOfTrace([event(1, 2)])).toThrow('traceEvents[0].args.level 2');
    expect(() => flipsOfTrace([event(1, 0), { ...event(1, 1), ts: '5' }])).toThrow('traceEvents[1].ts "5"');
    expect(() => flipsOfTrace([event(1, 0), event(2, 1, 'head')])).toThrow('flips of head and trigger: choose one with --source');
    expect(flipsOfTrace([event(1, 0), event(2, 1, 'head')], 'head')).toHaveLength(1);
  });
});
