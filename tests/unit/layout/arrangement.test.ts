import { describe, expect, test } from 'vitest';
import { faultsOf } from '../../../workers/layout/arrangement';
import type { Thing } from '../../../workers/layout/things';

/** A block with these things in the cell in its middle, and others where said. */
function blockOf(things: Thing[], others: Record<number, Thing[]> = {}): Thing[][] {
  return Array.from({ length: 9 }, (_, k) => (k === 4 ? things : (others[k] ?? [])));
}

const steps: Thing = { kind: 'stair', x: 2.3, z: 2.3, half: 1.4, steps: 2, direction: 'all' };
const foot: Thing = { kind: 'plinth', x: 2.3, z: 2.3, base: 0.36, half: 0.45, height: 0.72 };
const ball: Thing = { kind: 'sphere', x: 2.3, z: 2.3, centre: 1.53, radius: 0.5 };
const wall: Thing = { kind: 'wall', run: 'x', height: 3 };
const basin: Thing = { kind: 'pool', x: 2.3, z: 2.3, halfX: 1.4, halfZ: 1.4 };
const ground = (thing: Thing): Thing => ({ ...thing, base: 0 }) as Thing;

const possible: Record<string, Thing[][]> = {
  'nothing at all': blockOf([]),
  'a ball on a plinth on steps': blockOf([steps, foot, ball]),
  'two walls that meet in a corner': blockOf([wall, { kind: 'wall', run: 'z', height: 3.4 }]),
  'a dome on a roof on four columns': blockOf([
    { kind: 'stair', x: 2.3, z: 2.3, half: 1.6, steps: 1, direction: 'all' },
    ...[1.3, 3.3].flatMap((x) =>
      [1.3, 3.3].map((z): Thing => ({ kind: 'column', x, z, base: 0.18, radius: 0.18, height: 2.52 })),
    ),
    { kind: 'plinth', x: 2.3, z: 2.3, base: 2.7, half: 1.3, height: 0.72 },
    { kind: 'sphere', x: 2.3, z: 2.3, centre: 3.42, radius: 0.9 },
  ]),
  'a column that stands in a basin': blockOf([basin, { kind: 'column', x: 2.3, z: 2.3, base: 0, radius: 0.24, height: 1.44 }]),
  'two bushes that have grown together': blockOf([
    { kind: 'plant', form: 'bush', x: 1.8, z: 2.3, radius: 0.65, height: 0.9 },
    { kind: 'plant', form: 'bush', x: 2.8, z: 2.3, radius: 0.65, height: 0.9 },
  ]),
  'water that goes on, and out of the block': blockOf([{ kind: 'pool', x: 2, z: 2.3, halfX: 2, halfZ: 1.1 }], {
    3: [{ kind: 'pool', x: 2.45, z: 2.3, halfX: 1.55, halfZ: 1.1 }],
    5: [{ kind: 'pool', x: 2, z: 2.3, halfX: 2, halfZ: 1.1 }],
  }),
};

const impossible: Record<string, { block: Thing[][]; says: string }> = {
  'two runs on one edge': { block: blockOf([wall, { kind: 'hedge', run: 'x', height: 0.8 }]), says: 'same edge, along x' },
  'a ball in the air': { block: blockOf([ball]), says: 'the sphere at (2.3, 2.3) floats' },
  'a plinth in the air beside its steps': {
    block: blockOf([steps, { ...foot, x: 3.8, half: 0.1 } as Thing]),
    says: 'floats',
  },
  'a ball through its plinth': { block: blockOf([ground(foot), { ...ball, centre: 0.8 } as Thing]), says: 'goes through' },
  'a tree through a wall': {
    block: blockOf([wall, { kind: 'plant', form: 'tree', x: 2.3, z: 1.3, radius: 1.2, height: 3.8 }]),
    says: 'the tree at (2.3, 1.3) goes through the wall along x',
  },
  'two columns in one place': {
    block: blockOf([
      { kind: 'column', x: 2.3, z: 2.3, base: 0, radius: 0.24, height: 2.52 },
      { kind: 'column', x: 2.55, z: 2.3, base: 0, radius: 0.24, height: 1.44 },
    ]),
    says: 'the column at (2.55, 2.3) goes through the column at (2.3, 2.3)',
  },
  'one thing twice': { block: blockOf([steps, steps]), says: 'goes through' },
  'a tree that grows over the edge of its cell': {
    block: blockOf([{ kind: 'plant', form: 'tree', x: 3.3, z: 2.3, radius: 0.9, height: 3.2 }]),
    says: 'leaves its cell',
  },
  'a bush in a basin': {
    block: blockOf([basin, { kind: 'plant', form: 'bush', x: 2.3, z: 2.3, radius: 0.35, height: 0.6 }]),
    says: 'goes through',
  },
  'a plinth half in the water': { block: blockOf([basin, ground({ ...foot, x: 1.05 } as Thing)]), says: 'goes through' },
  'water that runs out': {
    block: blockOf([{ kind: 'pool', x: 2.45, z: 2.3, halfX: 1.55, halfZ: 1.1 }]),
    says: 'runs out into cell 5',
  },
  'a wide canal that meets a narrow one': {
    block: blockOf([{ kind: 'pool', x: 2.45, z: 2.3, halfX: 1.55, halfZ: 1.1 }], {
      5: [{ kind: 'pool', x: 1.85, z: 2.3, halfX: 1.85, halfZ: 0.8 }],
    }),
    says: 'runs out into cell 5',
  },
};

describe('an arrangement', () => {
  test.each(Object.entries(possible))('of %s is possible', (_, block) => {
    expect(faultsOf(block)).toEqual([]);
  });

  test.each(Object.entries(impossible))('of %s is not, and the sentence says why', (_, { block, says }) => {
    expect(faultsOf(block).join('\n')).toContain(says);
    expect(faultsOf(block).every((fault) => fault.endsWith('.'))).toBe(true);
  });
});
