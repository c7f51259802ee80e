import { multiplyPose, withoutScale } from '../math/pose';
import type { Pose } from '../math/types';
import type { Action } from './action';
import { resizePointers } from './action-codec';

/** How fast a fully pushed turn axis turns, rad/s (90 degrees a second). */
export const smoothTurnRadPerS = Math.PI / 2;

/** A ray of a device: held in the room (a controller) or seen from the head (the mouse, a finger). */
export type WishedPointer = {
  space: 'room' | 'head';
  /** The ray starts at this pose and runs along its -Z; metres, in `space`. */
  spaceFromPointer: Pose;
  /** 0 released … 1 fully pressed. */
  pressed: number;
};

/** What all devices together wish in one display frame; `src/xr/controls.ts` collects it. */
export type Wishes = {
  /** -1 … 1 each, in the head's heading frame; devices add, so the sum may be larger. */
  moveRight: number;
  moveUp: number;
  moveBack: number;
  /** Multiple of the walking speed: 1 walks, 2 runs. */
  speedFactor: number;
  /** Look since the last frame, radians: yaw positive to the left, pitch positive up. Page only. */
  lookYawRad: number;
  lookPitchRad: number;
  /** -1 … 1, positive to the left: turns smoothly whatever the settings say. */
  turn: number;
  /** -1 … 1, positive to the left: the headset's turning stick, smooth only where the person chose that. */
  stickTurn: number;
  /** 0 … 1, in the order of `buttonNames`. */
  buttons: Float32Array;
  pointers: WishedPointer[];
  /** How many of `pointers` are in use. */
  pointerCount: number;
  /** `timeStamp` of the newest event, ms on the window's performance clock; 0 when there was none. */
  lastEventMs: number;
};

/** Everything one sample is made of; reuse one object in the frame loop. */
export type ActionSample = {
  wishes: Wishes;
  /** The tracked room in the world; its scale does not reach the pointers. */
  worldFromRoom: Pose;
  worldFromHead: Pose;
  /** When the head pose was taken, ms on the window's performance clock. */
  nowMs: number;
  /** Length of this display frame, seconds. */
  dtS: number;
  walkSpeedMps: number;
  turn: 'snap' | 'smooth';
};

/** Wanted velocity in m/s in the heading frame, [right, up, back]. Diagonals are no faster than straight lines. */
export function wishedVelocity<T extends number[]>(wishes: Wishes, walkSpeedMps: number, out: T): T {
  const length = Math.hypot(wishes.moveRight, wishes.moveUp, wishes.moveBack);
  const scale = (walkSpeedMps * wishes.speedFactor) / Math.max(length, 1);
  out[0] = wishes.moveRight * scale;
  out[1] = wishes.moveUp * scale;
  out[2] = wishes.moveBack * scale;
  return out;
}

/** Wanted smooth turn from axes (not from the mouse), rad/s, positive to the left. */
export function wishedTurnRadPerS(wishes: Wishes, turn: 'snap' | 'smooth'): number {
  const axis = wishes.turn + (turn === 'smooth' ? wishes.stickTurn : 0);
  return Math.min(Math.max(axis, -1), 1) * smoothTurnRadPerS;
}

/**
 * Turns `action` into the sample after itself: the id counts up, the times go on, the rest is replaced. Reuse one
 * action; it allocates only when a pointer appears. The predicted head is the head itself until the caller predicts
 * (`predict.ts`). A snap turn is in the pose, not in `turnRadPerS`: it has no rate.
 */
export function fillAction(action: Action, sample: ActionSample): Action {
  const { wishes } = sample;
  const { intent } = action;
  const wantedAtMs = wishes.lastEventMs > 0 ? Math.min(wishes.lastEventMs, sample.nowMs) : sample.nowMs;
  // An event can be older than the sample before it (a gamepad's last change, long before it was first read); time
  // never runs backwards for a model.
  const atMs = action.id === 0 ? sample.nowMs : Math.max(wantedAtMs, action.atMs);
  action.dtMs = action.id === 0 ? 0 : atMs - action.atMs;
  action.atMs = atMs;
  action.id += 1;
  action.worldFromHead.set(sample.worldFromHead);
  action.worldFromPredictedHead.set(sample.worldFromHead);
  wishedVelocity(wishes, sample.walkSpeedMps, intent.move);
  intent.turnRadPerS = wishedTurnRadPerS(wishes, sample.turn);
  if (sample.dtS > 0) intent.turnRadPerS += wishes.lookYawRad / sample.dtS;
  for (let i = 0; i < intent.buttons.length; i++) intent.buttons[i] = clamp01(wishes.buttons[i]);
  resizePointers(action, wishes.pointerCount);
  for (let i = 0; i < wishes.pointerCount; i++) {
    const wished = wishes.pointers[i];
    const worldFromSpace = wished.space === 'room' ? sample.worldFromRoom : sample.worldFromHead;
    withoutScale(multiplyPose(intent.pointers[i].worldFromPointer, worldFromSpace, wished.spaceFromPointer));
    intent.pointers[i].pressed = clamp01(wished.pressed);
  }
  return action;
}

function clamp01(value: number): number {
  return Math.min(Math.max(value, 0), 1);
}
