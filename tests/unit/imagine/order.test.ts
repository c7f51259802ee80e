import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockKey, knows, neededBy, nextBatch, pendingBlocks, phaseCount, phaseOf } from '../../../workers/imagine/order';

const index = fc.record({ i: fc.integer({ min: -20, max: 20 }), j: fc.integer({ min: -20, max: 20 }) });

describe('the order of blocks', () => {
  test('what a block is told was decided before, and of two that could know each other one does', () => {
    fc.assert(
      fc.property(index, fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), ({ i, j }, di, dj) => {
        const known = knows(i, j, di, dj);
        expect(!known || phaseOf(i + di, j + dj) < phaseOf(i, j)).toBe(true);
        const reach = Math.max(Math.abs(di), Math.abs(dj));
        expect(known && knows(i + di, j + dj, -di, -dj)).toBe(false);
        // Of two neighbours one knows the other; no block looks farther than two.
        const oneKnows = known || knows(i + di, j + dj, -di, -dj);
        expect(oneKnows).toBe(reach === 1 || (oneKnows && reach === 2));
      }),
    );
  });

  test('between two blocks of a line that both see no neighbour in it, one is told of the other two away', () => {
    for (let across = -4; across < 4; across++) {
      for (let at = -8; at < 8; at += 2) {
        const inRow = knows(at, across, 2, 0) || knows(at + 2, across, -2, 0);
        const inColumn = knows(across, at, 0, 2) || knows(across, at + 2, 0, -2);
        expect([inRow, inColumn]).toEqual([true, true]);
      }
    }
  });

  test('the phases know 0, 2, 2 and 4 blocks, then 2 and 4, 6 and 8, and 8', () => {
    const known: number[] = [];
    for (let j = -8; j < 8; j++) for (let i = -8; i < 8; i++) known[phaseOf(i, j)] = neededBy(i, j).length;
    expect(known).toEqual([0, 2, 2, 4, 2, 4, 6, 8, 8]);
    expect(known).toHaveLength(phaseCount);
  });

  test('a block is decided after all it needs, once, and nothing else than wanted and needed', () => {
    fc.assert(
      fc.property(fc.array(index, { maxLength: 12 }), fc.array(index, { maxLength: 12 }), (wanted, given) => {
        const decided = new Set(given.map(({ i, j }) => blockKey(i, j)));
        const before = decided.size;
        const pending = pendingBlocks(wanted, (i, j) => decided.has(blockKey(i, j)));
        const total = pending.size;
        while (pending.size > 0) {
          const batch = nextBatch(pending, 8);
          expect(batch.length).toBeGreaterThan(0);
          for (const { i, j } of batch) {
            for (const needed of neededBy(i, j)) expect(decided.has(blockKey(needed.i, needed.j))).toBe(true);
          }
          for (const { i, j } of batch) {
            expect(wanted.some((w) => Math.abs(w.i - i) <= 12 && Math.abs(w.j - j) <= 12)).toBe(true);
            decided.add(blockKey(i, j));
            pending.delete(blockKey(i, j));
          }
        }
        expect(decided.size).toBe(before + total);
        for (const { i, j } of wanted) expect(decided.has(blockKey(i, j))).toBe(true);
      }),
    );
  });

  test('what is wanted first is there first', () => {
    const pending = pendingBlocks([{ i: 1, j: 1 }, { i: 80, j: 80 }], () => false);
    const order: string[] = [];
    while (pending.size > 0) {
      for (const { i, j } of nextBatch(pending, 1)) {
        order.push(blockKey(i, j));
        pending.delete(blockKey(i, j));
      }
    }
    expect(order.indexOf('1,1')).toBe(order.length - 2);
    expect(order.at(-1)).toBe('80,80');
  });

  test('a first square of 11 x 11 blocks takes less than two and a half times as many', () => {
    const wanted = Array.from({ length: 121 }, (_, k) => ({ i: (k % 11) - 5, j: Math.floor(k / 11) - 5 }));
    expect(pendingBlocks(wanted, () => false).size).toBeLessThan(2.5 * 121);
  });
});
