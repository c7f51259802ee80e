import { intrinsicsFromFov } from '../../math/camera';
import { createRandom } from '../../math/hash';

/** How much one run measures. Quick fits in three minutes on two cores, full in three quarters of an hour. */
export type Plan = {
  quick: boolean;
  seed: number;
  sceneSeeds: number[];
  baselinesCm: number[];
  rotationsDeg: number[];
  /** Directions of the lattice for each scene. */
  directions: number;
  historyFrames: number;
  /** Texels along a side of the model's pictures in the lattice. */
  latticeSourceSize: number;
  latenciesMs: [mean: number, spread: number][];
  modelHz: number[];
  /** Texels along a side of the model's pictures along the trace. */
  traceSourceSize: number;
  /** Seconds of each of the five parts of the trace. */
  tracePartS: number;
  /** Pairs of consecutive display frames scored for each simulated model. */
  tracePairs: number;
};

/** What one eye sees: a square picture of 90 degrees. */
export const viewSize = 256;
export const viewFovDeg = 90;
export const viewCamera = intrinsicsFromFov(viewSize, viewSize, (viewFovDeg * Math.PI) / 180);
/** The field of view of the simulator as a world of its own. */
export const sourceFovDeg = 100;
export const eyeDistanceM = 0.063;
export const displayHz = 60;
/** Pop size is told in pixels of a headset's display. */
export const pixelsPerDegree = 25;

/** Worlds that no training and no default has: training data begins at 10 000, its held-out worlds at 1 000 000. */
const firstSceneSeed = 2_000_000;

export function planOf(quick: boolean, seed: number): Plan {
  const sceneCount = quick ? 2 : 4;
  return {
    quick,
    seed,
    sceneSeeds: Array.from({ length: sceneCount }, (_, i) => firstSceneSeed + 97 * seed + i),
    baselinesCm: quick ? [0, 3.15, 10, 50] : [0, 1, 2, 3.15, 5, 10, 20, 50],
    rotationsDeg: quick ? [0, 20] : [0, 5, 10, 20, 30],
    directions: quick ? 2 : 4,
    historyFrames: 12,
    latticeSourceSize: 256,
    latenciesMs: quick
      ? [
          [50, 20],
          [400, 100],
        ]
      : [
          [20, 10],
          [50, 20],
          [150, 30],
          [400, 100],
          [1000, 200],
        ],
    modelHz: quick ? [5, 15] : [2, 5, 10, 15, 30],
    traceSourceSize: 128,
    tracePartS: quick ? 1.6 : 5,
    tracePairs: quick ? 8 : 16,
  };
}

/** Seeded order of 0 … count - 1 (Fisher and Yates). */
export function shuffled(count: number, random: () => number): number[] {
  const out = Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** A stream of random numbers for one purpose, so that a change in one leaves the others alone. */
export function randomFor(seed: number, purpose: string): () => number {
  let hash = seed | 0;
  for (const letter of purpose) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return createRandom(hash);
}
