/** Joints of the WebXR hand input module, in its order: the wrist, then thumb to little finger, each from root to tip. */
export const jointCount = 25;

/** Index of the joints that are asked for by name. */
export const joints = Object.freeze({
  wrist: 0,
  thumbTip: 4,
  indexRoot: 6,
  indexTip: 9,
  middleMetacarpal: 10,
  middleRoot: 11,
  middleTip: 14,
  ringTip: 19,
  littleTip: 24,
});

/** The bone that ends in a joint begins in this one; -1: no bone. The metacarpals of the fingers begin at the wrist. */
export const boneParents: readonly number[] = Array.from({ length: jointCount }, (_, joint) => {
  if (joint === 0) return -1;
  return joint === 1 || joint % 5 === 0 ? 0 : joint - 1;
});

/** A bare hand in this display frame; filled in place. */
export type HandJoints = {
  isTracked: boolean;
  /** Column-major 4x4 matrices, one after the other, in the tracked room, metres. -Z runs to the tip, +Y out of the back. */
  readonly roomFromJoint: Float32Array;
  /** Distance of the joint from the skin, metres. */
  readonly radiiM: Float32Array;
};

export function createHandJoints(): HandJoints {
  return { isTracked: false, roomFromJoint: new Float32Array(jointCount * 16), radiiM: new Float32Array(jointCount).fill(0.008) };
}

/** Distance between two joints, metres. */
export function jointDistanceM({ roomFromJoint: m }: HandJoints, a: number, b: number): number {
  const p = a * 16 + 12;
  const q = b * 16 + 12;
  return Math.hypot(m[p]! - m[q]!, m[p + 1]! - m[q + 1]!, m[p + 2]! - m[q + 2]!);
}

/** Of the hand input module; the types of the standard have not got it yet. */
type WithRadii = XRFrame & { fillJointRadii?: (spaces: XRJointSpace[], radii: Float32Array) => boolean };

/** Reads the joints of one hand without making anything new in each frame. */
export class JointReader {
  private hand: XRHand | null = null;
  private readonly spaces: XRJointSpace[] = [];

  /** Fills `out`; where the runtime does not know every joint, the hand counts as not tracked. */
  read(frame: XRFrame, hand: XRHand | null, roomSpace: XRSpace, out: HandJoints): void {
    out.isTracked = false;
    if (!hand || !frame.fillPoses) return;
    if (hand !== this.hand) {
      this.hand = hand;
      this.spaces.length = 0;
      for (const space of hand.values()) this.spaces.push(space);
    }
    if (this.spaces.length !== jointCount) return;
    out.isTracked = frame.fillPoses(this.spaces, roomSpace, out.roomFromJoint);
    if (out.isTracked) (frame as WithRadii).fillJointRadii?.(this.spaces, out.radiiM);
  }
}
