import type { RigidBody, Collider } from '@dimforge/rapier3d-compat';
import type { Pose } from '../math/types';

export type BodyShape = 'ball' | 'cube';

export type BodySpec = {
  shape: BodyShape;
  /** Of the ball, or half the side of the cube, metres. */
  radiusM: number;
  worldFromBody: Pose;
  velocityMps: ArrayLike<number>;
  angularRadPerS: ArrayLike<number>;
  /** kg/m³. */
  density?: number;
};

/** One body between two steps of the engine. Mutable, and never made anew in a frame. */
export type Body = {
  readonly id: number;
  readonly shape: BodyShape;
  readonly radiusM: number;
  readonly rigid: RigidBody;
  readonly collider: Collider;
  held: boolean;
  /** Position and quaternion after the last step and after the one before. */
  readonly now: Float64Array;
  readonly before: Float64Array;
  /** Velocity after the last step, m/s. */
  readonly velocity: Float64Array;
  /** Where the hand has it: position and quaternion. */
  readonly grip: Float64Array;
  /** Motion and height after the last step, J/kg; NaN: it was in a hand. */
  energyJkg: number;
  asleep: boolean;
  /** Where the ground below was asked for last, and its height there, metres. */
  readonly ground: { x: number; z: number; y: number };
};

/** Position and unit quaternion (x, y, z, w) of a rigid pose, 7 numbers. Shepperd's method: no small divisor. */
export function readPose(out: Float64Array, pose: Pose): void {
  const [m00, m10, m20, , m01, m11, m21, , m02, m12, m22] = pose as unknown as number[];
  const trace = m00! + m11! + m22!;
  let x: number, y: number, z: number, w: number;
  if (trace > 0) {
    [x, y, z, w] = [m21! - m12!, m02! - m20!, m10! - m01!, 1 + trace];
  } else if (m00! > m11! && m00! > m22!) {
    [x, y, z, w] = [1 + m00! - m11! - m22!, m10! + m01!, m02! + m20!, m21! - m12!];
  } else if (m11! > m22!) {
    [x, y, z, w] = [m10! + m01!, 1 + m11! - m00! - m22!, m21! + m12!, m02! - m20!];
  } else {
    [x, y, z, w] = [m02! + m20!, m21! + m12!, 1 + m22! - m00! - m11!, m10! - m01!];
  }
  const length = Math.hypot(x, y, z, w);
  out[0] = pose[12]!;
  out[1] = pose[13]!;
  out[2] = pose[14]!;
  out[3] = x / length;
  out[4] = y / length;
  out[5] = z / length;
  out[6] = w / length;
}

/** Between two poses of 7 numbers, written at `at` as floats: positions on a line, turns by the shorter way. */
export function writeBetween(out: Float32Array, at: number, a: Float64Array, b: Float64Array, t: number): void {
  for (let k = 0; k < 3; k++) out[at + k] = a[k]! + (b[k]! - a[k]!) * t;
  const sign = a[3]! * b[3]! + a[4]! * b[4]! + a[5]! * b[5]! + a[6]! * b[6]! < 0 ? -1 : 1;
  let squares = 0;
  for (let k = 3; k < 7; k++) {
    const value = a[k]! + (sign * b[k]! - a[k]!) * t;
    out[at + k] = value;
    squares += value * value;
  }
  const scale = 1 / Math.sqrt(squares);
  for (let k = 3; k < 7; k++) out[at + k]! *= scale;
}
