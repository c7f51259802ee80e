import { createPose, invertRigid, multiplyPose } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';

/** A picture whose exact depth is known: inverse depth, 1/m, one a texel, at its centre; 0 is sky. */
export type KnownDepth = { worldFromCamera: Pose; camera: Intrinsics; inverseDepth: Float32Array };

/** What a camera knows of a point: it lies outside of the picture, is hidden by something nearer, or is visible. */
export const outside = 0;
export const occluded = 1;
export const visible = 2;

/** Two depths within this share are the same point. */
const sameDepth = 0.02;
/** On surfaces seen at a grazing angle depth changes within a texel; but no further than this share. */
const mostSlope = 0.3;

/** bFromA, for poses given as worldFrom. */
export function relativePose(worldFromB: Pose, worldFromA: Pose, out: Pose = createPose()): Pose {
  return multiplyPose(out, invertRigid(inverse, worldFromB), worldFromA);
}
const inverse = createPose();

/**
 * How much inverse depth changes over one texel of the surface that texel (x, y) lies on, along a row: the smaller of
 * both sides, so that a jump beside it does not count. Signed; 0 where both neighbours are missing.
 */
export function slopeAlong(d: Float32Array, i: number, step: number, hasBefore: boolean, hasAfter: boolean): number {
  const before = hasBefore ? d[i] - d[i - step] : Number.POSITIVE_INFINITY;
  const after = hasAfter ? d[i + step] - d[i] : Number.POSITIVE_INFINITY;
  const slope = Math.abs(before) < Math.abs(after) ? before : after;
  return Number.isFinite(slope) ? slope : 0;
}

/** Whether a picture sees a point that it has at (u, v), texels, with inverse depth `d` along its own axis. */
export function sightAt({ camera, inverseDepth }: KnownDepth, u: number, v: number, d: number): number {
  const { width, height } = camera;
  if (!(u >= 0 && v >= 0 && u < width && v < height)) return outside;
  const x = Math.floor(u);
  const y = Math.floor(v);
  const i = y * width + x;
  const there = inverseDepth[i];
  const off = Math.abs(there - d);
  if (off <= sameDepth * d) return visible;
  if (there === 0 || d === 0) return occluded;
  const slope =
    Math.abs(slopeAlong(inverseDepth, i, 1, x > 0, x + 1 < width)) +
    Math.abs(slopeAlong(inverseDepth, i, width, y > 0, y + 1 < height));
  return off <= Math.min(slope, mostSlope * d) ? visible : occluded;
}

/**
 * What `frame` knows of the surface points that a view really shows, one byte a pixel of the view: {@link outside},
 * {@link occluded} or {@link visible}. Pixels that are `visible` already stay so and cost nothing.
 * @returns how many pixels are visible now
 */
export function classify(view: KnownDepth, frame: KnownDepth, out: Uint8Array): number {
  const m = relativePose(frame.worldFromCamera, view.worldFromCamera, frameFromView);
  const { width, height, fx, fy, cx, cy } = view.camera;
  const { fx: fu, fy: fv, cx: cu, cy: cv } = frame.camera;
  let count = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const ry = -(y + 0.5 - cy) / fy;
    for (let x = 0; x < width; x++, i++) {
      if (out[i] === visible) {
        count++;
        continue;
      }
      const rx = (x + 0.5 - cx) / fx;
      const d = view.inverseDepth[i];
      const away = -(m[2] * rx + m[6] * ry - m[10] + m[14] * d);
      let sight = outside;
      if (away > 1e-6) {
        const u = cu + (fu * (m[0] * rx + m[4] * ry - m[8] + m[12] * d)) / away;
        const v = cv - (fv * (m[1] * rx + m[5] * ry - m[9] + m[13] * d)) / away;
        sight = sightAt(frame, u, v, d / away);
      }
      if (sight === visible) count++;
      if (sight > out[i]) out[i] = sight;
    }
  }
  return count;
}
const frameFromView = createPose();
