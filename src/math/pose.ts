import { mat4, quat, type vec3 } from 'gl-matrix';
import type { Pose } from './types';

/** Three numbers: metres, or a direction without unit. Any indexable triple, so that vec3, arrays and views all fit. */
export type Triple = ArrayLike<number>;

/** A new identity pose: at the origin, looking along -Z. The only function here that allocates. */
export function createPose(): Pose {
  return mat4.create() as Pose;
}

/**
 * Pose of something that stands at `position` (metres), turned by yaw about +Y (positive is to the left), then
 * pitched about its own +X (positive is up), then rolled about its own +Z. All in radians; yaw 0 looks along -Z.
 * Pass `out` in loops; without it a new pose is made.
 */
export function poseFromYawPitch(
  position: Triple,
  yawRad: number,
  pitchRad: number,
  rollRad = 0,
  out: Pose = createPose(),
): Pose {
  mat4.fromTranslation(out, position as vec3);
  mat4.rotateY(out, out, yawRad);
  mat4.rotateX(out, out, pitchRad);
  return rollRad === 0 ? out : (mat4.rotateZ(out, out, rollRad) as Pose);
}

/** Inverse of a rigid transform, by transposing: exact where a general inverse drifts. `out` may be `pose`. */
export function invertRigid(out: Pose, pose: Pose): Pose {
  const r00 = pose[0];
  const r10 = pose[1];
  const r20 = pose[2];
  const r01 = pose[4];
  const r11 = pose[5];
  const r21 = pose[6];
  const r02 = pose[8];
  const r12 = pose[9];
  const r22 = pose[10];
  const x = pose[12];
  const y = pose[13];
  const z = pose[14];
  out[0] = r00;
  out[1] = r01;
  out[2] = r02;
  out[3] = 0;
  out[4] = r10;
  out[5] = r11;
  out[6] = r12;
  out[7] = 0;
  out[8] = r20;
  out[9] = r21;
  out[10] = r22;
  out[11] = 0;
  out[12] = -(r00 * x + r10 * y + r20 * z);
  out[13] = -(r01 * x + r11 * y + r21 * z);
  out[14] = -(r02 * x + r12 * y + r22 * z);
  out[15] = 1;
  return out;
}

/** out = a * b, e.g. worldFromHead = worldFromRig * rigFromHead. `out` may be `a` or `b`. */
export function multiplyPose(out: Pose, a: Pose, b: Pose): Pose {
  return mat4.multiply(out, a, b) as Pose;
}

/** Takes the scale out of the axes of a similarity, in place; its position stays. */
export function withoutScale(similarity: Pose): Pose {
  const scale = scaleOf(similarity);
  // What is rigid already stays as it is, to the last bit.
  if (Math.abs(scale - 1) < 1e-6) return similarity;
  for (let column = 0; column < 12; column += 4) {
    for (let row = 0; row < 3; row++) similarity[column + row] /= scale;
  }
  return similarity;
}

/** How many times longer a metre becomes. */
export function scaleOf(similarity: Pose): number {
  return Math.hypot(similarity[0], similarity[1], similarity[2]);
}

/** Position of the pose, metres, written into `out`. */
export function translation<T extends vec3 | number[]>(out: T, pose: Pose): T {
  out[0] = pose[12];
  out[1] = pose[13];
  out[2] = pose[14];
  return out;
}

// |sine of pitch| between which the heading passes from the view direction to the head's up axis: 64 to 84 degrees.
const steepFrom = 0.9;
const steepTo = 0.995;

/**
 * Where the head faces on the floor, as a yaw in radians (0 is -Z, positive to the left). It is the yaw of the view
 * direction; close to straight down or up, where that has no floor direction, the head's +Y axis takes over (forward
 * when looking down, backward when looking up), so that walking does not spin while one looks at one's feet.
 */
export function headingYaw(pose: Pose): number {
  const forwardX = -pose[8];
  const forwardY = -pose[9];
  const forwardZ = -pose[10];
  const steepness = Math.abs(forwardY);
  if (steepness <= steepFrom) return Math.atan2(-forwardX, -forwardZ);
  const t = Math.min((steepness - steepFrom) / (steepTo - steepFrom), 1);
  const upShare = t * t * (3 - 2 * t);
  const away = forwardY > 0 ? -upShare : upShare;
  const floorLength = Math.hypot(forwardX, forwardZ);
  const forwardShare = floorLength > 1e-6 ? (1 - upShare) / floorLength : 0;
  const x = forwardX * forwardShare + pose[4] * away;
  const z = forwardZ * forwardShare + pose[6] * away;
  return Math.atan2(-x, -z);
}

/**
 * Angle in radians, 0..pi, of the single rotation that takes the orientation of `a` to that of `b`. Uses the chord
 * between the rotation matrices, |A - B| = 2 sqrt(2) sin(angle / 2), which keeps small angles that an arc cosine of
 * the trace would round to zero in single precision.
 */
export function angleBetween(a: Pose, b: Pose): number {
  let sumOfSquares = 0;
  for (let column = 0; column < 12; column += 4) {
    for (let row = 0; row < 3; row++) {
      const difference = a[column + row] - b[column + row];
      sumOfSquares += difference * difference;
    }
  }
  return 2 * Math.asin(Math.min(Math.sqrt(sumOfSquares / 8), 1));
}

/** Distance in metres between the positions of two poses. */
export function distanceBetween(a: Pose, b: Pose): number {
  return Math.hypot(a[12] - b[12], a[13] - b[13], a[14] - b[14]);
}

/** Rotation of a rigid pose as a unit quaternion; gl-matrix's own mat4.getRotation allocates on every call. */
export function quaternionFromPose(out: quat, m: Pose): quat {
  const trace = m[0] + m[5] + m[10];
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    quat.set(out, (m[6] - m[9]) / s, (m[8] - m[2]) / s, (m[1] - m[4]) / s, s / 4);
  } else if (m[0] > m[5] && m[0] > m[10]) {
    const s = Math.sqrt(1 + m[0] - m[5] - m[10]) * 2;
    quat.set(out, s / 4, (m[1] + m[4]) / s, (m[8] + m[2]) / s, (m[6] - m[9]) / s);
  } else if (m[5] > m[10]) {
    const s = Math.sqrt(1 + m[5] - m[0] - m[10]) * 2;
    quat.set(out, (m[1] + m[4]) / s, s / 4, (m[6] + m[9]) / s, (m[8] - m[2]) / s);
  } else {
    const s = Math.sqrt(1 + m[10] - m[0] - m[5]) * 2;
    quat.set(out, (m[8] + m[2]) / s, (m[6] + m[9]) / s, s / 4, (m[1] - m[4]) / s);
  }
  return quat.normalize(out, out);
}

/** Rigid pose of a position, metres, and a unit quaternion. */
export function poseFromQuaternion(out: Pose, px: number, py: number, pz: number, x: number, y: number, z: number, w: number): Pose {
  out[0] = 1 - 2 * (y * y + z * z);
  out[1] = 2 * (x * y + z * w);
  out[2] = 2 * (x * z - y * w);
  out[3] = 0;
  out[4] = 2 * (x * y - z * w);
  out[5] = 1 - 2 * (x * x + z * z);
  out[6] = 2 * (y * z + x * w);
  out[7] = 0;
  out[8] = 2 * (x * z + y * w);
  out[9] = 2 * (y * z - x * w);
  out[10] = 1 - 2 * (x * x + y * y);
  out[11] = 0;
  out[12] = px;
  out[13] = py;
  out[14] = pz;
  out[15] = 1;
  return out;
}
