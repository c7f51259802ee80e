import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsMs } from '../../../../src/bench/reprojection/latency-model';
import { randomFor } from '../../../../src/bench/reprojection/plan';

const everyMs = (count: number, ms: number): number[] => Array.from({ length: count }, (_, k) => k * ms);

test('latencies have the mean and the spread that was asked for', () => {
  for (const [mean, spread] of [
    [50, 20],
    [150, 30],
    [400, 100],
    [1000, 200],
  ]) {
    // So far apart that no frame waits for the one before.
    const begun = everyMs(4000, 5000);
    const arrivals = arrivalsMs(begun, mean, spread, randomFor(3, 'test'));
    const latencies = begun.map((at, k) => arrivals[k] - at);
    const average = latencies.reduce((sum, value) => sum + value, 0) / latencies.length;
    const deviation = Math.sqrt(latencies.reduce((sum, value) => sum + (value - average) ** 2, 0) / latencies.length);
    expect(Math.abs(average - mean)).toBeLessThan(0.06 * spread);
    expect(deviation / spread).toBeGreaterThan(0.93);
    expect(deviation / spread).toBeLessThan(1.05);
    expect(Math.max(...latencies)).toBeLessThanOrEqual(mean + 3 * spread);
  }
});

test('frames never overtake each other and never arrive before they were begun', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 1, max: 60 }),
      fc.integer(),
      (mean, spread, hz, seed) => {
        const begun = everyMs(60, 1000 / hz);
        const arrivals = arrivalsMs(begun, mean, spread, randomFor(seed, 'order'));
        return begun.every((at, k) => arrivals[k] > at && (k === 0 || arrivals[k] >= arrivals[k - 1]));
      },
    ),
  );
});

test('the same seed gives the same arrivals, another seed others', () => {
  const begun = everyMs(50, 100);
  const one = arrivalsMs(begun, 400, 100, randomFor(1, 'x'));
  expect(arrivalsMs(begun, 400, 100, randomFor(1, 'x'))).toEqual(one);
  expect(arrivalsMs(begun, 400, 100, randomFor(2, 'x'))).not.toEqual(one);
  expect(arrivalsMs(begun, 400, 100, randomFor(1, 'y'))).not.toEqual(one);
});

test('a model without jitter answers after its latency', () => {
  expect([...arrivalsMs([0, 100, 200], 50, 0, () => 0.5)]).toEqual([50, 150, 250]);
});
