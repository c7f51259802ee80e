import { createPose } from '../math/pose';
import type { Pose } from '../math/types';
import { createHandJoints, type HandJoints } from './hands/hand-joints';

/** What tracks a hand: a held controller, the bare hand, or a pinch of which only the ray is known (gaze-and-pinch). */
export type HandKind = 'controller' | 'hand' | 'pinch';

/** Who acts on the press of this hand; the first to claim it has it until it is released. */
export type HandClaim = 'menu' | 'objects' | 'teleport';

/** One hand of the visitor in this display frame; filled in place, before anything else reads it. */
export type HandState = {
  readonly side: 'left' | 'right';
  /**
   * Null: this hand is not tracked, and nothing else here counts. A hand that goes away while it holds or presses stays
   * for one more frame, in which the press and the grip end.
   */
  kind: HandKind | null;
  /** Where it holds things, in the tracked room, metres. */
  readonly roomFromGrip: Pose;
  /** Its ray starts here and runs along -Z, in the tracked room. */
  readonly roomFromAim: Pose;
  /** The same two in the world: rigid poses, whatever the room's scale is. */
  readonly worldFromGrip: Pose;
  readonly worldFromAim: Pose;
  /** Trigger or pinch, 0 … 1; `isPressed` has hysteresis. */
  press: number;
  isPressed: boolean;
  /** In the frame in which it began or ended. */
  pressBegan: boolean;
  pressEnded: boolean;
  /** In the frame of pressEnded or gripEnded: the hand was lost, nobody let go. What was held falls, nothing is chosen. */
  wasLost: boolean;
  /** The grip button of a controller; bare hands grab by pinching. */
  isGripping: boolean;
  gripBegan: boolean;
  gripEnded: boolean;
  /** Velocity of the grip over the last tenth of a second, in the tracked room, m/s and rad/s. */
  readonly velocityMps: Float32Array;
  readonly angularRadPerS: Float32Array;
  claim: HandClaim | null;
  /** The joints of a bare hand, in the tracked room; also tracked where a gaze-and-pinch is the one that presses. */
  readonly joints: HandJoints;
  /** The open palm is held before the face, with nothing pinched, for long enough to be meant. */
  palmOpen: boolean;
  /** In the frame in which that began. */
  palmOpened: boolean;
};

export type Hands = { readonly left: HandState; readonly right: HandState; readonly all: readonly [HandState, HandState] };

export function createHands(): Hands {
  const left = createHand('left');
  const right = createHand('right');
  return { left, right, all: [left, right] };
}

function createHand(side: 'left' | 'right'): HandState {
  return {
    side,
    kind: null,
    roomFromGrip: createPose(),
    roomFromAim: createPose(),
    worldFromGrip: createPose(),
    worldFromAim: createPose(),
    press: 0,
    isPressed: false,
    pressBegan: false,
    pressEnded: false,
    wasLost: false,
    isGripping: false,
    gripBegan: false,
    gripEnded: false,
    velocityMps: new Float32Array(3),
    angularRadPerS: new Float32Array(3),
    claim: null,
    joints: createHandJoints(),
    palmOpen: false,
    palmOpened: false,
  };
}
