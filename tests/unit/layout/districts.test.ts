import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../workers/layout/arrangement';
import { blockCells } from '../../../workers/layout/block-map';
import { MapCollider } from '../../../workers/layout/collision';
import { districtBlock, DistrictMap } from '../../../workers/layout/districts/district-map';
import { regionStyle, regionStyles } from '../../../workers/layout/districts/region-style';
import { stretchAt } from '../../../workers/layout/districts/stretches';
import { cellSize } from '../../../workers/layout/grid';
import { sortThings, wordOfThing, words } from '../../../workers/layout/words';

const anySeed = fc.integer();
const anyIndex = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -80_000, max: 80_000 }));
const anyBlock = fc.record({ bi: anyIndex, bj: anyIndex });

describe('a block of the districts', () => {
  test('could be built: no arrangement in it is impossible', () => {
    fc.assert(
      fc.property(anySeed, anyBlock, (seed, { bi, bj }) => {
        expect(faultsOf(districtBlock(seed, bi, bj))).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  test('is nine lists in their one order, all on the levels of the vocabulary', () => {
    fc.assert(
      fc.property(anySeed, anyBlock, (seed, { bi, bj }) => {
        const block = districtBlock(seed, bi, bj);
        expect(block.length).toBe(blockCells * blockCells);
        for (const things of block) expect(sortThings(things)).toEqual(things);
      }),
    );
  });

  test('is the same whatever was asked before', () => {
    fc.assert(
      fc.property(anySeed, fc.array(anyBlock, { minLength: 1, maxLength: 10 }), (seed, asked) => {
        const first = asked.map(({ bi, bj }) => districtBlock(seed, bi, bj));
        expect(asked.toReversed().map(({ bi, bj }) => districtBlock(seed, bi, bj)).toReversed()).toEqual(first);
      }),
    );
  });

  test('is neither empty nor crowded, and all words of the vocabulary are used', () => {
    const used = new Set<number>();
    let total = 0;
    let count = 0;
    for (const { seed, bi, bj } of blocksOf(6, 10)) {
      const things = districtBlock(seed, bi, bj).flat();
      expect(things.length).toBeGreaterThanOrEqual(3);
      expect(things.length).toBeLessThanOrEqual(24);
      total += things.length;
      count++;
      for (const thing of things) used.add(wordOfThing(thing).word);
    }
    expect(used.size).toBe(words.length);
    expect(total / count).toBeGreaterThan(8);
    expect(total / count).toBeLessThan(12);
  });
});

function* blocksOf(seeds: number, half: number): Generator<{ seed: number; bi: number; bj: number }> {
  for (let seed = 0; seed < seeds; seed++) {
    for (let bi = -half; bi < half; bi++) for (let bj = -half; bj < half; bj++) yield { seed: seed * 7919, bi, bj };
  }
}

describe('the neighbourhood', () => {
  test('tells about a block: its region goes on, and its lines keep what they are', () => {
    let sameStyle = 0;
    let samePattern = 0;
    let sameHeight = 0;
    let count = 0;
    const styles = new Map<number, number>();
    for (const { seed, bi, bj } of blocksOf(8, 12)) {
      const style = regionStyle(seed, bi, bj);
      styles.set(style, (styles.get(style) ?? 0) + 1);
      const here = stretchAt(seed, 'x', bi, bj);
      const next = stretchAt(seed, 'x', bi + 1, bj);
      if (style === regionStyle(seed, bi + 1, bj)) sameStyle++;
      if (here.pattern === next.pattern) samePattern++;
      if (here.height === next.height) sameHeight++;
      count++;
    }
    expect(styles.size).toBe(regionStyles.length);
    for (const blocks of styles.values()) expect(blocks / count).toBeGreaterThan(0.04);
    expect(sameStyle / count).toBeGreaterThan(0.75);
    // A stretch is four blocks long on the average.
    expect(samePattern / count).toBeGreaterThan(0.7);
    expect(sameHeight / count).toBeGreaterThan(0.7);
  });
});

/** Places in reach on foot, on a grid, from a place: flood fill by clearance of a body of 0.3 m. */
class Walker {
  private readonly free: Uint8Array;
  private readonly reached: Int32Array;

  constructor(
    collider: MapCollider,
    private readonly cornerM: number,
    private readonly side: number,
    private readonly stepM: number,
  ) {
    this.free = new Uint8Array(side * side);
    this.reached = new Int32Array(side * side).fill(-1);
    for (let k = 0; k < side * side; k++) {
      const x = cornerM + ((k % side) + 0.5) * stepM;
      const z = cornerM + (Math.floor(k / side) + 0.5) * stepM;
      this.free[k] = collider.clearance(x, z, 0, 0.3) >= 0.3 ? 1 : 0;
    }
    for (let k = 0; k < side * side; k++) if (this.free[k] === 1 && this.reached[k] < 0) this.flood(k);
  }

  private flood(first: number): void {
    const stack = [first];
    this.reached[first] = first;
    while (stack.length > 0) {
      const k = stack.pop()!;
      const x = k % this.side;
      for (const next of [x > 0 ? k - 1 : -1, x < this.side - 1 ? k + 1 : -1, k - this.side, k + this.side]) {
        if (next < 0 || next >= this.free.length || this.free[next] === 0 || this.reached[next] >= 0) continue;
        this.reached[next] = first;
        stack.push(next);
      }
    }
  }

  /** A number of the free ground nearest to a place: the same for places between which one can walk. */
  groundAt(x: number, z: number): number {
    let best = -1;
    let nearest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < this.free.length; k++) {
      if (this.free[k] === 0) continue;
      const away = Math.hypot(
        this.cornerM + ((k % this.side) + 0.5) * this.stepM - x,
        this.cornerM + (Math.floor(k / this.side) + 0.5) * this.stepM - z,
      );
      if (away < nearest) {
        nearest = away;
        best = this.reached[k];
      }
    }
    return best;
  }
}

describe('a visitor of the districts', () => {
  test('can walk from nearly every block to all of its neighbours', { timeout: 60_000 }, () => {
    const pitch = blockCells * cellSize;
    const blocks = 6;
    let ways = 0;
    let open = 0;
    for (const seed of [1, 2, 3]) {
      const stepM = 0.25;
      const walker = new Walker(new MapCollider(new DistrictMap(seed)), 0, (blocks * pitch) / stepM, stepM);
      const ground = (bi: number, bj: number): number => walker.groundAt((bi + 0.5) * pitch, (bj + 0.5) * pitch);
      for (let bj = 0; bj < blocks; bj++) {
        for (let bi = 0; bi + 1 < blocks; bi++) {
          ways += 2;
          if (ground(bi, bj) === ground(bi + 1, bj)) open++;
          if (ground(bj, bi) === ground(bj, bi + 1)) open++;
        }
      }
    }
    expect(open / ways).toBeGreaterThan(0.97);
  });
});
