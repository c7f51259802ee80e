import { buttonNames, type ButtonName } from '../action/action';
import { maxPointers } from '../action/action-codec';
import type { WishedPointer, Wishes } from '../action/controls-to-action';
import { createPose } from '../math/pose';

/** All wishes of one display frame. Devices add into one shared object, so that any of them can be used at any time. */
export type Controls = Wishes & {
  /** One snap turn, in the frame in which the stick passes the edge: -1 to the right, 1 to the left, else 0. */
  snapTurn: number;
  /** The controller whose stick is pushed forward to aim a teleport; null: none. */
  teleportSide: 'left' | 'right' | null;
};

/** A source of wishes: keyboard, touch, gamepad, headset controllers. */
export interface InputDevice {
  /** Begins to listen; positions are measured on `target`. Attaching twice is the same as once. */
  attach(target: HTMLElement): void;
  /** Stops listening and lets go of everything that is held down. */
  detach(): void;
  /** Adds what happened since the last call into `controls`. @param dtS length of the display frame, seconds. */
  update(controls: Controls, dtS: number): void;
}

export function createControls(): Controls {
  const pointers: WishedPointer[] = [];
  for (let i = 0; i < maxPointers; i++) pointers.push({ space: 'room', spaceFromPointer: createPose(), pressed: 0 });
  return {
    moveRight: 0,
    moveUp: 0,
    moveBack: 0,
    speedFactor: 1,
    lookYawRad: 0,
    lookPitchRad: 0,
    turn: 0,
    stickTurn: 0,
    snapTurn: 0,
    teleportSide: null,
    buttons: new Float32Array(buttonNames.length),
    pointers,
    pointerCount: 0,
    lastEventMs: 0,
  };
}

/** Nothing is wished. */
export function resetControls(controls: Controls): void {
  controls.moveRight = 0;
  controls.moveUp = 0;
  controls.moveBack = 0;
  controls.speedFactor = 1;
  controls.lookYawRad = 0;
  controls.lookPitchRad = 0;
  controls.turn = 0;
  controls.stickTurn = 0;
  controls.snapTurn = 0;
  controls.teleportSide = null;
  controls.buttons.fill(0);
  controls.pointerCount = 0;
  controls.lastEventMs = 0;
}

/** Once a display frame: forgets the last frame and asks every device. */
export function readDevices(devices: readonly InputDevice[], controls: Controls, dtS: number): void {
  resetControls(controls);
  for (let i = 0; i < devices.length; i++) devices[i].update(controls, dtS);
}

const buttonIndex = Object.fromEntries(buttonNames.map((name, index) => [name, index])) as Record<ButtonName, number>;

/** The button is pressed at least this far, 0 … 1; the strongest device wins. */
export function pressButton(controls: Controls, name: ButtonName, value: number): void {
  const index = buttonIndex[name];
  controls.buttons[index] = Math.max(controls.buttons[index], value);
}

/** The next free pointer, to be filled in place; null when both are taken. */
export function takePointer(controls: Controls): WishedPointer | null {
  return controls.pointerCount < controls.pointers.length ? controls.pointers[controls.pointerCount++] : null;
}

/** Remembers when the newest event happened. @param timeStampMs ms on the window's performance clock. */
export function noteEvent(controls: Controls, timeStampMs: number): void {
  if (timeStampMs > controls.lastEventMs) controls.lastEventMs = timeStampMs;
}

/**
 * Radial dead zone: a stick closer to its centre than `zone` reads 0, and from there the reading rises from 0 to 1, so
 * that slow motions stay possible. Writes [x, y] into `out`; its length is at most 1.
 */
export function applyDeadZone(x: number, y: number, zone: number, out: [number, number]): [number, number] {
  const length = Math.hypot(x, y);
  const scale = length > zone ? Math.min((length - zone) / (1 - zone), 1) / length : 0;
  out[0] = x * scale;
  out[1] = y * scale;
  return out;
}
