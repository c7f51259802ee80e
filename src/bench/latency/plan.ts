import { reprojectionModes } from '../../reproject/modes';
import type { DisplayCondition } from './result';

/** What a run of the suite measures. */
export type LatencyPlan = {
  modes: typeof reprojectionModes;
  /** Held back on purpose, ms. */
  latenciesMs: readonly number[];
  /** There and back again, so many times, of each motion in each cell. */
  repeats: number;
  /** Rounds of all conditions of the display rate in each world, and how long each is counted, ms. */
  lightRounds: number;
  shippedRounds: number;
  displayWindowMs: number;
  /** What is measured in the shipped world, whose display a software GPU slows by itself. */
  shippedConditions: readonly Exclude<DisplayCondition, 'idle'>[];
  /** How long the page is watched before the synthetic load, with it, and after it, ms. */
  governorBeforeMs: number;
  governorLoadMs: number;
  governorAfterMs: number;
};

export function latencyPlan(quick: boolean): LatencyPlan {
  return {
    modes: reprojectionModes,
    latenciesMs: quick ? [0, 500] : [0, 100, 500, 2000],
    repeats: quick ? 1 : 3,
    lightRounds: quick ? 1 : 5,
    shippedRounds: quick ? 1 : 5,
    displayWindowMs: quick ? 2500 : 10_000,
    shippedConditions: quick ? ['busy', 'busy'] : ['busy', 'governed', 'stalled', 'slow', 'crashed'],
    governorBeforeMs: 4000,
    governorLoadMs: quick ? 8000 : 20_000,
    governorAfterMs: 25_000,
  };
}

/**
 * Both eyes together, pixels: a software GPU draws them, and what moves by 15 degrees or 12 cm is found in small pictures
 * as well as in large ones.
 */
export const canvas = { width: 192, height: 96 };

/** What real headsets predict from the begin of a display frame to its light, ms (Quest 3 in WebXR: 37; wired 90 Hz: 20 to 25). */
export const displayOffsetMs = 30;

/** Turn of the head, radians (15 degrees), and its step to the side, metres. Both at once, between two display frames. */
export const turnRad = Math.PI / 12;
export const stepM = 0.12;
