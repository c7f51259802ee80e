import type { Hour } from '../../../workers/layout/hours';

/** One walk from nothing on the true map. */
export type WalkPlan = { seed: number; hour: Hour };

/** How much is measured. All seeds are of worlds that no training has seen. */
export type WorldPlan = {
  quick: boolean;
  walks: WalkPlan[];
  framesPerWalk: number;
  /** Every so many frames of a walk, the picture is compared with the teacher's. */
  scoredEvery: number;
  /** Of the scored frames, every so many have their follower scored too, for flicker. */
  flickerEvery: number;
  /** Frames of a walk on its contact sheet. */
  sheetFrames: number;
  loops: WalkPlan[];
  loopLengthM: number;
  drifts: WalkPlan[];
  driftFrames: number;
  /** Steps whose pose change is recovered, and states from which two actions are compared. */
  controlSteps: number;
  counterfactualStates: number;
  causalFrames: number;
  /** Worlds that baselines of `imagine` are counted on, and held-out worlds that all of them are asked about. */
  tokenTrainSeeds: number;
  tokenHeldoutSeeds: number;
  /** Blocks along one side of the square that is taken of each of those worlds; its border is context only. */
  tokenTrainSide: number;
  tokenHeldoutSide: number;
  imaginedBlocks: number;
  timedRuns: number;
};

/** As `firstTrainSeed` and `firstHeldoutSeed` of `models/training/data/plan.ts`; the tests hold them together. */
export const firstTrainSeed = 10_000;
export const firstHeldoutSeed = 1_000_000;
/** Held-out worlds from here to `firstHeldoutSeed` on, so that the sum stays a 31-bit number. */
const heldoutSeeds = 2 ** 30;
/** Worlds that one run may use. */
const seedsPerRun = 64;

/** The k-th world of a run, from 0 on. */
export function heldoutSeed(seed: number, k: number): number {
  return firstHeldoutSeed + ((seed * seedsPerRun + k) % heldoutSeeds);
}

/** A short look at a package that paints the same world at another size: less of it, since its truth costs more. */
export function planOther(plan: WorldPlan): WorldPlan {
  const walks = plan.walks.slice(0, 2);
  return plan.quick
    ? { ...plan, walks: walks.slice(0, 1), framesPerWalk: 41, scoredEvery: 20, flickerEvery: 4, sheetFrames: 3 }
    : { ...plan, walks, framesPerWalk: 121, scoredEvery: 20, flickerEvery: 2, sheetFrames: 4 };
}

/** @param seed of the run: another one takes other worlds */
export function planWorld(quick: boolean, seed: number): WorldPlan {
  const walk = (k: number, hour: Hour): WalkPlan => ({ seed: heldoutSeed(seed, k), hour });
  if (quick) {
    return {
      quick,
      walks: [walk(0, 'day'), walk(1, 'dusk')],
      framesPerWalk: 200,
      scoredEvery: 25,
      flickerEvery: 2,
      sheetFrames: 4,
      loops: [walk(2, 'day')],
      loopLengthM: 20,
      drifts: [walk(3, 'auto')],
      driftFrames: 150,
      controlSteps: 24,
      counterfactualStates: 6,
      causalFrames: 8,
      tokenTrainSeeds: 100,
      // Worlds differ more than blocks of a world do.
      tokenHeldoutSeeds: 8,
      tokenTrainSide: 12,
      tokenHeldoutSide: 7,
      imaginedBlocks: 100,
      timedRuns: 20,
    };
  }
  return {
    quick,
    walks: [0, 1, 2].flatMap((k) => [walk(k, 'day'), walk(k, 'dusk')]),
    framesPerWalk: 200,
    scoredEvery: 5,
    flickerEvery: 2,
    sheetFrames: 10,
    loops: [walk(3, 'day'), walk(4, 'dusk'), walk(5, 'auto')],
    loopLengthM: 20,
    drifts: [walk(6, 'auto'), walk(7, 'auto')],
    driftFrames: 1000,
    controlSteps: 120,
    counterfactualStates: 20,
    causalFrames: 20,
    tokenTrainSeeds: 400,
    tokenHeldoutSeeds: 25,
    tokenTrainSide: 12,
    tokenHeldoutSide: 8,
    imaginedBlocks: 500,
    timedRuns: 60,
  };
}
