import type { Pose } from '../../math/types';
import { jointDistanceM, joints, type HandJoints } from './hand-joints';

/** The palm is turned to the face, and the face to the palm, within the first angle to begin with, then the second. */
const facingCos = [Math.cos((35 * Math.PI) / 180), Math.cos((55 * Math.PI) / 180)] as const;
const seenCos = [Math.cos((40 * Math.PI) / 180), Math.cos((55 * Math.PI) / 180)] as const;
/** Fingers are long: an open hand reaches this far from wrist to the tip of the middle finger, a fist does not; metres. */
const openReachM = [0.13, 0.11] as const;
/** Pinched further than this, the hand does something else. */
const pinchBelow = 0.5;
/** It was meant when it lasts, seconds; a flicker of the tracking does not end it. */
const holdS = 0.5;
const graceS = 0.12;

/** From the palm to the head, unit length; of the last {@link palmFacesHead}. */
const toHead: [number, number, number] = [0, 0, 0];

/** Notices an open palm that is held before the face. Pure: poses in, one answer a frame out. */
export class PalmGesture {
  private heldS = 0;
  private awayS = 0;

  /**
   * One display frame.
   * @param pinch how far thumb and index finger are pinched, 0 … 1
   * @returns whether the palm is open now
   */
  update(hand: HandJoints, roomFromHead: Pose, pinch: number, dtS: number): boolean {
    const isOpen = this.heldS >= holdS;
    if (hand.isTracked && isHeldUp(hand, roomFromHead, pinch, this.heldS > 0)) {
      this.awayS = 0;
      this.heldS = Math.min(this.heldS + dtS, holdS);
    } else if (this.heldS > 0) {
      this.awayS += dtS;
      if (!isOpen || this.awayS > graceS) this.clear();
    }
    return this.heldS >= holdS;
  }

  clear(): void {
    this.heldS = 0;
    this.awayS = 0;
  }
}

/** Cosine of the angle between what comes straight out of the palm and the way to the eyes; 1: turned to the face. */
export function palmFacesHead({ roomFromJoint: m }: HandJoints, head: Pose): number {
  const wrist = joints.wrist * 16;
  const root = joints.middleRoot * 16;
  for (let i = 0; i < 3; i++) toHead[i] = head[12 + i]! - (m[wrist + 12 + i]! + m[root + 12 + i]!) / 2;
  const distanceM = Math.hypot(toHead[0], toHead[1], toHead[2]);
  if (distanceM < 1e-3) return 0;
  for (let i = 0; i < 3; i++) toHead[i]! /= distanceM;
  // Out of the palm is -Y of the bone behind the middle finger.
  const bone = joints.middleMetacarpal * 16;
  return -(m[bone + 4]! * toHead[0] + m[bone + 5]! * toHead[1] + m[bone + 6]! * toHead[2]);
}

/** @param wasHeldUp with hysteresis: what has begun ends later */
function isHeldUp(hand: HandJoints, head: Pose, pinch: number, wasHeldUp: boolean): boolean {
  const late = wasHeldUp ? 1 : 0;
  if (pinch > pinchBelow || jointDistanceM(hand, joints.wrist, joints.middleTip) < openReachM[late]) return false;
  if (palmFacesHead(hand, head) < facingCos[late]) return false;
  // The head looks along its own -Z.
  return head[8]! * toHead[0] + head[9]! * toHead[1] + head[10]! * toHead[2] > seenCos[late];
}
