import type { ButtonName } from '../../action/action';
import { applyDeadZone, noteEvent, pressButton, type Controls, type InputDevice } from '../controls';

const deadZone = 0.15;
/** Look of a fully pushed right stick, rad/s: 130 and 90 degrees a second. */
const lookYawRadPerS = (130 * Math.PI) / 180;
const lookPitchRadPerS = (90 * Math.PI) / 180;

/** Buttons of the Gamepad API's standard mapping, by index. */
const standardButtons: readonly ButtonName[] = [
  'primaryRight',
  'secondaryRight',
  'primaryLeft',
  'secondaryLeft',
  'gripLeft',
  'gripRight',
  'triggerLeft',
  'triggerRight',
];

export type GamepadOptions = {
  /** Where the gamepads come from; the browser when nothing is said. */
  getGamepads?: () => readonly (Gamepad | null)[];
};

/** Gamepads with the standard mapping: the left stick walks, the right stick looks, triggers and buttons act. */
export function createGamepad(options: GamepadOptions = {}): InputDevice {
  const { getGamepads = () => navigator.getGamepads?.() ?? [] } = options;
  const stick: [number, number] = [0, 0];
  let attached = false;
  let seenMs = 0;

  function addGamepad(controls: Controls, gamepad: Gamepad, dtS: number): void {
    applyDeadZone(gamepad.axes[0] ?? 0, gamepad.axes[1] ?? 0, deadZone, stick);
    controls.moveRight += stick[0];
    controls.moveBack += stick[1];
    applyDeadZone(gamepad.axes[2] ?? 0, gamepad.axes[3] ?? 0, deadZone, stick);
    // Squared, so that small corrections are easy and large turns still quick.
    controls.lookYawRad -= stick[0] * Math.abs(stick[0]) * lookYawRadPerS * dtS;
    controls.lookPitchRad -= stick[1] * Math.abs(stick[1]) * lookPitchRadPerS * dtS;
    for (let i = 0; i < standardButtons.length; i++) {
      pressButton(controls, standardButtons[i], gamepad.buttons[i]?.value ?? 0);
    }
    if (gamepad.timestamp > seenMs) {
      seenMs = gamepad.timestamp;
      noteEvent(controls, gamepad.timestamp);
    }
  }

  return {
    attach() {
      attached = true;
    },
    detach() {
      attached = false;
    },
    update(controls, dtS) {
      if (!attached) return;
      const gamepads = getGamepads();
      for (let i = 0; i < gamepads.length; i++) {
        const gamepad = gamepads[i];
        if (gamepad?.connected && gamepad.mapping === 'standard') addGamepad(controls, gamepad, dtS);
      }
    },
  };
}
