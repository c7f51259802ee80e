import { mat4, vec3 } from 'gl-matrix';
import type { Rgba8 } from '../../math/image-metrics';
import { createPose } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';
import { isOneSurface, rgbdPyramid, type RgbdLevel } from './rgbd-pyramid';
import { solveSymmetric } from './solve-linear';

export type Rgbd = { color: Rgba8; inverseDepth: Float32Array };

const levels = 3;
const mostRounds = 25;
/** A round that turns and moves by less than this ends a level. */
const doneAt = 2e-5;
/** Of the errors of a round, every so many tell how large they are. */
const errorStride = 13;
const mostErrors = 4096;
/** No round turns (radians) or moves (metres) further: a picture says nothing about what is far off. */
const mostTurn = 0.05;
const mostMove = 0.1;
const leastDepth = 0.004;
/** Share of the pixels that must be seen in both, for an answer. */
const leastOverlap = 0.1;
/** Keeps what hardly any pixel tells about where it is: one of so many pixels' worth for each metre or radian. */
const damping = 1e-3;

/**
 * The pose change between two pictures with depth, from the pictures alone: direct alignment of luma and inverse depth,
 * Gauss-Newton over six degrees of freedom from coarse to fine, from no change at all (Kerl et al. 2013, "Dense visual
 * SLAM for RGB-D cameras").
 * @param a the earlier picture @param b the later one
 * @returns bFromA, rigid; no change at all when the pictures share too little
 */
export function solvePose(a: Rgbd, b: Rgbd, camera: Intrinsics): Pose {
  const from = rgbdPyramid(a.color, a.inverseDepth, camera, levels);
  const to = rgbdPyramid(b.color, b.inverseDepth, camera, levels);
  const bFromA = createPose();
  for (let level = levels - 1; level >= 0; level--) {
    lumaErrors.begin(0.1);
    depthErrors.begin(0.05);
    for (let round = 0; round < mostRounds; round++) {
      const step = gaussNewtonStep(from[level], to[level], bFromA);
      if (step === null) return createPose();
      if (step < doneAt) break;
    }
  }
  return bFromA;
}

/**
 * How large errors of one kind usually are; what is far larger is an outlier and counts less and less. Learnt from the
 * errors themselves, so that exact depth weighs more than colours that are not.
 */
class ErrorScale {
  scale = 1;
  private readonly errors = new Float32Array(mostErrors);
  private count = 0;
  private seen = 0;

  /** @param least that a scale can be, so that exact pictures do not make every pixel an outlier */
  constructor(private readonly least: number) {}

  begin(scale: number): void {
    this.scale = scale;
    this.count = 0;
  }

  add(error: number): void {
    if (this.seen++ % errorStride === 0 && this.count < mostErrors) this.errors[this.count++] = Math.abs(error);
  }

  /** The scale of the next round, from the errors of this one. */
  learn(): void {
    const { count } = this;
    if (count > 0) this.scale = Math.max(this.least, 1.4826 * this.errors.subarray(0, count).sort()[count >> 1]);
    this.count = 0;
  }
}

const lumaErrors = new ErrorScale(0.004);
const depthErrors = new ErrorScale(0.0005);
const normal = new Float64Array(36);
const right = new Float64Array(6);
const row = new Float64Array(6);

/** One round: moves `bFromA` to where the errors are least. @returns how far it moved (radians plus metres); null: lost */
function gaussNewtonStep(from: RgbdLevel, to: RgbdLevel, bFromA: Pose): number | null {
  normal.fill(0);
  right.fill(0);
  const seen = addPixels(from, to, bFromA);
  lumaErrors.learn();
  depthErrors.learn();
  if (seen < leastOverlap * from.luma.length) return null;
  for (let i = 0; i < 6; i++) normal[i * 7] += damping * seen;
  if (!solveSymmetric(normal, right)) return null;
  const turned = Math.hypot(right[0], right[1], right[2]);
  const moved = Math.hypot(right[3], right[4], right[5]);
  const share = Math.min(1, mostTurn / Math.max(turned, 1e-12), mostMove / Math.max(moved, 1e-12));
  for (let i = 0; i < 6; i++) right[i] *= share;
  applyTwist(bFromA, right);
  return share * (turned + moved);
}

function addPixels(from: RgbdLevel, to: RgbdLevel, m: Pose): number {
  const { width, height, fx, fy, cx, cy } = from.camera;
  let seen = 0;
  for (let y = 0, i = 0; y < height; y++) {
    const ry = -(y + 0.5 - cy) / fy;
    for (let x = 0; x < width; x++, i++) {
      const d = from.inverseDepth[i];
      if (!(d >= 0)) continue;
      const rx = (x + 0.5 - cx) / fx;
      // The point times its inverse depth, so that the sky needs no case of its own.
      const qx = m[0] * rx + m[4] * ry - m[8] + m[12] * d;
      const qy = m[1] * rx + m[5] * ry - m[9] + m[13] * d;
      const qz = m[2] * rx + m[6] * ry - m[10] + m[14] * d;
      const near = -1 / qz;
      if (!(near > 0)) continue;
      const u = cx + fx * qx * near - 0.5;
      const v = cy - fy * qy * near - 0.5;
      if (!(u >= 1 && v >= 1 && u < width - 2 && v < height - 2)) continue;
      const at = Math.round(v) * width + Math.round(u);
      const there = to.inverseDepth[at];
      const wanted = d * near;
      // Hidden behind something, or uncovered: another surface is not a worse fit but none.
      if (!(Math.abs(there - wanted) <= 0.15 * Math.max(there, wanted) + leastDepth)) continue;
      seen++;
      addPixel(from.luma[i], to, u, v, d, qx, qy, near, wanted, fx, fy);
    }
  }
  return seen;
}

/** Adds the two equations of one pixel: its luma stays, and its depth is what the move makes of it. */
function addPixel(
  before: number,
  to: RgbdLevel,
  u: number,
  v: number,
  d: number,
  qx: number,
  qy: number,
  near: number,
  wanted: number,
  fx: number,
  fy: number,
): void {
  const { width } = to.camera;
  const [x, y] = [Math.floor(u), Math.floor(v)];
  const [a, b] = [u - x, v - y];
  const at = y * width + x;
  const slopeU = bilinear(to.lumaX, at, width, a, b);
  const slopeV = bilinear(to.lumaY, at, width, a, b);
  if (!Number.isNaN(slopeU + slopeV)) {
    const error = bilinear(to.luma, at, width, a, b) - before;
    fillRow(slopeU, slopeV, 0, d, qx, qy, near, fx, fy);
    addEquation(error, 1, lumaErrors);
  }
  const { inverseDepth } = to;
  const corner = inverseDepth[at];
  if (!isOneSurface(corner, inverseDepth[at + 1]) || !isOneSurface(corner, inverseDepth[at + width])) return;
  if (!isOneSurface(corner, inverseDepth[at + width + 1])) return;
  const depthU = bilinear(to.depthX, at, width, a, b);
  const depthV = bilinear(to.depthY, at, width, a, b);
  // The sky has no depth to compare; NaN fails as well.
  if (!(wanted > leastDepth) || Number.isNaN(depthU + depthV)) return;
  fillRow(depthU, depthV, 1, d, qx, qy, near, fx, fy);
  addEquation(bilinear(inverseDepth, at, width, a, b) - wanted, wanted, depthErrors);
}

/** How an error changes with a small turn (0..2) and move (3..5) of what is seen. @param depthShare 1: minus the depth */
function fillRow(
  slopeU: number,
  slopeV: number,
  depthShare: number,
  d: number,
  qx: number,
  qy: number,
  near: number,
  fx: number,
  fy: number,
): void {
  const qz = -1 / near;
  const gx = slopeU * fx * near;
  const gy = -slopeV * fy * near;
  // u and v both have `near`, which grows with qz; the wanted depth is d * near.
  const gz = (slopeU * fx * qx - slopeV * fy * qy - depthShare * d) * near * near;
  row[0] = qy * gz - qz * gy;
  row[1] = qz * gx - qx * gz;
  row[2] = qx * gy - qy * gx;
  row[3] = gx * d;
  row[4] = gy * d;
  row[5] = gz * d;
}

/** @param unit that the error is a share of */
function addEquation(error: number, unit: number, errors: ErrorScale): void {
  errors.add(error / unit);
  const scale = unit * errors.scale;
  const relative = error / scale;
  // Cauchy's weight: outliers fade instead of being cut off.
  const weight = 1 / (scale * scale * (1 + relative * relative));
  for (let i = 0; i < 6; i++) {
    const scaled = weight * row[i];
    right[i] -= scaled * error;
    for (let j = 0; j <= i; j++) normal[i * 6 + j] += scaled * row[j];
  }
}

function bilinear(values: Float32Array, at: number, width: number, a: number, b: number): number {
  const top = values[at] * (1 - a) + values[at + 1] * a;
  const bottom = values[at + width] * (1 - a) + values[at + width + 1] * a;
  return top * (1 - b) + bottom * b;
}

const turn = mat4.create();
const axis = vec3.create();

/** Turns and moves what is seen, after the pose so far. */
function applyTwist(bFromA: Pose, twist: Float64Array): void {
  const angle = Math.hypot(twist[0], twist[1], twist[2]);
  mat4.fromTranslation(turn, [twist[3], twist[4], twist[5]]);
  if (angle > 1e-12) mat4.rotate(turn, turn, angle, vec3.set(axis, twist[0], twist[1], twist[2]));
  mat4.multiply(bFromA, turn, bFromA);
}
