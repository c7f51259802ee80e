import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { surfaceClasses } from '../../../workers/layout/classes';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { cellSize } from '../../../workers/layout/grid';
import { addPlainShapes } from '../../../workers/layout/plain-shapes';
import { atBox, atClass, PrimitiveList, primitiveKinds, primitiveStride } from '../../../workers/layout/primitives';
import { primitiveCount } from './brute-force';
import { sceneOf, seeds } from './small-worlds';

const anySeed = fc.integer();
const anyIndex = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -250_000, max: 250_000 }));
const anyCell = fc.record({ i: anyIndex, j: anyIndex });

describe('the map of courtyards', () => {
  test('answers the same for a cell, whatever was asked before and whoever asks', () => {
    fc.assert(
      fc.property(anySeed, fc.array(anyCell, { minLength: 1, maxLength: 30 }), (seed, asked) => {
        const forwards = new CourtyardMap(seed);
        const backwards = new CourtyardMap(seed);
        const first = asked.map(({ i, j }) => forwards.cell(i, j));
        const second = asked.toReversed().map(({ i, j }) => backwards.cell(i, j));
        expect(second.toReversed()).toEqual(first);
        expect(asked.map(({ i, j }) => forwards.cell(i, j))).toEqual(first);
      }),
    );
  });

  test('differs from seed to seed', () => {
    const worlds = [1, 2, 3].map((seed) => {
      const map = new CourtyardMap(seed);
      return JSON.stringify(Array.from({ length: 36 }, (_, k) => map.cell(k % 6, Math.floor(k / 6)).things));
    });
    expect(new Set(worlds).size).toBe(3);
  });
});

describe('the shapes of a cell', () => {
  // The ray walk stops at the first cell with a hit, and collisions ask one cell for its floor: both rely on this.
  test('never leave its square, plain or ornate', () => {
    fc.assert(
      fc.property(anySeed, anyCell, fc.boolean(), (seed, { i, j }, isCourt) => {
        const cell = (isCourt ? new CourtyardMap(seed) : new DistrictMap(seed)).cell(i, j);
        for (const shapeCell of [addPlainShapes, addOrnateShapes]) {
          const list = new PrimitiveList();
          shapeCell(cell, list);
          const shapes = Float32Array.from(list.numbers);
          for (let at = atBox; at < shapes.length; at += primitiveStride) {
            const [x0, y0, z0, x1, y1, z1] = shapes.subarray(at, at + 6);
            expect(x0).toBeGreaterThanOrEqual(i * cellSize);
            expect(x1).toBeLessThanOrEqual((i + 1) * cellSize);
            expect(z0).toBeGreaterThanOrEqual(j * cellSize);
            expect(z1).toBeLessThanOrEqual((j + 1) * cellSize);
            expect(x1 > x0 && y1 > y0 && z1 > z0).toBe(true);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('of the worlds that these tests walk through are of every kind and class', () => {
    const kinds = new Set<number>();
    const classes = new Set<number>();
    for (const seed of seeds) {
      for (const map of ['courtyards', 'districts'] as const) {
        const scene = sceneOf({ seed, kind: 'ornate', map });
        for (let k = 0; k < primitiveCount(scene); k++) {
          kinds.add(scene.primitives[k * primitiveStride]);
          classes.add(scene.primitives[k * primitiveStride + atClass]);
        }
      }
    }
    expect(kinds.size).toBe(primitiveKinds.length);
    // Sky and ground are no shapes.
    expect(classes.size).toBe(surfaceClasses.length - 2);
  });
});
