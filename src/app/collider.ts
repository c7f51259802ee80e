import { MapCollider } from '../../workers/layout/collision';
import { CourtyardMap } from '../../workers/layout/courtyards';
import type { LayoutRef } from '../world/contracts';
import type { Collider } from '../xr/locomotion';

/** Walls of a world on the page's side, so that walking needs no answer from the worker; null: walk anywhere. */
export function colliderFor(layout: LayoutRef | null): Collider | null {
  if (!layout) return null;
  switch (layout.kind) {
    case 'courtyards':
      return new MapCollider(new CourtyardMap(layout.seed));
    default: {
      const never: never = layout.kind;
      throw new Error(`There is no collider for a "${String(never)}" layout.`);
    }
  }
}
