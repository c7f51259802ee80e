import type { Pose } from '../math/types';

/** A head pose as numbers that can be compared and interpolated: x, y, z in metres, then the rotation's x, y, z, w. */
export const sampleLength = 7;

/** A pose's position and rotation, written into `out` from `at` on. */
export function writeSample(out: Float64Array, at: number, m: Pose): void {
  for (let i = 0; i < 3; i++) out[at + i] = m[12 + i]!;
  const r = at + 3;
  const trace = m[0]! + m[5]! + m[10]!;
  // Each case is the quaternion times four times its largest part, so that nothing small is divided by.
  if (trace > 0) set(out, r, m[6]! - m[9]!, m[8]! - m[2]!, m[1]! - m[4]!, trace + 1);
  else if (m[0]! > m[5]! && m[0]! > m[10]!) {
    set(out, r, 1 + m[0]! - m[5]! - m[10]!, m[4]! + m[1]!, m[8]! + m[2]!, m[6]! - m[9]!);
  } else if (m[5]! > m[10]!) set(out, r, m[4]! + m[1]!, 1 + m[5]! - m[0]! - m[10]!, m[6]! + m[9]!, m[8]! - m[2]!);
  else set(out, r, m[8]! + m[2]!, m[6]! + m[9]!, 1 + m[10]! - m[0]! - m[5]!, m[1]! - m[4]!);
}

/** Rotation vector, radians in world axes, that takes rotation `from` to `to`; the short way round. */
export function rotationBetween(out: Float64Array, from: Float64Array, fromAt: number, to: Float64Array, toAt: number): void {
  const f = fromAt + 3;
  const t = toAt + 3;
  const fx = -from[f]!;
  const fy = -from[f + 1]!;
  const fz = -from[f + 2]!;
  const fw = from[f + 3]!;
  const tx = to[t]!;
  const ty = to[t + 1]!;
  const tz = to[t + 2]!;
  const tw = to[t + 3]!;
  const x = tw * fx + tx * fw + ty * fz - tz * fy;
  const y = tw * fy - tx * fz + ty * fw + tz * fx;
  const z = tw * fz + tx * fy - ty * fx + tz * fw;
  const w = tw * fw - tx * fx - ty * fy - tz * fz;
  const sine = Math.hypot(x, y, z);
  // At no angle the axis is anything, and the angle's size over its sine is 2.
  const scale = sine < 1e-12 ? 2 : (2 * Math.atan2(sine, Math.abs(w))) / sine;
  const sign = w < 0 ? -scale : scale;
  out[0] = x * sign;
  out[1] = y * sign;
  out[2] = z * sign;
}

/** Angle between two rotations, radians, 0..pi. */
export function angleOf(a: Float64Array, aAt: number, b: Float64Array, bAt: number): number {
  rotationBetween(scratch, a, aAt, b, bAt);
  return Math.hypot(scratch[0]!, scratch[1]!, scratch[2]!);
}

/** Metres between two positions. */
export function distanceOf(a: Float64Array, aAt: number, b: Float64Array, bAt: number): number {
  return Math.hypot(a[aAt]! - b[bAt]!, a[aAt + 1]! - b[bAt + 1]!, a[aAt + 2]! - b[bAt + 2]!);
}

/**
 * Between two samples, the position on a straight line and the rotation by normalised linear interpolation: for the angle
 * between two display frames that is a turn at constant speed to a thousandth of a degree.
 */
export function mixSamples(out: Float64Array, a: Float64Array, aAt: number, b: Float64Array, bAt: number, share: number): void {
  let dot = 0;
  for (let i = 3; i < sampleLength; i++) dot += a[aAt + i]! * b[bAt + i]!;
  const sign = dot < 0 ? -1 : 1;
  let squares = 0;
  for (let i = 0; i < sampleLength; i++) {
    const mixed = a[aAt + i]! * (1 - share) + (i < 3 ? 1 : sign) * b[bAt + i]! * share;
    out[i] = mixed;
    if (i >= 3) squares += mixed * mixed;
  }
  const length = Math.sqrt(squares);
  for (let i = 3; i < sampleLength; i++) out[i] = out[i]! / length;
}

const scratch = new Float64Array(3);

function set(out: Float64Array, at: number, x: number, y: number, z: number, w: number): void {
  const length = Math.hypot(x, y, z, w);
  out[at] = x / length;
  out[at + 1] = y / length;
  out[at + 2] = z / length;
  out[at + 3] = w / length;
}
