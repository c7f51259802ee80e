import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { addPlainShapes, poolEdges } from '../../../workers/layout/plain-shapes';
import { surfaceClasses } from '../../../workers/layout/classes';
import { cellSize } from '../../../workers/layout/grid';
import { atBox, atClass, PrimitiveList, primitiveStride } from '../../../workers/layout/primitives';
import type { ShapeCell } from '../../../workers/layout/scene-window';
import { poolRim, poolWater, type Thing } from '../../../workers/layout/things';
import { levelFits, thingOfWord, words } from '../../../workers/layout/words';

type Shape = { surface: string; low: number[]; high: number[] };

function shapesOf(draw: ShapeCell, thing: Thing, i = 0, j = 0): Shape[] {
  const list = new PrimitiveList();
  draw({ i, j, tone: 1, things: [thing] }, list);
  return Array.from({ length: list.count }, (_, k) => {
    const at = k * primitiveStride;
    const box = list.numbers.slice(at + atBox, at + atBox + 6);
    return { surface: surfaceClasses[list.numbers[at + atClass]], low: box.slice(0, 3), high: box.slice(3) };
  });
}

function boundsOf(shapes: Shape[]): { low: number[]; high: number[] } {
  return {
    low: [0, 1, 2].map((axis) => Math.min(...shapes.map(({ low }) => low[axis]))),
    high: [0, 1, 2].map((axis) => Math.max(...shapes.map(({ high }) => high[axis]))),
  };
}

/** Any thing that a network may say: every level that can follow. */
const anyThing = fc.tuple(fc.nat(words.length - 1), fc.array(fc.nat(1000), { minLength: 8, maxLength: 8 })).map(([word, picks]) => {
  const chosen: number[] = [];
  for (const [k, { levels }] of words[word].fields.entries()) {
    const possible = levels.map((_, level) => level).filter((level) => levelFits(word, chosen, level));
    chosen.push(possible[picks[k] % possible.length]);
  }
  return thingOfWord(word, chosen);
});

describe('the shapes of any thing that has a word', () => {
  test('stay inside its cell and have a volume, plain and ornate', () => {
    fc.assert(
      fc.property(anyThing, fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (thing, i, j) => {
        for (const draw of [addPlainShapes, addOrnateShapes]) {
          for (const { low, high } of shapesOf(draw, thing, i, j)) {
            for (const axis of [0, 1, 2]) expect(high[axis]).toBeGreaterThan(low[axis]);
            for (const [axis, index] of [
              [0, i],
              [2, j],
            ]) {
              expect(low[axis]).toBeGreaterThanOrEqual(index * cellSize - 1e-9);
              expect(high[axis]).toBeLessThanOrEqual((index + 1) * cellSize + 1e-9);
            }
          }
        }
      }),
      { numRuns: 1500 },
    );
  });

  test('are nearly as large ornate as plain, so that a painter can trust its map', () => {
    fc.assert(
      fc.property(anyThing, (thing) => {
        const plain = boundsOf(shapesOf(addPlainShapes, thing));
        const ornate = boundsOf(shapesOf(addOrnateShapes, thing));
        for (const axis of [0, 1, 2]) {
          expect(Math.abs(plain.high[axis] - ornate.high[axis])).toBeLessThan(0.2);
          // What is below the ground is not seen.
          const [a, b] = [plain.low[axis], ornate.low[axis]].map((low) => (axis === 1 ? Math.max(0, low) : low));
          expect(Math.abs(a - b)).toBeLessThan(0.2);
        }
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the shapes of', () => {
  test('a pool are a rim all round and water a little lower; it has none where the water goes on', () => {
    const closed: Extract<Thing, { kind: 'pool' }> = { kind: 'pool', x: 2.3, z: 2.3, halfX: 1.4, halfZ: 1.4 };
    const shapes = shapesOf(addPlainShapes, closed);
    expect(shapes.map(({ surface }) => surface)).toEqual(['plinth', 'plinth', 'plinth', 'plinth', 'water']);
    expect(shapes.map(({ high }) => high[1])).toEqual([poolRim, poolRim, poolRim, poolRim, poolWater]);
    const through = { ...closed, x: 2, halfX: 2 };
    expect(poolEdges(through).rims.length).toBe(2);
    expect(poolEdges(through).water.filter((_, k) => k % 2 === 0)).toEqual([0, 4]);
  });

  test('a plant are leaves, a tree stands on a trunk under which one sees, a pot is of stone', () => {
    const of = (form: 'bush' | 'cypress' | 'tree' | 'pot'): Shape[] =>
      shapesOf(addPlainShapes, { kind: 'plant', form, x: 2, z: 2, radius: 0.5, height: 3 });
    expect(of('bush').map(({ surface }) => surface)).toEqual(['plant']);
    expect(of('pot').map(({ surface }) => surface)).toEqual(['plinth', 'plant']);
    const [trunk, crown] = of('tree');
    expect([trunk.low[1], crown.high[1]]).toEqual([0, 3]);
    expect(crown.low[1]).toBeGreaterThan(1);
    expect(trunk.high[1]).toBeGreaterThan(crown.low[1]);
  });

  test('leaves are the same each time, and not the same for the next plant', () => {
    const bush: Thing = { kind: 'plant', form: 'bush', x: 2.3, z: 2.3, radius: 0.5, height: 0.9 };
    const clumps = shapesOf(addOrnateShapes, bush);
    expect(clumps.length).toBeGreaterThan(6);
    expect(shapesOf(addOrnateShapes, bush)).toEqual(clumps);
    const width = ({ low, high }: Shape): number => high[0] - low[0];
    expect(shapesOf(addOrnateShapes, bush, 1, 0).map(width)).not.toEqual(clumps.map(width));
  });
});
