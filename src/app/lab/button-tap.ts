import { buttonNames, type ButtonName } from '../../action/action';
import type { Controls, InputDevice } from '../../xr/controls';

/**
 * Takes buttons for the page while somebody wants them, so that the world does not hear of them. It has to be the last
 * of a visit's devices: it takes what the others have added.
 */
export class ButtonTap implements InputDevice {
  /** Whether the page wants the buttons now. */
  isWanted = false;
  private readonly indices: readonly number[];
  private isHeld = true;
  private presses = 0;

  constructor(buttons: readonly ButtonName[]) {
    this.indices = buttons.map((name) => buttonNames.indexOf(name));
  }

  attach(): void {
    // It listens to no event: what it takes, other devices have heard.
  }

  detach(): void {
    this.isHeld = true;
    this.presses = 0;
  }

  update(controls: Controls): void {
    let isPressed = false;
    for (const index of this.indices) {
      isPressed ||= controls.buttons[index]! > 0.5;
      if (this.isWanted) controls.buttons[index] = 0;
    }
    // A button that is held while it becomes wanted was meant for the world.
    if (isPressed && !this.isHeld && this.isWanted) this.presses++;
    this.isHeld = isPressed;
  }

  /** Whether a press began since it was last asked. */
  takePress(): boolean {
    const had = this.presses > 0;
    this.presses = 0;
    return had;
  }
}
