import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockMap } from '../../../workers/layout/block-map';
import { districtBlock, DistrictMap } from '../../../workers/layout/districts/district-map';
import { pierHeight } from '../../../workers/layout/piers';
import { addPlainShapes } from '../../../workers/layout/plain-shapes';
import { primitiveStride } from '../../../workers/layout/primitives';
import { SceneWindow } from '../../../workers/layout/scene-window';
import type { Thing } from '../../../workers/layout/things';

const empty = (): Thing[][] => Array.from({ length: 9 }, () => []);

describe('a map that grows block by block', () => {
  test('is the map of the districts where their blocks are in it, in whatever order they came', () => {
    const blocks = [-1, 0, 1].flatMap((bj) => [-1, 0, 1].map((bi) => ({ bi, bj })));
    fc.assert(
      fc.property(fc.integer(), fc.shuffledSubarray(blocks, { minLength: 9 }), (seed, order) => {
        const truth = new DistrictMap(seed);
        const map = new BlockMap(seed);
        for (const { bi, bj } of order) {
          map.put(bi, bj, districtBlock(seed, bi, bj));
          // Looking at a half-grown map must not spoil what it shows later.
          for (let k = -3; k < 6; k++) map.cell(k, 2 - k);
        }
        // The first row and column look at blocks that are not there.
        for (let j = -2; j < 6; j++) for (let i = -2; i < 6; i++) expect(map.cell(i, j)).toEqual(truth.cell(i, j));
      }),
      { numRuns: 20 },
    );
  });

  test('is bare where nothing is decided, and says what it has', () => {
    const map = new BlockMap(3);
    const wall: Thing = { kind: 'wall', run: 'x', height: 3 };
    const block = empty();
    block[2] = [wall];
    expect([map.has(0, 0), map.version]).toEqual([false, 0]);
    map.put(0, 0, block);
    expect([map.has(0, 0), map.has(1, 0), map.version]).toEqual([true, false, 1]);
    expect(map.cell(2, 0).things).toEqual([wall, { kind: 'pier', height: 3.2 }]);
    // The wall ends at the corner of a cell that nobody has decided: no pier there yet.
    expect(map.cell(3, 0).things).toEqual([]);
    map.put(1, 0, empty());
    expect(map.cell(3, 0).things).toEqual([{ kind: 'pier', height: 3.2 }]);
    expect(() => map.put(0, 1, [[]])).toThrow('Block (0, 1) came with 1 cells; a block has 9.');
  });

  test('keeps a cell the same object until a block that it depends on changes', () => {
    const map = new BlockMap(3);
    map.put(0, 0, empty());
    const [near, far] = [map.cell(2, 2), map.cell(0, 0)];
    map.put(1, 1, empty());
    expect(map.cell(2, 2)).toBe(near);
    expect(map.cell(0, 0)).toBe(far);
    map.put(0, 0, empty());
    expect(map.cell(0, 0)).not.toBe(far);
  });
});

describe('a window on a map that grows', () => {
  test('shows a new block at once, and draws only its cells anew', () => {
    const map = new BlockMap(5);
    const drawn: string[] = [];
    const scene = new SceneWindow(
      map,
      (cell, out) => {
        drawn.push(`${cell.i},${cell.j}`);
        addPlainShapes(cell, out);
      },
      4,
    );
    const shapes = (): number => scene.count.reduce((sum, count) => sum + count, 0);
    scene.centreOn(1, 1);
    expect(shapes()).toBe(0);
    const before = drawn.length;
    scene.centreOn(1.5, 1);
    expect(drawn.length).toBe(before);
    const block = empty();
    block[4] = [{ kind: 'plinth', x: 2.3, z: 2.3, base: 0, half: 0.45, height: 0.72 }];
    map.put(0, 0, block);
    scene.centreOn(1.5, 1);
    expect(shapes()).toBe(1);
    expect(drawn.length - before).toBeLessThanOrEqual(16);
    // As a window that never saw the map without the block.
    const fresh = new SceneWindow(map, addPlainShapes, 4);
    fresh.centreOn(1, 1);
    expect(scene.primitives.subarray(0, primitiveStride)).toEqual(fresh.primitives.subarray(0, primitiveStride));
  });
});

describe('a pier', () => {
  const wallX: Thing = { kind: 'wall', run: 'x', height: 3 };
  const wallZ: Thing = { kind: 'wall', run: 'z', height: 3.4 };
  const arch: Thing = { kind: 'arch', run: 'x', height: 3, span: 2, spring: 1.4 };
  const colonnade: Thing = { kind: 'colonnade', run: 'x', height: 3 };

  test('stands where a run begins, ends, or meets another, a little higher than the highest', () => {
    expect(pierHeight([wallX], [], [])).toBe(3.2);
    expect(pierHeight([], [], [wallX])).toBe(3.2);
    expect(pierHeight([wallX], [wallZ], [wallX])).toBe(3.6);
    expect(pierHeight([], [wallZ], [])).toBe(3.6);
  });

  test('is not needed where a run goes straight on, but where its height or make changes', () => {
    expect(pierHeight([wallX], [], [wallX])).toBe(0);
    expect(pierHeight([arch], [], [wallX])).toBe(0);
    expect(pierHeight([wallZ], [wallZ], [])).toBe(0);
    expect(pierHeight([{ ...wallX, height: 3.6 }], [], [wallX])).toBe(3.8);
    expect(pierHeight([colonnade], [], [wallX])).toBe(3.2);
  });

  test('ends a parapet as a post, and stands by no hedge and no ruin', () => {
    expect(pierHeight([{ ...wallX, height: 0.8 }], [], [])).toBe(1);
    expect(pierHeight([{ ...wallX, height: 1.8 }], [], [])).toBe(0);
    expect(pierHeight([{ kind: 'hedge', run: 'x', height: 1.2 }], [], [])).toBe(0);
    expect(pierHeight([], [wallX], [wallZ])).toBe(0);
  });
});
