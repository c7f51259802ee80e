import fc from 'fast-check';
import { expect, test } from 'vitest';
import { staleAfterMs, stalenessOf, usualIntervalMs } from '../../../src/latency/staleness';

test('a picture is fresh for half a second, and as stale as it gets a second later', () => {
  expect(stalenessOf(0, 100)).toBe(0);
  expect(stalenessOf(500, 100)).toBe(0);
  expect(stalenessOf(501, 100)).toBeGreaterThan(0);
  expect(stalenessOf(1000, 100)).toBe(0.5);
  expect(stalenessOf(1500, 100)).toBe(1);
  expect(stalenessOf(60_000, 100)).toBe(1);
});

test('a model that is slow by itself is late only after two and a half of its intervals', () => {
  expect(staleAfterMs(1000)).toBe(2500);
  expect(stalenessOf(2400, 1000)).toBe(0);
  expect(stalenessOf(3000, 1000)).toBe(0.5);
});

test('before the first frame nothing is stale, and without an interval the half second counts', () => {
  expect(stalenessOf(Number.NaN, 100)).toBe(0);
  for (const unknown of [Number.NaN, 0]) {
    expect(stalenessOf(400, unknown)).toBe(0);
    expect(stalenessOf(1000, unknown)).toBe(0.5);
  }
});

test('staleness never falls while no frame comes, and stays within 0 and 1', () => {
  const ms = fc.double({ min: 0, max: 20_000, noNaN: true });
  fc.assert(
    fc.property(ms, ms, ms, (sinceMs, laterMs, intervalMs) => {
      const now = stalenessOf(sinceMs, intervalMs);
      expect(now).toBeGreaterThanOrEqual(0);
      expect(stalenessOf(sinceMs + laterMs, intervalMs)).toBeGreaterThanOrEqual(now);
      expect(stalenessOf(sinceMs + laterMs, intervalMs)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a model that was just told to go slowly is not late while it obeys', () => {
  const usualMs = usualIntervalMs(33, 1);
  expect(usualMs).toBe(1000);
  expect(stalenessOf(1100, usualMs)).toBe(0);
  expect(usualIntervalMs(400, 30)).toBe(400);
  expect(usualIntervalMs(Number.NaN, 30)).toBeCloseTo(33.3, 1);
});
