import { describe, expect, test } from 'vitest';
import { contextSize, contextSlots, slotFeatures, slotHead, symbolsOfCell, writeContext } from '../../../workers/imagine/context';
import { knows } from '../../../workers/imagine/order';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import { regionAt, regionStyles } from '../../../workers/layout/districts/region-style';
import type { Thing } from '../../../workers/layout/things';

const seed = 77;
const region = (bi: number, bj: number): ReturnType<typeof regionAt> => regionAt(seed, bi, bj);
const cells = (bi: number, bj: number): Thing[][] => districtBlock(seed, bi, bj);
const told = (bi: number, bj: number, read = cells): Float32Array => {
  const into = new Float32Array(contextSize + 5).fill(9);
  writeContext(bi, bj, { region, cells: read }, into, 5);
  expect([...into.subarray(0, 5)]).toEqual([9, 9, 9, 9, 9]);
  return into.subarray(5);
};
const slotOf = (context: Float32Array, slot: number): number[] => [
  ...context.subarray(slot * slotFeatures, (slot + 1) * slotFeatures),
];
const isDecided = (context: Float32Array): boolean[] => contextSlots.map((_, slot) => slotOf(context, slot)[0] === 1);

describe('what a block is told', () => {
  test('29 slots: itself, 16 cells around it, 8 middles, 4 blocks two away', () => {
    expect(contextSlots).toHaveLength(29);
    const places = contextSlots.map(({ blockDi, blockDj, cells: looked }) => `${blockDi},${blockDj}:${looked.join()}`);
    expect(new Set(places).size).toBe(29);
    expect(places).toContain('-1,-1:8');
    expect(places).toContain('1,0:3');
    expect(places).toContain('0,1:4');
    expect(contextSlots.filter(({ cells: looked }) => looked.length === 9)).toHaveLength(4);
  });

  test('the styles of all blocks around are told, decided or not', () => {
    const context = told(0, 0);
    contextSlots.forEach(({ blockDi, blockDj }, slot) => {
      const styles = slotOf(context, slot).slice(1, 1 + regionStyles.length);
      expect(styles.indexOf(1)).toBe(region(blockDi, blockDj).index);
      expect(styles.filter((value) => value !== 0)).toHaveLength(1);
    });
  });

  test('a region is told the same everywhere, but for which of its rows a block lies on', () => {
    // Bits of the habit, then twice (along x, along z): on which of every two rows.
    const habits = (bi: number, bj: number): number[] => slotOf(told(bi, bj), 0).slice(1 + regionStyles.length, slotHead);
    const home = region(0, 0);
    const same = [1, 2, 3].map((step) => [step, 0]).find(([bi, bj]) => region(bi, bj).habit === home.habit)!;
    expect(same).toBeDefined();
    expect(habits(same[0], same[1]).slice(0, 6)).toEqual(habits(0, 0).slice(0, 6));
    const flips = habits(0, 0).slice(6).map((value, at) => (at % 2 === 0 && same[0] % 2 === 1 ? 1 - value : value));
    expect(habits(same[0], same[1]).slice(6)).toEqual(flips);
  });

  test('things are told of earlier phases only, and exactly as often as they are there', () => {
    for (const [bi, bj] of [[0, 0], [2, 0], [2, 2], [-1, 0], [0, 3], [-1, -3]]) {
      const context = told(bi, bj);
      contextSlots.forEach(({ blockDi, blockDj, cells: looked }, slot) => {
        const features = slotOf(context, slot);
        const known = knows(bi, bj, blockDi, blockDj);
        expect(features[0]).toBe(known ? 1 : 0);
        const symbols = known ? looked.flatMap((k) => symbolsOfCell(cells(bi + blockDi, bj + blockDj)[k])) : [];
        const counts = features.slice(slotHead);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(symbols.length);
        for (const symbol of new Set(symbols)) expect(counts[symbol]).toBe(symbols.filter((s) => s === symbol).length);
      });
    }
  });

  test('what a later block holds changes nothing, what an earlier one holds does', () => {
    const without = (gi: number, gj: number) => (bi: number, bj: number) =>
      bi === gi && bj === gj ? cells(bi, bj).map(() => []) : cells(bi, bj);
    expect(told(1, 0, without(1, 1))).toEqual(told(1, 0));
    expect(told(1, 0, without(2, 0))).not.toEqual(told(1, 0));
    expect(isDecided(told(1, 1)).filter(Boolean)).toHaveLength(24);
  });

  test('an undecided block that must be known is an error, not a silence', () => {
    const missing = { region, cells: () => null };
    expect(() => writeContext(1, 1, missing, new Float32Array(contextSize))).toThrow(/\(1, 1\) needs/);
    expect(() => writeContext(0, 0, missing, new Float32Array(contextSize))).not.toThrow();
  });
});
