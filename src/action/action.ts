import type { Pose } from '../math/types';

/** Every button an action can carry, in the order of the encoded form. */
export const buttonNames = [
  'triggerLeft',
  'triggerRight',
  'gripLeft',
  'gripRight',
  'primaryLeft',
  'primaryRight',
  'secondaryLeft',
  'secondaryRight',
] as const;
export type ButtonName = (typeof buttonNames)[number];

/** A ray that points into the world: a controller, a hand, the mouse. */
export type Pointer = {
  /** The ray starts at the origin of this pose and runs along its -Z. */
  worldFromPointer: Pose;
  /** 0 released … 1 fully pressed. */
  pressed: number;
};

/** What the person wants, whatever device said it. */
export type Intent = {
  /** Wanted velocity in m/s, in the head's heading frame: [right, up, back]; walking forward is -z. */
  move: [number, number, number];
  /** Wanted turn, rad/s, positive to the left (counter-clockwise seen from above). */
  turnRadPerS: number;
  /** 0 released … 1 fully pressed, in the order of {@link buttonNames}. */
  buttons: Float32Array;
  /** At most two: left and right hand, or the one pointer of the page. */
  pointers: Pointer[];
};

/** One sample of head pose and intent: what a world model is conditioned on. */
export type Action = {
  /** Counts up by one for each sample; 0 is "none yet". */
  id: number;
  /** When the newest event in it happened, ms on the window's performance clock. */
  atMs: number;
  /** Time since the action before it, ms. */
  dtMs: number;
  /** Where the head is (the page's camera without a headset), metres. */
  worldFromHead: Pose;
  /** Where the head is expected to be when a step that begins now is seen; what a model paints. */
  worldFromPredictedHead: Pose;
  intent: Intent;
};
