import type { DisplayRow } from './result';

/** A stretch as it was counted, before it is compared. */
export type Stretch = Omit<DisplayRow, 'ratio'>;

/**
 * Compares each stretch with the idle ones right before and right after it in the same round: whatever else the machine does
 * comes and goes over minutes, and is the same for neighbours. An idle stretch is compared with its idle neighbours as well,
 * which tells how much of a ratio is chance. NaN where a round has no other idle stretch.
 * @param stretches of one world, in the order in which they were counted
 */
export function withRatios(stretches: readonly Stretch[]): DisplayRow[] {
  return stretches.map((stretch, k) => {
    const isIdle = (other: Stretch): boolean => other.round === stretch.round && other.condition === 'idle';
    const before = stretches.slice(0, k).findLast(isIdle);
    const after = stretches.slice(k + 1).find(isIdle);
    const idleHz = [before, after].filter((idle) => idle !== undefined).map((idle) => idle.displayHz);
    const meanHz = idleHz.reduce((sum, hz) => sum + hz, 0) / idleHz.length;
    return { ...stretch, ratio: stretch.displayHz / meanHz };
  });
}
