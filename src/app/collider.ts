import { decodeBlock, type ImaginedBlock } from '../../workers/imagine/tokens';
import { BlockMap } from '../../workers/layout/block-map';
import { MapCollider } from '../../workers/layout/collision';
import { CourtyardMap } from '../../workers/layout/courtyards';
import { DistrictMap } from '../../workers/layout/districts/district-map';
import type { LayoutRef } from '../world/contracts';
import type { Collider } from '../xr/locomotion';

/** Walls of a world on the page's side, so that walking needs no answer from the worker. */
export type Walls = {
  /** Null: walk anywhere. */
  readonly collider: Collider | null;
  /** Blocks of an imagined map, as the worker decides them; what is not known yet stops nobody. */
  learn(seed: number, blocks: readonly ImaginedBlock[]): void;
};

const noLesson = (): void => {};

export function wallsOf(layout: LayoutRef | null): Walls {
  if (!layout) return { collider: null, learn: noLesson };
  switch (layout.kind) {
    case 'courtyards':
      return { collider: new MapCollider(new CourtyardMap(layout.seed)), learn: noLesson };
    case 'districts':
      return { collider: new MapCollider(new DistrictMap(layout.seed)), learn: noLesson };
    case 'imagined': {
      const map = new BlockMap(layout.seed);
      return {
        collider: new MapCollider(map),
        learn(seed, blocks) {
          // News of the map before may come late.
          if (seed !== layout.seed) return;
          for (const { i, j, tokens } of blocks) map.put(i, j, decodeBlock(tokens));
        },
      };
    }
    default: {
      const never: never = layout.kind;
      throw new Error(`There are no walls for a "${String(never)}" layout.`);
    }
  }
}
