import type { ButtonName } from '../../action/action';
import { applyDeadZone, pressButton, takePointer, type Controls, type InputDevice } from '../controls';
import type { HandTracker } from '../hands/hand-tracker';

const deadZone = 0.15;
/** The stick snap-turns when it passes the first figure, and not again until it came back below the second. */
const snapAt = 0.7;
const rearmBelow = 0.4;

type Side = 'left' | 'right';
const sides = ['left', 'right'] as const;

/** Buttons of the WebXR gamepads module's xr-standard mapping, by index; touchpad and stick presses are not used. */
const buttonsOf: Record<Side, readonly (ButtonName | null)[]> = {
  left: [null, 'gripLeft', null, null, 'primaryLeft', 'secondaryLeft'],
  right: [null, 'gripRight', null, null, 'primaryRight', 'secondaryRight'],
};

/**
 * What hands and controllers of an immersive session wish. The stick of the dominant hand turns and, pushed forward, aims
 * a teleport; the other one walks. A single controller walks and turns with its one stick (forward and back walk, sideways
 * turns). Triggers and pinches, grips, A/B/X/Y are buttons; every aiming ray is a pointer in the tracked room.
 * @param tracker sampled before `update` in each frame
 */
export function createXrControllers(tracker: HandTracker, dominant: () => Side = () => 'right'): InputDevice {
  const stick: [number, number] = [0, 0];
  let snapArmed = true;
  let aims = false;

  function turn(controls: Controls, x: number, y: number): void {
    controls.stickTurn -= x;
    const sideways = Math.abs(x);
    if (sideways < rearmBelow) snapArmed = true;
    // A stick that is pushed forward with a little slant walks; it shall not turn.
    if (!snapArmed || sideways < snapAt || sideways < Math.abs(y)) return;
    snapArmed = false;
    controls.snapTurn = -Math.sign(x);
  }

  /** The turning stick while there is another one to walk with. */
  function turnOrAim(controls: Controls, side: Side, x: number, y: number): void {
    if (Math.hypot(x, y) < rearmBelow) aims = false;
    else if (snapArmed && -y >= snapAt && -y > Math.abs(x)) aims = true;
    if (!aims) return turn(controls, x, y);
    controls.teleportSide = side;
  }

  function addStick(controls: Controls, side: Side, gamepad: Gamepad, isAlone: boolean): void {
    readStick(gamepad, stick);
    if (isAlone) {
      controls.moveBack += stick[1];
      turn(controls, stick[0], stick[1]);
    } else if (side === dominant()) {
      turnOrAim(controls, side, stick[0], stick[1]);
    } else {
      controls.moveRight += stick[0];
      controls.moveBack += stick[1];
    }
  }

  function addHand(controls: Controls, side: Side): void {
    const hand = tracker.hands[side];
    if (!hand.kind) return;
    // What the menu has taken, or a teleport, was not meant for the world.
    const press = hand.claim === 'menu' || hand.claim === 'teleport' ? 0 : hand.press;
    pressButton(controls, side === 'left' ? 'triggerLeft' : 'triggerRight', press);
    // A gaze ray follows the head and says nothing that the head pose does not.
    if (tracker.inputs[side].source?.targetRayMode === 'gaze') return;
    const pointer = takePointer(controls);
    if (!pointer) return;
    pointer.space = 'room';
    pointer.spaceFromPointer.set(hand.roomFromAim);
    pointer.pressed = press;
  }

  return {
    attach() {
      // The session brings its own inputs: nothing on the page to listen to.
    },
    detach() {
      snapArmed = true;
      aims = false;
    },
    update(controls) {
      if (!tracker.session) return;
      const withStick = countSticks(tracker);
      if (withStick === 0) snapArmed = true;
      if (withStick < 2) aims = false;
      for (let i = 0; i < 2; i++) {
        const side = sides[i]!;
        const source = tracker.inputs[side].source;
        addHand(controls, side);
        if (!source?.gamepad) continue;
        const names = buttonsOf[side];
        for (let b = 1; b < names.length; b++) {
          const name = names[b];
          if (name) pressButton(controls, name, source.gamepad.buttons[b]?.value ?? 0);
        }
        if (hasStick(source)) addStick(controls, side, source.gamepad, withStick === 1);
      }
    },
  };
}

function countSticks({ inputs: { left, right } }: HandTracker): number {
  return Number(hasStick(left.source)) + Number(hasStick(right.source));
}

function hasStick(source: XRInputSource | null): boolean {
  return source !== null && !source.hand && (source.gamepad?.axes.length ?? 0) >= 2;
}

/** xr-standard puts a touchpad on axes 0 and 1, a thumbstick on 2 and 3; few controllers have a touchpad only. */
function readStick(gamepad: Gamepad, out: [number, number]): void {
  const first = gamepad.axes.length >= 4 ? 2 : 0;
  applyDeadZone(gamepad.axes[first] ?? 0, gamepad.axes[first + 1] ?? 0, deadZone, out);
}
