import type { LayoutRef } from '../../world/contracts';

/** Whether two worlds stand on the same map, so that what lies in one lies in the other. Worlds without a map never do. */
export function isSamePlace(a: LayoutRef | null | undefined, b: LayoutRef | null | undefined): boolean {
  return Boolean(a && b && a.kind === b.kind && a.seed === b.seed);
}
