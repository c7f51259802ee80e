import { createPose } from '../math/pose';
import { buttonNames, type Action } from './action';

const poseLength = 16;
const pointerLength = poseLength + 1;

/** An action carries at most this many pointers. */
export const maxPointers = 2;

/** Where each part of an {@link Action} lies in its flat form. Units are those of the action. */
export const actionOffsets = Object.freeze({
  id: 0,
  atMs: 1,
  dtMs: 2,
  worldFromHead: 3,
  worldFromPredictedHead: 3 + poseLength,
  move: 3 + 2 * poseLength,
  turnRadPerS: 6 + 2 * poseLength,
  buttons: 7 + 2 * poseLength,
  pointerCount: 7 + 2 * poseLength + buttonNames.length,
  /** Pointer i begins at `pointers + i * 17`: its pose, then how far it is pressed. */
  pointers: 8 + 2 * poseLength + buttonNames.length,
});

/** Numbers in the flat form of every action, whatever it carries. */
export const actionLength = actionOffsets.pointers + maxPointers * pointerLength;

/** A new action at the origin that asks for nothing; id 0 means "none yet". */
export function createAction(): Action {
  return {
    id: 0,
    atMs: 0,
    dtMs: 0,
    worldFromHead: createPose(),
    worldFromPredictedHead: createPose(),
    intent: { move: [0, 0, 0], turnRadPerS: 0, buttons: new Float32Array(buttonNames.length), pointers: [] },
  };
}

/**
 * Makes the list hold `count` pointers. Allocates only when a pointer appears, so reuse one action in loops.
 * @throws RangeError when an action cannot carry so many.
 */
export function resizePointers(action: Action, count: number): void {
  if (!(count >= 0 && count <= maxPointers)) {
    throw new RangeError(`An action carries 0 to ${maxPointers} pointers, not ${count}. Leave the others out.`);
  }
  const { pointers } = action.intent;
  if (pointers.length > count) pointers.length = count;
  while (pointers.length < count) pointers.push({ worldFromPointer: createPose(), pressed: 0 });
}

/**
 * Writes the action's flat form, {@link actionLength} numbers, into `out`; the part of an absent pointer is zero.
 * @throws RangeError when `out` is too short or the action has more than {@link maxPointers} pointers.
 */
export function encodeAction(action: Action, out: Float64Array): Float64Array {
  checkLength(out);
  const { intent } = action;
  if (intent.pointers.length > maxPointers) {
    throw new RangeError(`An action carries 0 to ${maxPointers} pointers, not ${intent.pointers.length}.`);
  }
  out[actionOffsets.id] = action.id;
  out[actionOffsets.atMs] = action.atMs;
  out[actionOffsets.dtMs] = action.dtMs;
  out.set(action.worldFromHead, actionOffsets.worldFromHead);
  out.set(action.worldFromPredictedHead, actionOffsets.worldFromPredictedHead);
  out.set(intent.move, actionOffsets.move);
  out[actionOffsets.turnRadPerS] = intent.turnRadPerS;
  out.set(intent.buttons, actionOffsets.buttons);
  out[actionOffsets.pointerCount] = intent.pointers.length;
  for (let i = 0; i < maxPointers; i++) {
    const offset = actionOffsets.pointers + i * pointerLength;
    if (i >= intent.pointers.length) {
      out.fill(0, offset, offset + pointerLength);
      continue;
    }
    const pointer = intent.pointers[i];
    out.set(pointer.worldFromPointer, offset);
    out[offset + poseLength] = pointer.pressed;
  }
  return out;
}

/**
 * Reads the flat form of an action into `out`, an action from {@link createAction} that may be used again and again.
 * Numbers come back exactly; poses and buttons are single precision, as they were before.
 * @throws RangeError when `values` is too short or its count of pointers is impossible.
 */
export function decodeAction(values: Float64Array, out: Action): Action {
  checkLength(values);
  const { intent } = out;
  out.id = values[actionOffsets.id];
  out.atMs = values[actionOffsets.atMs];
  out.dtMs = values[actionOffsets.dtMs];
  copyInto(out.worldFromHead, values, actionOffsets.worldFromHead);
  copyInto(out.worldFromPredictedHead, values, actionOffsets.worldFromPredictedHead);
  copyInto(intent.move, values, actionOffsets.move);
  intent.turnRadPerS = values[actionOffsets.turnRadPerS];
  copyInto(intent.buttons, values, actionOffsets.buttons);
  resizePointers(out, values[actionOffsets.pointerCount]);
  for (let i = 0; i < intent.pointers.length; i++) {
    const offset = actionOffsets.pointers + i * pointerLength;
    copyInto(intent.pointers[i].worldFromPointer, values, offset);
    intent.pointers[i].pressed = values[offset + poseLength];
  }
  return out;
}

function copyInto(target: Float32Array | number[], values: Float64Array, offset: number): void {
  for (let i = 0; i < target.length; i++) target[i] = values[offset + i];
}

function checkLength(values: Float64Array): void {
  if (values.length < actionLength) {
    throw new RangeError(`The flat form of an action is ${actionLength} numbers, but the array has ${values.length}.`);
  }
}
