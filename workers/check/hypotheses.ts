import { invertRigid } from '../../src/math/pose';
import type { Pose } from '../../src/math/types';
import type { FaultKind } from './finding';

/** Which of the three readings of the depth numbers; see {@link TexelSamples}. */
export type DepthReading = 'inverseDepth' | 'ofDistance' | 'ofComplement';

/** One way in which the frames could have been meant. The first of the list is what was declared. */
export type Hypothesis = {
  kind: FaultKind | 'declared';
  /** Focal length or inverse depth over the declared one; frames (later is positive) for another frame's pose. */
  factor: number;
  /** The frame whose declared pose is the true pose: 1 is the frame after. */
  lag: number;
  pose: 'given' | 'transposed' | 'row-major' | 'inverted' | 'y-down';
  /** The picture's x and y axes over the declared ones. */
  scaleX: number;
  scaleY: number;
  reading: DepthReading;
  depthScale: number;
};

const declared: Hypothesis = {
  kind: 'declared',
  factor: 1,
  lag: 0,
  pose: 'given',
  scaleX: 1,
  scaleY: 1,
  reading: 'inverseDepth',
  depthScale: 1,
};

// Steps that are close enough together for one of them to fit, whatever the true factor is.
const focalFactors = [0.5, 0.57, 0.65, 0.73, 0.81, 0.9, 1.11, 1.23, 1.36, 1.52, 1.72, 2];
const depthFactors = [1.22, 1.5, 1.83, 2.25, 2.8, 3.4, 4.2, 5.2, 10, 100, 1000];

/** A focal length `factor` times the declared one: the same texel belongs to a ray nearer to the axis. */
export function focalHypothesis(factor: number): Hypothesis {
  return { ...declared, kind: 'focal-length', factor, scaleX: 1 / factor, scaleY: 1 / factor };
}

/** Inverse depth `factor` times what was given. */
export function depthHypothesis(factor: number): Hypothesis {
  return { ...declared, kind: 'depth-scale', factor, depthScale: factor };
}

/** All that is tried on a pair of frames. */
export const hypotheses: readonly Hypothesis[] = [
  declared,
  ...[-2, -1, 1, 2].map((lag) => ({ ...declared, kind: 'pose-of-another-frame' as const, factor: lag, lag })),
  ...focalFactors.map(focalHypothesis),
  { ...declared, kind: 'pose-transposed', pose: 'transposed' },
  { ...declared, kind: 'pose-transposed', pose: 'row-major' },
  { ...declared, kind: 'pose-inverted', pose: 'inverted' },
  { ...declared, kind: 'axes-y-down', pose: 'y-down' },
  { ...declared, kind: 'picture-mirrored', scaleX: -1 },
  { ...declared, kind: 'picture-upside-down', scaleY: -1 },
  { ...declared, kind: 'picture-turned-round', scaleX: -1, scaleY: -1 },
  ...depthFactors.flatMap((factor) => [depthHypothesis(factor), depthHypothesis(1 / factor)]),
  ...[0.1, 0.3, 1, 3].map((depthScale) => ({
    ...declared,
    kind: 'depth-inverted' as const,
    reading: 'ofDistance' as const,
    depthScale,
  })),
  ...[0.25, 0.5, 1, 2].map((depthScale) => ({
    ...declared,
    kind: 'depth-inverted' as const,
    reading: 'ofComplement' as const,
    depthScale,
  })),
];

/** What the pose would be under a hypothesis. */
function readPose(out: Pose, given: Pose, how: Hypothesis['pose']): void {
  out.set(given);
  if (how === 'inverted') invertRigid(out, given);
  if (how === 'y-down') for (let i = 4; i < 12; i++) out[i] = -given[i];
  if (how === 'transposed' || how === 'row-major') {
    for (let column = 0; column < 3; column++) {
      for (let row = 0; row < 3; row++) out[4 * column + row] = given[4 * row + column];
    }
  }
  if (how === 'row-major') for (let row = 0; row < 3; row++) out[12 + row] = given[4 * row + 3];
}

const poseA = new Float32Array(16) as Pose;
const poseB = new Float32Array(16) as Pose;

/**
 * The map from (ray x, ray y, -1, inverse depth) as declared in frame A to the same in frame B, if the hypothesis held:
 * 3 rows of 4 into `out`. Mirroring and focal length turn rays by a diagonal matrix, so they fold into it as well.
 */
export function mapBetween(out: Float64Array, hypothesis: Hypothesis, givenA: Pose, givenB: Pose): void {
  readPose(poseA, givenA, hypothesis.pose);
  readPose(poseB, givenB, hypothesis.pose);
  const { scaleX, scaleY, depthScale } = hypothesis;
  for (let row = 0; row < 3; row++) {
    const back = row === 0 ? 1 / scaleX : row === 1 ? 1 / scaleY : 1;
    const x = poseB[4 * row] * back;
    const y = poseB[4 * row + 1] * back;
    const z = poseB[4 * row + 2] * back;
    for (let column = 0; column < 3; column++) {
      const there = column === 0 ? scaleX : column === 1 ? scaleY : 1;
      out[4 * row + column] =
        (x * poseA[4 * column] + y * poseA[4 * column + 1] + z * poseA[4 * column + 2]) * there;
    }
    out[4 * row + 3] =
      (x * (poseA[12] - poseB[12]) + y * (poseA[13] - poseB[13]) + z * (poseA[14] - poseB[14])) * depthScale;
  }
}
