import { buttonNames } from '../../action/action';
import type { Visit } from '../visit';
import { toggleMenu } from './menu-store';

const buttons = [buttonNames.indexOf('primaryLeft'), buttonNames.indexOf('primaryRight')] as const;
/** A press that lasts longer is no tap, unless the display is so slow that it was not seen to last. */
const tapMs = 500;
const tapFrames = 3;

/** A tap of A or X, or an open palm before the face, opens the menu or closes it. */
export class OpenGestures {
  /** When the button was pressed; NaN: it is not. A button that is held when the session begins was meant for something else. */
  private readonly pressedMs: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  private readonly frames: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];

  /** Once a display frame of a session. */
  update(visit: Pick<Visit, 'hands' | 'isPressed'>, nowMs: number): void {
    for (let i = 0; i < 2; i++) {
      const isPressed = visit.isPressed(buttons[i]!);
      const sinceMs = this.pressedMs[i]!;
      if (isPressed && Number.isNaN(sinceMs)) {
        this.pressedMs[i] = nowMs;
        this.frames[i] = 0;
      }
      this.frames[i]!++;
      if (isPressed) continue;
      this.pressedMs[i] = Number.NaN;
      const isShort = nowMs - sinceMs <= tapMs || this.frames[i]! <= tapFrames;
      if (!Number.isNaN(sinceMs) && isShort) toggleMenu();
    }
    if (visit.hands.left.palmOpened || visit.hands.right.palmOpened) toggleMenu();
  }
}
