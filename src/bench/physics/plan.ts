import { heldoutSeed } from '../world/plan';

/** How much is measured. All worlds are ones that no training has seen. */
export type PhysicsPlan = {
  quick: boolean;
  seed: number;
  /** Worlds that are walked in. */
  worldSeeds: number[];
  throwsPerWorld: number;
  /** Frames of the short walk before the throws, at 30 a second. */
  walkFrames: number;
  /** Balls of the barrage, and of the bounces that are weighed, in each world. */
  barrageBalls: number;
  /** Free falls that are timed at each display rate. */
  falls: number;
};

/** Worlds of the suite `world` come first; these are others. */
const firstWorld = 40;

export function planPhysics(quick: boolean, seed: number): PhysicsPlan {
  const worlds = quick ? 3 : 10;
  return {
    quick,
    seed,
    worldSeeds: Array.from({ length: worlds }, (_, k) => heldoutSeed(seed, firstWorld + k)),
    throwsPerWorld: quick ? 14 : 20,
    walkFrames: 40,
    barrageBalls: quick ? 40 : 100,
    falls: quick ? 4 : 12,
  };
}
