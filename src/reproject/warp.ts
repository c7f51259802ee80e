import type { Intrinsics, Mat4, Pose } from '../math/types';
import { quadDistanceM, type ReprojectionMode } from './modes';

/**
 * Clip z of what was really seen never exceeds w times this, so that far and infinitely far points are drawn, and
 * guesses fit in behind them. Also in keyframe.vert.glsl.
 */
export const farClamp = 1 - 2e-4;
/** For older layers the limit lies so much farther, times their depth bias: their sky is behind the newest's. */
export const clampPerBias = 1e-3;
/** Guessed backgrounds lie in this slice of the depth range, keeping their order among themselves. */
const guessFar = 1 - 2e-5;
const guessRange = 8e-5;
const guessSqueeze = 8e-4;

/** Clip z of a guessed background, from its own clip z and w: behind everything real, before the sky dome. */
export function guessedClipZ(clipZ: number, clipW: number): number {
  return clipW * guessFar - Math.min((clipW - clipZ) * guessSqueeze, clipW * guessRange);
}

/**
 * Clip z of a point as if it were (1 + `bias`) times as far away, before clamping; x, y and w stay.
 * @param projection clip from eye. @param inverseDepth the point's inverse depth in its keyframe, 1/m
 */
export function biasedClipZ(clipZ: number, projection: Mat4, inverseDepth: number, bias: number): number {
  return clipZ - projection[14] * inverseDepth * bias;
}

/**
 * CPU twin of `shaders/keyframe.vert.glsl`: where a point of a keyframe lands on the screen. Pure, allocates nothing.
 *
 * The point travels as (ray, d), ray at unit distance along the view axis and d its inverse depth: homogeneous
 * coordinates of ray / d, so that d = 0 is a point at infinity and needs no special case.
 *
 * @param camera intrinsics of the keyframe.
 * @param x texels from the left edge of the picture; texel corners are whole numbers, centres lie at +0.5. A mesh stores
 *   it times `meshUnitsPerTexel`.
 * @param y texels from the top edge.
 * @param inverseDepth planar inverse depth, 1/m; 0 is infinitely far.
 * @param worldFromKeyframe pose of the keyframe camera; in mode `off` the pose of the head.
 * @param clipFromWorld projection times view of the eye.
 * @param out four numbers: clip x, y, z, w, up to one common positive factor.
 */
export function projectKeyframePoint(
  camera: Intrinsics,
  x: number,
  y: number,
  inverseDepth: number,
  worldFromKeyframe: Pose,
  clipFromWorld: Mat4,
  mode: ReprojectionMode,
  out: Float32Array | Float64Array,
): void {
  const rx = (x - camera.cx) / camera.fx;
  const ry = -(y - camera.cy) / camera.fy;
  const d = mode === 'mesh' || mode === 'layers' ? inverseDepth : mode === 'quad' ? 1 / quadDistanceM : 0;
  const m = worldFromKeyframe;
  const wx = m[0] * rx + m[4] * ry - m[8] + m[12] * d;
  const wy = m[1] * rx + m[5] * ry - m[9] + m[13] * d;
  const wz = m[2] * rx + m[6] * ry - m[10] + m[14] * d;
  const c = clipFromWorld;
  const w = c[3] * wx + c[7] * wy + c[11] * wz + c[15] * d;
  out[0] = c[0] * wx + c[4] * wy + c[8] * wz + c[12] * d;
  out[1] = c[1] * wx + c[5] * wy + c[9] * wz + c[13] * d;
  out[2] = Math.min(c[2] * wx + c[6] * wy + c[10] * wz + c[14] * d, w * farClamp);
  out[3] = w;
}

/**
 * Clip coordinates to pixels of a view, (0, 0) its top left corner.
 * @param clip four numbers, with w > 0 (in front of the eye).
 * @param out two numbers: x and y, pixels.
 */
export function pixelFromClip(
  clip: ArrayLike<number>,
  width: number,
  height: number,
  out: Float32Array | Float64Array,
): void {
  out[0] = (clip[0] / clip[3] * 0.5 + 0.5) * width;
  out[1] = (0.5 - clip[1] / clip[3] * 0.5) * height;
}
