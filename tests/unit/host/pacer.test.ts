import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Pacer } from '../../../workers/host/pacer';

/** Runs steps as the host does: waits, begins, works. @returns when each step began, ms */
function run(pacer: Pacer, steps: readonly { lateMs: number; workMs: number }[], startMs = 0): number[] {
  let nowMs = startMs;
  return steps.map(({ lateMs, workMs }) => {
    nowMs += pacer.waitMs(nowMs) + lateMs;
    pacer.begin(nowMs);
    const begunMs = nowMs;
    nowMs += workMs;
    return begunMs;
  });
}

const anyStep = fc.record({
  lateMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 400, noNaN: true })),
  workMs: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 200, noNaN: true })),
});

describe('the pacer', () => {
  test('never lets steps be faster than asked, however late and long they are, and never in bursts', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 120, noNaN: true }),
        fc.array(anyStep, { minLength: 2, maxLength: 120 }),
        (hz, steps) => {
          const intervalMs = 1000 / hz;
          const begun = run(new Pacer(hz), steps);
          for (let n = 1; n < begun.length; n++) {
            // Over the whole run exactly the rate; between any two steps at most half an interval is made up for.
            expect(begun[n] - begun[0]).toBeGreaterThanOrEqual(n * intervalMs - 1e-6);
            for (let m = Math.max(0, n - 10); m < n; m++) {
              expect(begun[n] - begun[m]).toBeGreaterThanOrEqual((n - m - 0.5) * intervalMs - 1e-6);
            }
          }
        },
      ),
    );
  });

  test('keeps the rate exactly when steps are short and in time, and begins the first at once', () => {
    const pacer = new Pacer(50);
    expect(pacer.waitMs(1234)).toBe(0);
    const begun = run(pacer, Array.from({ length: 101 }, () => ({ lateMs: 0, workMs: 5 })), 1234);
    expect(begun[100] - begun[0]).toBeCloseTo(100 * 20, 6);
  });

  test('makes up for a little lateness, so that a coarse timer costs no rate', () => {
    const steps = Array.from({ length: 1001 }, (_, k) => ({ lateMs: k % 2 === 0 ? 0 : 3, workMs: 0 }));
    const begun = run(new Pacer(50), steps);
    expect(begun[1000] - begun[0]).toBeLessThan(1000 * 20 + 5);
  });

  test('does not send a burst after a long pause', () => {
    const pacer = new Pacer(10);
    pacer.begin(0);
    pacer.begin(60_000);
    expect(pacer.waitMs(60_000)).toBe(50);
    pacer.begin(60_050);
    expect(pacer.waitMs(60_050)).toBe(100);
  });

  test('obeys a higher rate at once, without waiting out the old interval', () => {
    const pacer = new Pacer(1);
    pacer.begin(0);
    expect(pacer.waitMs(100)).toBeCloseTo(900, 6);
    pacer.maxHz = 20;
    expect(pacer.waitMs(10)).toBeCloseTo(40, 6);
    expect(pacer.waitMs(100)).toBe(0);
  });

  test('obeys a lower rate from the next step on', () => {
    const pacer = new Pacer(50);
    pacer.begin(0);
    pacer.maxHz = 5;
    expect(pacer.waitMs(20)).toBe(0);
    pacer.begin(20);
    expect(pacer.waitMs(20)).toBe(200);
  });
});
