import { invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';
import { AffineFit } from './affine-fit';
import { maxInverseDepth } from './sanitise';

/** d' = scale * d + offset (1/m). */
export type DepthCorrection = { scale: number; offset: number };

/** About so many texels of the frame before are carried over. */
const wantedSamples = 2048;
/** Matches that a fit needs. */
const leastMatches = 120;
/** Where the inverse depth varies less than this over the matches (90th over 10th percentile), no offset is fitted. */
const leastSpread = 1.6;
/** Texels whose inverse depth differs from a neighbour's by more than this ratio are at an edge, or too steep to trust. */
const edgeRatio = 1.12;
/** Matches that differ by more than this ratio are not the same surface: the model's scale does not wobble so much. */
const sameSurface = 1.35;
/** Corrections smaller than this at every depth in view are none: exact depth must stay what it is, bit by bit. */
const deadZone = 0.01;
/** Share of the way back to the model's own scale with every frame, so that small errors cannot add up to a drift. */
const leak = 0.04;
const mostScale = 1.3;
/** Of the median inverse depth. */
const mostOffset = 0.15;

/**
 * Keeps the world from breathing when a model's depth scale wobbles by a few per cent from frame to frame. The texels of
 * the frame before, as corrected, are carried over to the new pose; where both see the same surface, one affine map of
 * inverse depth is fitted that brings the new depth back to the old, without regard to what moves or was hidden.
 * The identity when the frames share too little, and where depth agrees to 1 % already.
 */
export class DepthAligner {
  private readonly fit = new AffineFit(wantedSamples * 2);
  private readonly previousFromWorld = new Float32Array(16) as Pose;
  private readonly newFromPrevious = new Float32Array(16) as Pose;
  private readonly previous = new Float32Array(wantedSamples * 2);
  private readonly rayX = new Float32Array(wantedSamples * 2);
  private readonly rayY = new Float32Array(wantedSamples * 2);
  private readonly correction: DepthCorrection = { scale: 1, offset: 0 };
  private readonly worldFromPrevious = new Float32Array(16) as Pose;
  private sampleCount = 0;

  /** Forgets the frame before: another world, or a jump. */
  reset(): void {
    this.sampleCount = 0;
    this.correction.scale = 1;
    this.correction.offset = 0;
  }

  /**
   * @param inverseDepth 1/m, sanitised (0 sky, NaN hole), width * height; corrected in place: sky stays 0, holes stay
   *   NaN, nothing becomes negative
   * @returns what was done to it; the same object every time, so copy it to keep it
   */
  align(inverseDepth: Float32Array, camera: Intrinsics, worldFromCamera: Pose): Readonly<DepthCorrection> {
    const { correction, fit } = this;
    if (inverseDepth.length < camera.width * camera.height) {
      throw new RangeError(
        `The depth has ${inverseDepth.length} texels where ${camera.width}x${camera.height} are needed.`,
      );
    }
    this.match(inverseDepth, camera, worldFromCamera);
    correction.scale = 1;
    correction.offset = 0;
    if (fit.count >= leastMatches && fit.solve(leastSpread)) this.temper();
    if (correction.scale !== 1 || correction.offset !== 0) apply(inverseDepth, correction);
    this.remember(inverseDepth, camera, worldFromCamera);
    return correction;
  }

  /** Turns the raw fit into a correction: dead zone, leak, limits. */
  private temper(): void {
    const { fit, correction } = this;
    const atNear = Math.abs(fit.scale + fit.offset / fit.nearValue - 1);
    const atFar = Math.abs(fit.scale + fit.offset / fit.farValue - 1);
    if (atNear < deadZone && atFar < deadZone) return;
    const limit = mostOffset * fit.medianValue;
    const scale = Math.min(mostScale, Math.max(1 / mostScale, fit.scale));
    const offset = Math.min(limit, Math.max(-limit, fit.offset));
    correction.scale = scale ** (1 - leak);
    correction.offset = offset * (1 - leak);
  }

  /** Fills the fit with pairs (new inverse depth, inverse depth carried over). */
  private match(inverseDepth: Float32Array, camera: Intrinsics, worldFromCamera: Pose): void {
    const { fit, rayX, rayY, previous, newFromPrevious: m } = this;
    const { width, height, fx, fy, cx, cy } = camera;
    fit.count = 0;
    if (this.sampleCount === 0) return;
    multiplyPose(m, invertRigid(this.previousFromWorld, worldFromCamera), this.worldFromPrevious);
    for (let k = 0; k < this.sampleCount; k++) {
      const x = rayX[k];
      const y = rayY[k];
      const d = previous[k];
      const ahead = -(m[2] * x + m[6] * y - m[10] + m[14] * d);
      if (!(ahead > 0.05)) continue;
      const u = cx + (fx * (m[0] * x + m[4] * y - m[8] + m[12] * d)) / ahead - 0.5;
      const v = cy - (fy * (m[1] * x + m[5] * y - m[9] + m[13] * d)) / ahead - 0.5;
      if (!(u >= 0 && v >= 0 && u < width - 1 && v < height - 1)) continue;
      const here = smoothAt(inverseDepth, width, u, v);
      // A point at (ray, d) * w keeps w = d, so its inverse depth here is d / ahead.
      const carried = d / ahead;
      if (here > 0 && here < carried * sameSurface && carried < here * sameSurface) fit.add(here, carried);
    }
  }

  /** Keeps texels of the corrected frame that lie on smooth surfaces. */
  private remember(d: Float32Array, camera: Intrinsics, worldFromCamera: Pose): void {
    const { width, height, fx, fy, cx, cy } = camera;
    const step = Math.max(1, Math.ceil(Math.sqrt((width * height) / wantedSamples)));
    let count = 0;
    for (let y = 1 + (step >> 1); y < height - 1; y += step) {
      for (let x = 1 + (step >> 1); x < width - 1; x += step) {
        const i = y * width + x;
        const here = d[i];
        if (!isSmooth(d, i, width, here) || here >= maxInverseDepth || count === this.previous.length) continue;
        this.previous[count] = here;
        this.rayX[count] = (x + 0.5 - cx) / fx;
        this.rayY[count] = -(y + 0.5 - cy) / fy;
        count++;
      }
    }
    this.sampleCount = count;
    this.worldFromPrevious.set(worldFromCamera);
  }
}

function isSmooth(d: Float32Array, i: number, width: number, here: number): boolean {
  if (!(here > 0)) return false;
  return isNear(d[i - 1], here) && isNear(d[i + 1], here) && isNear(d[i - width], here) && isNear(d[i + width], here);
}

/** False for sky and holes. */
function isNear(a: number, b: number): boolean {
  return a <= b * edgeRatio && b <= a * edgeRatio;
}

/** Inverse depth between four texel centres; NaN across an edge. Bilinear is exact on planes. */
function smoothAt(d: Float32Array, width: number, u: number, v: number): number {
  const x = Math.floor(u);
  const y = Math.floor(v);
  const i = y * width + x;
  const a = d[i];
  const b = d[i + 1];
  const c = d[i + width];
  const e = d[i + width + 1];
  if (!(isNear(a, b) && isNear(a, c) && isNear(a, e))) return NaN;
  const s = u - x;
  const upper = a + s * (b - a);
  return upper + (v - y) * (c + s * (e - c) - upper);
}

/** Never negative, and never 0 where something is: 0 would be the sky. */
function apply(d: Float32Array, { scale, offset }: DepthCorrection): void {
  for (let i = 0; i < d.length; i++) {
    const here = d[i];
    if (!(here > 0)) continue;
    const value = scale * here + offset;
    const least = here / (2 * mostScale);
    d[i] = value < least ? least : value > maxInverseDepth ? maxInverseDepth : value;
  }
}
