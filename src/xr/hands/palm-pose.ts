import { poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { joints, type HandJoints } from './hand-joints';

/** A shoulder as seen from the eyes, metres: below, and to its side; for a ray where the runtime gives none. */
const shoulderDownM = 0.22;
const shoulderAsideM = 0.17;

const point: [number, number, number] = [0, 0, 0];

/**
 * Where a bare hand holds things, from its joints alone, with the axes of WebXR's grip space: the thumb's side of a rod
 * in the fist is -Z, the fingers point to -Y, and +X is to the right of a hand whose thumb is up.
 */
export function gripFromJoints(side: 'left' | 'right', { roomFromJoint: m }: HandJoints, out: Pose): Pose {
  const wrist = joints.wrist * 16;
  const root = joints.middleRoot * 16;
  const aside = side === 'left' ? -1 : 1;
  for (let i = 0; i < 3; i++) {
    // +Y of a joint comes out of the back of the hand, -Z runs to the fingers.
    out[i] = aside * m[wrist + 4 + i]!;
    out[4 + i] = m[wrist + 8 + i]!;
    // A fist closes some 3 cm in front of the middle of the palm.
    out[12 + i] = (m[wrist + 12 + i]! + 2 * m[root + 12 + i]!) / 3 - 0.03 * m[wrist + 4 + i]!;
  }
  out[8] = out[1]! * out[6]! - out[2]! * out[5]!;
  out[9] = out[2]! * out[4]! - out[0]! * out[6]!;
  out[10] = out[0]! * out[5]! - out[1]! * out[4]!;
  out[3] = out[7] = out[11] = 0;
  out[15] = 1;
  return out;
}

/** The ray of a bare hand where the runtime gives none: from the shoulder through the root of the index finger. */
export function aimFromJoints(side: 'left' | 'right', { roomFromJoint: m }: HandJoints, roomFromHead: Pose, out: Pose): Pose {
  const at = joints.indexRoot * 16 + 12;
  const aside = side === 'left' ? -shoulderAsideM : shoulderAsideM;
  // The shoulders turn with the head, but do not pitch with it.
  const level = Math.hypot(roomFromHead[0]!, roomFromHead[2]!) || 1;
  const dx = m[at]! - roomFromHead[12]! - (aside * roomFromHead[0]!) / level;
  const dy = m[at + 1]! - roomFromHead[13]! + shoulderDownM;
  const dz = m[at + 2]! - roomFromHead[14]! - (aside * roomFromHead[2]!) / level;
  for (let i = 0; i < 3; i++) point[i] = m[at + i]!;
  return poseFromYawPitch(point, Math.atan2(-dx, -dz), Math.atan2(dy, Math.hypot(dx, dz)), 0, out);
}
