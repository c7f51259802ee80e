import type { Hands } from '../../xr/hand-state';

/** Controllers lose their tracking for a moment now and then. */
const goneForS = 0.8;

/** Whether the session is without controllers, and has been for a while: then the puck is the way to the menu. */
export class NoController {
  private goneS = 0;

  /** Once a display frame. */
  update(hands: Hands, dtS: number): boolean {
    const isHere = hands.left.kind === 'controller' || hands.right.kind === 'controller';
    this.goneS = isHere ? 0 : Math.min(this.goneS + dtS, goneForS);
    return this.goneS >= goneForS;
  }
}
