import { createRandom } from '../../math/hash';
import { intrinsicsFromFov } from '../../math/camera';

/** How much one run measures. */
export type OcclusionPlan = {
  seed: number;
  sceneSeeds: readonly number[];
  /** Places of each world from which balls are looked at. */
  placesPerScene: number;
  /** Head beside the model's pose, centimetres. */
  baselinesCm: readonly number[];
  /** Balls for each head position, at most. */
  ballsPerView: number;
  onProgress: (text: string) => void;
};

/** The eye looks at the ball through a narrow picture, with about half of a headset's pixels a degree. */
export const eyeFovDeg = 24;
export const eyeSize = 320;
export const eyeCamera = intrinsicsFromFov(eyeSize, eyeSize, (eyeFovDeg * Math.PI) / 180);

/** Worlds that no training and no default has; others than those of the reprojection bench. */
const firstSceneSeed = 2_100_000;

export function occlusionPlan(quick: boolean, seed: number, onProgress: (text: string) => void): OcclusionPlan {
  return {
    seed,
    sceneSeeds: Array.from({ length: quick ? 3 : 8 }, (_, i) => firstSceneSeed + 131 * seed + i),
    placesPerScene: quick ? 4 : 8,
    baselinesCm: [0, 10, 20, 30],
    ballsPerView: 4,
    onProgress,
  };
}

/** A stream of random numbers for one scene. */
export function randomOfScene(seed: number, sceneSeed: number): () => number {
  return createRandom((Math.imul(seed, 0x9e3779b1) ^ sceneSeed) | 0);
}
