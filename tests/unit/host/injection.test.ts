import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noDelay, type InjectedDelay } from '../../../src/world/control';
import { Injection, lost } from '../../../workers/host/injection';

const anyDelay: fc.Arbitrary<InjectedDelay> = fc.record({
  addLatencyMs: fc.double({ min: 0, max: 5000, noNaN: true }),
  jitterMs: fc.double({ min: 0, max: 2000, noNaN: true }),
  stallEveryS: fc.double({ min: 0.5, max: 60, noNaN: true }),
  stallMs: fc.double({ min: 1, max: 10_000, noNaN: true }),
  dropPct: fc.double({ min: 0, max: 90, noNaN: true }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

function made(delay: Partial<InjectedDelay>, nowMs = 0): Injection {
  const injection = new Injection();
  injection.configure({ ...noDelay, ...delay }, nowMs);
  injection.begin(nowMs);
  return injection;
}

/** Steps of `stepMs` one after the other, as the host makes them. @returns begin and length of every hang, ms */
function hangs(injection: Injection, stepMs: number, untilMs: number, startMs = 0): { atMs: number; forMs: number }[] {
  const found: { atMs: number; forMs: number }[] = [];
  let nowMs = startMs;
  while (nowMs < startMs + untilMs) {
    const forMs = injection.hangsForMs(nowMs);
    if (forMs > 0) found.push({ atMs: nowMs, forMs });
    nowMs += forMs + stepMs;
    injection.afterStep(nowMs);
  }
  return found;
}

const fates = (injection: Injection, count: number): number[] => Array.from({ length: count }, () => injection.nextFrame());

describe('frames on a bad link', () => {
  test('have the same fate with the same seed, whenever the visit begins', () => {
    fc.assert(
      fc.property(anyDelay, fc.double({ min: 0, max: 1e7, noNaN: true }), (delay, startMs) => {
        const first = made(delay);
        const later = made({ ...delay }, startMs);
        const schedule = fates(first, 60);
        expect(fates(later, 60)).toEqual(schedule);
        later.begin(startMs + 777);
        expect(fates(later, 60)).toEqual(schedule);
      }),
    );
  });

  test('stay within the jitter and never arrive before they were sent', () => {
    fc.assert(
      fc.property(anyDelay, (delay) => {
        for (const holdMs of fates(made(delay), 100)) {
          if (holdMs === lost) continue;
          expect(holdMs).toBeGreaterThanOrEqual(Math.max(0, delay.addLatencyMs - delay.jitterMs));
          expect(holdMs).toBeLessThanOrEqual(delay.addLatencyMs + delay.jitterMs);
        }
      }),
    );
  });

  test('are exactly as late as asked without jitter, and none is lost', () => {
    expect(new Set(fates(made({ addLatencyMs: 137.5 }), 500))).toEqual(new Set([137.5]));
    expect(new Set(fates(made({}), 500))).toEqual(new Set([0]));
  });

  test('are spread evenly over the jitter, and as many are lost as asked', () => {
    const all = fates(made({ addLatencyMs: 200, jitterMs: 100, dropPct: 30, seed: 5 }), 20_000);
    const arrived = all.filter((holdMs) => holdMs !== lost);
    expect(arrived.length / all.length).toBeCloseTo(0.7, 1.7);
    for (let quarter = 0; quarter < 4; quarter++) {
      const fromMs = 100 + 50 * quarter;
      const share = arrived.filter((holdMs) => holdMs >= fromMs && holdMs < fromMs + 50).length / arrived.length;
      expect(share).toBeCloseTo(0.25, 1.7);
    }
  });

  test('that are lost do not change with the delay, nor delays with the losses', () => {
    const lossesOf = (delay: Partial<InjectedDelay>) => fates(made(delay), 300).map((holdMs) => holdMs === lost);
    expect(lossesOf({ dropPct: 20, addLatencyMs: 900, jitterMs: 300, seed: 4 })).toEqual(lossesOf({ dropPct: 20, seed: 4 }));
    const without = fates(made({ jitterMs: 50, addLatencyMs: 60, seed: 4 }), 300);
    const withLosses = fates(made({ jitterMs: 50, addLatencyMs: 60, dropPct: 40, seed: 4 }), 300);
    withLosses.forEach((holdMs, k) => expect([without[k], lost]).toContain(holdMs));
  });

  test('differ between seeds', () => {
    const of = (seed: number) => fates(made({ addLatencyMs: 100, jitterMs: 100, seed }), 50);
    expect(of(1)).not.toEqual(of(2));
  });
});

describe('a model that hangs', () => {
  test('does so once a period, each time in full, with at least a step between', () => {
    fc.assert(
      fc.property(anyDelay, fc.double({ min: 1, max: 200, noNaN: true }), (delay, stepMs) => {
        const untilMs = 200_000;
        const found = hangs(made(delay), stepMs, untilMs);
        const periodMs = 1000 * delay.stallEveryS;
        for (const { forMs } of found) expect(forMs).toBeCloseTo(delay.stallMs, 6);
        for (let k = 1; k < found.length; k++) {
          expect(found[k]!.atMs - found[k - 1]!.atMs - found[k - 1]!.forMs).toBeGreaterThanOrEqual(stepMs - 1e-6);
        }
        expect(found.length).toBeLessThanOrEqual(untilMs / periodMs + 1);
        // A step may span the end of one period and the begin of the next with a hang in each: that is one hang.
        const least = delay.stallMs + 2 * stepMs < periodMs ? 0.9 * (untilMs / periodMs) - 2 : 0;
        expect(found.length).toBeGreaterThanOrEqual(least);
      }),
    );
  });

  test('hangs at the same moments with the same seed', () => {
    const delay = { stallEveryS: 5, stallMs: 900, seed: 8 };
    const first = hangs(made(delay), 7, 60_000);
    expect(first.length).toBeGreaterThan(9);
    const later = hangs(made(delay, 1e6), 7, 60_000, 1e6);
    later.forEach(({ atMs }, k) => expect(atMs - 1e6).toBeCloseTo(first[k]!.atMs, 6));
    expect(hangs(made({ ...delay, seed: 9 }), 7, 60_000)).not.toEqual(first);
  });

  test('never hangs unless it is asked to, and goes on at once when that is taken back', () => {
    expect(hangs(made({ stallMs: 1000 }), 10, 100_000)).toEqual([]);
    const injection = made({ stallEveryS: 1, stallMs: 1000 });
    injection.afterStep(100);
    expect(injection.hangsForMs(100)).toBe(1000);
    injection.configure({ ...noDelay, stallMs: 1000 }, 200);
    expect(injection.hangsForMs(200)).toBe(0);
  });
});
