import type { ButtonName } from '../../action/action';
import { applyDeadZone, pressButton, takePointer, type Controls, type InputDevice } from '../controls';

const deadZone = 0.15;
/** The stick snap-turns when it passes the first figure, and not again until it came back below the second. */
const snapAt = 0.7;
const rearmBelow = 0.4;

/** Buttons of the WebXR gamepads module's xr-standard mapping, by index; touchpad and stick presses are not used. */
const buttonsOf: Record<'left' | 'right', readonly (ButtonName | null)[]> = {
  left: ['triggerLeft', 'gripLeft', null, null, 'primaryLeft', 'secondaryLeft'],
  right: ['triggerRight', 'gripRight', null, null, 'primaryRight', 'secondaryRight'],
};

/** Controllers of an immersive session. Give it every XRFrame before `update`. */
export interface XrControllers extends InputDevice {
  /** @param rigSpace the reference space whose origin is the rig's floor (local-floor). */
  sample(session: XRSession, frame: XRFrame, rigSpace: XRReferenceSpace): void;
}

/**
 * The left stick walks, the right stick turns; a single controller does both with its one stick (forward and back
 * walk, sideways turns). Triggers, grips, A/B/X/Y are buttons; every aiming ray is a pointer in rig space.
 */
export function createXrControllers(): XrControllers {
  const stick: [number, number] = [0, 0];
  let session: XRSession | null = null;
  let frame: XRFrame | null = null;
  let rigSpace: XRReferenceSpace | null = null;
  let snapArmed = true;

  function turn(controls: Controls, x: number, y: number): void {
    controls.stickTurn -= x;
    const sideways = Math.abs(x);
    if (sideways < rearmBelow) snapArmed = true;
    // A stick that is pushed forward with a little slant walks; it shall not turn.
    if (!snapArmed || sideways < snapAt || sideways < Math.abs(y)) return;
    snapArmed = false;
    controls.snapTurn = -Math.sign(x);
  }

  function addSource(controls: Controls, source: XRInputSource, isAlone: boolean): void {
    const side = source.handedness === 'left' ? 'left' : 'right';
    const { gamepad } = source;
    // A transient pointer (a pinch on a headset without controllers) exists only while it is pressed.
    let pressed = source.targetRayMode === 'transient-pointer' ? 1 : 0;
    if (gamepad) {
      pressed = Math.max(pressed, gamepad.buttons[0]?.value ?? 0);
      const names = buttonsOf[side];
      for (let i = 1; i < names.length; i++) {
        const name = names[i];
        if (name) pressButton(controls, name, gamepad.buttons[i]?.value ?? 0);
      }
      readStick(gamepad, stick);
      if (isAlone) {
        controls.moveBack += stick[1];
        turn(controls, stick[0], stick[1]);
      } else if (side === 'left') {
        controls.moveRight += stick[0];
        controls.moveBack += stick[1];
      } else {
        turn(controls, stick[0], stick[1]);
      }
    }
    pressButton(controls, buttonsOf[side][0]!, pressed);
    addPointer(controls, source, pressed);
  }

  function addPointer(controls: Controls, source: XRInputSource, pressed: number): void {
    // A gaze ray follows the head and says nothing that the head pose does not.
    if (source.targetRayMode === 'gaze' || !frame || !rigSpace) return;
    const pose = frame.getPose(source.targetRaySpace, rigSpace);
    const pointer = pose ? takePointer(controls) : null;
    if (!pose || !pointer) return;
    pointer.space = 'room';
    pointer.spaceFromPointer.set(pose.transform.matrix);
    pointer.pressed = pressed;
  }

  return {
    attach() {
      // The session brings its own inputs: nothing on the page to listen to.
    },
    detach() {
      session = null;
      frame = null;
      rigSpace = null;
      snapArmed = true;
    },
    sample(newSession, newFrame, newRigSpace) {
      session = newSession;
      frame = newFrame;
      rigSpace = newRigSpace;
    },
    update(controls) {
      if (!session || !frame) return;
      const sources = session.inputSources;
      let withStick = 0;
      for (let i = 0; i < sources.length; i++) if (hasStick(sources[i])) withStick++;
      if (withStick === 0) snapArmed = true;
      for (let i = 0; i < sources.length; i++) addSource(controls, sources[i], withStick === 1 && hasStick(sources[i]));
      // An XRFrame may be asked only within its own callback.
      frame = null;
    },
  };
}

function hasStick(source: XRInputSource): boolean {
  return !source.hand && (source.gamepad?.axes.length ?? 0) >= 2;
}

/** xr-standard puts a touchpad on axes 0 and 1, a thumbstick on 2 and 3; few controllers have a touchpad only. */
function readStick(gamepad: Gamepad, out: [number, number]): void {
  const first = gamepad.axes.length >= 4 ? 2 : 0;
  applyDeadZone(gamepad.axes[first] ?? 0, gamepad.axes[first + 1] ?? 0, deadZone, out);
}
