import { latencyGroups } from './simulated-model';
import type { Plan } from './plan';

/** A part of the run that one page does on its own. */
export type Part = { kind: 'lattice'; sceneSeed: number } | { kind: 'traces'; latenciesMs: [number, number][] };

/** Time of a picture of the lattice against one of a trace, whose frames have a quarter of the texels. */
const latticePictureCost = 2;

/** How long a part takes, in arbitrary units. */
export function costOf(part: Part, plan: Plan): number {
  if (part.kind === 'traces') return part.latenciesMs.length * plan.modelHz.length * 2 * plan.tracePairs;
  const { baselinesCm, rotationsDeg, directions } = plan;
  return latticePictureCost * 2 * baselinesCm.length * rotationsDeg.length * directions;
}

/** All parts, the longest first, so that pages that take the next one end at about the same time. */
export function partsOf(plan: Plan): Part[] {
  const parts: Part[] = [
    ...plan.sceneSeeds.map((sceneSeed) => ({ kind: 'lattice' as const, sceneSeed })),
    ...latencyGroups(plan.latenciesMs).map((latenciesMs) => ({ kind: 'traces' as const, latenciesMs })),
  ];
  return parts.sort((a, b) => costOf(b, plan) - costOf(a, plan));
}

/** Share of all parts that is done, 0..1. @param shares of each part, in the order of `parts` */
export function doneShare(parts: readonly Part[], shares: readonly number[], plan: Plan): number {
  let done = 0;
  let all = 0;
  for (const [i, part] of parts.entries()) {
    done += shares[i] * costOf(part, plan);
    all += costOf(part, plan);
  }
  return all > 0 ? done / all : 1;
}
