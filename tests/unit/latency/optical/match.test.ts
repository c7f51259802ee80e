import { describe, expect, test } from 'vitest';
import { latencyOf, quantisationOf } from '../../../../src/latency/optical/latency';
import { matchOnsets } from '../../../../src/latency/optical/match';
import type { Edge } from '../../../../src/latency/optical/recording';

const edgesAt = (...times: number[]): Edge[] =>
  times.map((atMs, k) => ({ atMs, direction: k % 2 === 0 ? 1 : -1, before: 0, after: 1 }));

describe('matching', () => {
  test('each onset takes the next edge; what has none is missing, what had none is extra', () => {
    const found = matchOnsets([100, 1500, 3000], edgesAt(40, 140, 1545, 2900), { minMs: 0, maxMs: 500 });
    expect(found.pairs.map(({ latencyMs, direction }) => [latencyMs, direction])).toEqual([[40, -1], [45, 1]]);
    expect([found.missing, found.extra, found.ambiguous]).toEqual([1, 2, 0]);
  });

  test('an answer before the smallest latency is of something else', () => {
    const found = matchOnsets([100], edgesAt(103, 160), { minMs: 10, maxMs: 500 });
    expect(found.pairs.map(({ latencyMs }) => latencyMs)).toEqual([60]);
    expect(found.extra).toBe(1);
  });

  test('an edge that two onsets could have caused belongs to neither, so slow answers do not look fast', () => {
    // Answers 500 ms late, presses every 300 ms: the second press would seem to be answered after 200.
    const found = matchOnsets([0, 300], edgesAt(500, 800), { minMs: 0, maxMs: 1000 });
    expect(found.pairs).toEqual([]);
    expect([found.ambiguous, found.extra]).toEqual([1, 1]);
    expect(matchOnsets([0, 1300], edgesAt(500, 1800), { minMs: 0, maxMs: 1000 }).pairs).toHaveLength(2);
  });
});

test('uneven onsets tell that the answers belong to earlier ones; even ones cannot, and right ones raise no doubt', () => {
  const uneven = [0, 310, 580, 930, 1250, 1540, 1900, 2180, 2500, 2850];
  const answers = (delayMs: number): Edge[] => edgesAt(...uneven.map((ms) => ms + delayMs));
  const window = { minMs: 0, maxMs: 1000 };
  expect(matchOnsets(uneven, answers(450), window).rivalMs).toBeCloseTo(450);
  expect(matchOnsets(uneven, answers(40), window).rivalMs).toBeNaN();
  const even = uneven.map((_, k) => k * 300);
  expect(matchOnsets(even, edgesAt(...even.map((ms) => ms + 450)), window).rivalMs).toBeNaN();
  expect(matchOnsets([], [], window).rivalMs).toBeNaN();
});

describe('latency', () => {
  const pairs = [38, 42, 40, 44, 36].map((latencyMs) => ({ onsetMs: 0, edgeMs: latencyMs, latencyMs, direction: 1 as const }));

  test('mean, standard error and quantiles are those of the textbook', () => {
    const found = latencyOf(pairs);
    expect(found).toMatchObject({ kind: 'optically measured', n: 5, meanMs: 40, p50Ms: 40, minMs: 36, maxMs: 44 });
    expect(found.deviationMs).toBeCloseTo(Math.sqrt(10));
    expect(found.standardErrorMs).toBeCloseTo(Math.sqrt(2));
    expect(found.p95Ms).toBeCloseTo(43.6);
  });

  test('without values there is no number, and one value has no spread', () => {
    expect(latencyOf([])).toMatchObject({ n: 0, meanMs: Number.NaN, standardErrorMs: Number.NaN, p50Ms: Number.NaN, maxMs: Number.NaN });
    expect(latencyOf(pairs.slice(0, 1))).toMatchObject({ n: 1, meanMs: 38, standardErrorMs: Number.NaN });
  });

  test('a camera of 240 frames a second blurs one latency by 1.7 ms: 12 flips make the mean certain to 1 ms', () => {
    const exact = latencyOf([]);
    const found = quantisationOf(1000 / 240, 1000 / 240, exact);
    expect(found.deviationMs).toBeCloseTo(1.701, 3);
    expect(found.flipsForOneMs).toBe(12);
    // Where the latencies themselves spread more, they decide.
    expect(quantisationOf(0.1, 0, latencyOf(pairs)).flipsForOneMs).toBe(Math.ceil((1.96 * Math.sqrt(10)) ** 2));
  });
});
