import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HeldBack, type Timers } from '../../../src/world/held-back';

/** A clock that moves by hand, with timers that fire late or early as those of browsers do. */
class FakeClock implements Timers {
  nowMs = 0;
  private readonly timers = new Map<number, { atMs: number; run: () => void }>();
  private next = 1;
  /** How late the nth timer fires, ms; negative: too early. */
  lateness = (_n: number): number => 0;

  now(): number {
    return this.nowMs;
  }

  set(run: () => void, ms: number): number {
    const id = this.next++;
    this.timers.set(id, { atMs: this.nowMs + Math.max(0, ms + this.lateness(id)), run });
    return id;
  }

  clear(timer: unknown): void {
    this.timers.delete(timer as number);
  }

  get waiting(): number {
    return this.timers.size;
  }

  /** Runs every timer that is due by then, in order. */
  to(nowMs: number): void {
    for (let rounds = 0; rounds < 10_000; rounds++) {
      const [id, first] = [...this.timers].reduce<[number, { atMs: number; run: () => void } | null]>(
        (best, [key, timer]) => (best[1] && best[1].atMs <= timer.atMs ? best : [key, timer]),
        [0, null],
      );
      if (!first || first.atMs > nowMs) break;
      this.nowMs = Math.max(this.nowMs, first.atMs);
      this.timers.delete(id);
      first.run();
    }
    this.nowMs = nowMs;
  }
}

function link(clock = new FakeClock()) {
  const arrived: { item: number; atMs: number; heldMs: number }[] = [];
  const held = new HeldBack<number>((item, heldMs) => arrived.push({ item, atMs: clock.nowMs, heldMs }), clock);
  return { clock, held, arrived };
}

describe('a slow link', () => {
  test('delivers each thing at its own deadline, in the order of the deadlines, and only once', () => {
    const sends = fc.array(
      fc.record({ afterMs: fc.double({ min: 0, max: 50, noNaN: true }), holdMs: fc.double({ min: 0, max: 300, noNaN: true }) }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(sends, (list) => {
        const { clock, held, arrived } = link();
        let nowMs = 0;
        const dueMs = list.map(({ afterMs, holdMs }, item) => {
          nowMs += afterMs;
          clock.to(nowMs);
          held.add(item, holdMs);
          return nowMs + holdMs;
        });
        clock.to(nowMs + 1000);
        expect(arrived.map(({ item }) => item).toSorted((a, b) => a - b)).toEqual(list.map((_, item) => item));
        for (const { item, atMs, heldMs } of arrived) {
          expect(Math.abs(atMs - dueMs[item]!)).toBeLessThan(0.3);
          expect(Math.abs(heldMs - list[item]!.holdMs)).toBeLessThan(0.3);
        }
        for (let k = 1; k < arrived.length; k++) expect(arrived[k]!.atMs).toBeGreaterThanOrEqual(arrived[k - 1]!.atMs);
        expect(held.size).toBe(0);
        expect(clock.waiting).toBe(0);
      }),
    );
  });

  test('is as late as its timers, however many things are under way: lateness does not add up', () => {
    const { clock, held, arrived } = link();
    clock.lateness = (n) => (n % 3 === 0 ? 1.7 : n % 3 === 1 ? 0.4 : -0.9);
    for (let k = 0; k < 200; k++) {
      clock.to(33 * k);
      held.add(k, 500);
    }
    clock.to(33 * 200 + 1000);
    expect(arrived.map(({ item }) => item)).toEqual(Array.from({ length: 200 }, (_, k) => k));
    for (const { heldMs } of arrived) {
      expect(heldMs).toBeGreaterThanOrEqual(499.7);
      expect(heldMs).toBeLessThanOrEqual(502);
    }
  });

  test('lets what was sent later overtake what has to wait longer', () => {
    const { clock, held, arrived } = link();
    held.add(1, 100);
    clock.to(20);
    held.add(2, 30);
    clock.to(200);
    expect(arrived.map(({ item, atMs }) => [item, atMs])).toEqual([
      [2, 50],
      [1, 100],
    ]);
  });

  test('that is not slow waits for nothing', () => {
    const { clock, held, arrived } = link();
    held.add(7, 0);
    expect(arrived).toEqual([{ item: 7, atMs: 0, heldMs: 0 }]);
    expect(clock.waiting).toBe(0);
  });

  test('gives back what was under way when it is cleared, and nothing of it arrives', () => {
    const { clock, held, arrived } = link();
    held.add(1, 100);
    held.add(2, 50);
    expect(held.clear()).toEqual([2, 1]);
    clock.to(500);
    expect([arrived, clock.waiting]).toEqual([[], 0]);
    held.add(3, 10);
    clock.to(600);
    expect(arrived.map(({ item }) => item)).toEqual([3]);
  });

  test('goes on when whoever takes a thing throws', () => {
    const clock = new FakeClock();
    const arrived: number[] = [];
    const held = new HeldBack<number>((item) => {
      if (item === 1) throw new Error('The first one is bad.');
      arrived.push(item);
    }, clock);
    held.add(1, 10);
    held.add(2, 10);
    expect(() => clock.to(20)).toThrow('The first one is bad.');
    clock.to(40);
    expect(arrived).toEqual([2]);
  });
});
