import { psnr, sharpness, ssim, type Rgba8 } from '../../math/image-metrics';
import { silhouetteBand } from '../reprojection/masks';
import type { PictureScores } from './result';

export type Size = { width: number; height: number };
/** A picture with depth of its own, or without. */
export type Shown = { color: Rgba8; inverseDepth: Float32Array | null };
export type True = { color: Rgba8; inverseDepth: Float32Array };

/** Farther off than 50 m, a metre more or less is not seen. */
const nearest50m = 0.02;
/** Depths within this share are the same place; the least, 1/m, is what counts as sky. */
const sameDepth = 0.05;
const leastDepth = 0.004;

/** A picture against the true one at the same pose. */
export function scorePicture(shown: Shown, truth: True, { width, height }: Size): PictureScores {
  const depth = shown.inverseDepth && depthErrors(shown.inverseDepth, truth.inverseDepth, { width, height });
  return {
    psnrDb: psnr(shown.color, truth.color),
    ssim: ssim(shown.color, truth.color, width, height),
    sharpnessRatio: sharpness(shown.color, width, height) / sharpness(truth.color, width, height),
    depthErrorMedianPct: depth?.medianPct ?? null,
    depthErrorMeanPct: depth?.meanPct ?? null,
  };
}

/** Relative errors of inverse depth, percent, where both are nearer than 50 m; null where nothing is. */
export function depthErrors(
  inverseDepth: Float32Array,
  truth: Float32Array,
  { width, height }: Size,
): { medianPct: number | null; meanPct: number | null } {
  const silhouette = silhouetteBand(truth, width, height);
  const errors: number[] = [];
  let sum = 0;
  let inside = 0;
  for (let i = 0; i < truth.length; i++) {
    const [a, b] = [inverseDepth[i], truth[i]];
    if (!(a > nearest50m) || !(b > nearest50m)) continue;
    const errorPct = (100 * Math.abs(a - b)) / b;
    errors.push(errorPct);
    if (silhouette[i] === 1) continue;
    sum += errorPct;
    inside++;
  }
  return { medianPct: medianOf(errors), meanPct: inside > 0 ? sum / inside : null };
}

/** Share of the pixels away from silhouettes of the map whose painted depth is within 5 % of it, percent. */
export function depthAgreementPct(painted: Float32Array, map: Float32Array, { width, height }: Size): number | null {
  const silhouette = silhouetteBand(map, width, height);
  let agree = 0;
  let counted = 0;
  for (let i = 0; i < map.length; i++) {
    if (silhouette[i] === 1) continue;
    counted++;
    if (agreesWithMap(painted[i], map[i])) agree++;
  }
  return counted > 0 ? (100 * agree) / counted : null;
}

/** Whether two inverse depths, 1/m, are one place. */
export function agreesWithMap(inverseDepth: number, map: number): boolean {
  return Math.abs(inverseDepth - map) <= Math.max(sameDepth * map, leastDepth);
}

/** Middle value; null of nothing. */
export function medianOf(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Mean of what was measured; null of nothing. */
export function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null && Number.isFinite(value));
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** Means over the pictures of a walk. */
export function meanScores(scores: readonly PictureScores[]): PictureScores {
  const mean = (of: (score: PictureScores) => number | null): number | null => meanOf(scores.map(of));
  return {
    psnrDb: mean((score) => score.psnrDb) ?? Number.NaN,
    ssim: mean((score) => score.ssim) ?? Number.NaN,
    sharpnessRatio: mean((score) => score.sharpnessRatio) ?? Number.NaN,
    depthErrorMedianPct: mean((score) => score.depthErrorMedianPct),
    depthErrorMeanPct: mean((score) => score.depthErrorMeanPct),
  };
}
