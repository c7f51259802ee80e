import type { Pose } from '../../math/types';
import type { HandState } from '../hand-state';
import { aimFromJoints, gripFromJoints } from './palm-pose';

/** Where a pinch holds things of which only the ray is known: so far along the ray, metres. */
const heldAheadM = 0.45;

/**
 * Reads grip and ray of a hand; what the runtime leaves out is taken from the joints, or the one from the other.
 * @returns false where neither is known; then both stay what they were
 */
export function readHandPoses(
  hand: HandState,
  source: XRInputSource,
  frame: XRFrame,
  roomSpace: XRSpace,
  roomFromHead: Pose,
): boolean {
  const { side, roomFromAim, roomFromGrip, joints } = hand;
  const aim = frame.getPose(source.targetRaySpace, roomSpace);
  const grip = source.gripSpace ? frame.getPose(source.gripSpace, roomSpace) : null;
  if (!aim && !grip && !joints.isTracked) return false;
  if (aim) roomFromAim.set(aim.transform.matrix);
  else if (joints.isTracked) aimFromJoints(side, joints, roomFromHead, roomFromAim);
  else roomFromAim.set(grip!.transform.matrix);
  if (grip) {
    roomFromGrip.set(grip.transform.matrix);
  } else if (joints.isTracked) {
    gripFromJoints(side, joints, roomFromGrip);
  } else {
    roomFromGrip.set(roomFromAim);
    const isGripless = source.targetRayMode !== 'tracked-pointer';
    if (isGripless) for (let i = 0; i < 3; i++) roomFromGrip[12 + i]! -= heldAheadM * roomFromAim[8 + i]!;
  }
  return true;
}
