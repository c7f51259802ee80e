import { scaleOf, type Triple } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { Collider } from '../../xr/locomotion';

const gravityMps2 = 9.81;
/** Fast enough for every arm. A giant before a small model would throw faster than anything can be caught by a floor. */
export const fastestThrowMps = 30;
export const fastestSpinRadPerS = 40;
/** A click throws no farther than this, metres: the lob would be too high. */
const farthestAimM = 5;
const aimStepM = 0.06;
/** This near to something, the ray has met it. */
const touchM = 0.04;

type Vector = Float32Array | number[];

/**
 * Velocity in the world of what moves through the tracked room: turned, and as many times faster as the room is larger.
 * @param worldFromRoom similarity. @param roomMps m/s. @param out m/s, no faster than {@link fastestThrowMps}
 */
export function worldVelocity<T extends Vector>(worldFromRoom: Pose, roomMps: Triple, out: T): T {
  turn(worldFromRoom, roomMps, 1, out);
  return limit(out, fastestThrowMps);
}

/** Angular velocity in the world, rad/s: turned; a scale changes no angle. */
export function worldSpin<T extends Vector>(worldFromRoom: Pose, roomRadPerS: Triple, out: T): T {
  turn(worldFromRoom, roomRadPerS, 1 / scaleOf(worldFromRoom), out);
  return limit(out, fastestSpinRadPerS);
}

/**
 * The velocity that takes a body from one place to another in the time that a straight flight at `speedMps` would need,
 * m/s: it falls by as much on the way as it is thrown too high. Without air.
 */
export function lobVelocity<T extends Vector>(from: Triple, to: Triple, speedMps: number, out: T): T {
  const [x, y, z] = [to[0]! - from[0]!, to[1]! - from[1]!, to[2]! - from[2]!];
  const flightS = Math.max(Math.hypot(x, y, z), 0.1) / speedMps;
  out[0] = x / flightS;
  out[1] = y / flightS + (gravityMps2 * flightS) / 2;
  out[2] = z / flightS;
  return out;
}

/**
 * Where a ray from the eye meets the floor or a wall that is known, at most {@link farthestAimM} away.
 * @param direction unit length. @param floorY where no collider knows the ground
 */
export function aimedPoint<T extends Vector>(eye: Triple, direction: Triple, collider: Collider | null, floorY: number, out: T): T {
  let atM = aimStepM;
  for (; atM < farthestAimM; atM += aimStepM) {
    const x = eye[0]! + direction[0]! * atM;
    const y = eye[1]! + direction[1]! * atM;
    const z = eye[2]! + direction[2]! * atM;
    const known = collider?.groundHeight(x, z) ?? floorY;
    if (y <= (Number.isFinite(known) ? known : floorY) + touchM) break;
    if (collider && collider.distance(x, y, z, aimStepM) < touchM) break;
  }
  for (let k = 0; k < 3; k++) out[k] = eye[k]! + direction[k]! * atM;
  return out;
}

function turn(pose: Pose, v: Triple, factor: number, out: Vector): void {
  const [x, y, z] = [v[0]! * factor, v[1]! * factor, v[2]! * factor];
  for (let k = 0; k < 3; k++) out[k] = pose[k]! * x + pose[4 + k]! * y + pose[8 + k]! * z;
}

function limit<T extends Vector>(v: T, most: number): T {
  const length = Math.hypot(v[0]!, v[1]!, v[2]!);
  if (length > most) for (let k = 0; k < 3; k++) v[k]! *= most / length;
  return v;
}
