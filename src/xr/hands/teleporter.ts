import type { Hands, HandState } from '../hand-state';
import { TeleportArc, type Landing } from './teleport';

/** A press that is let go by this much is on its way to its end; then the hand jerks, and the aim stays where it was. */
const lettingGo = 0.15;

/** Everything outside of the hands that decides. */
export type TeleportWishes = {
  /** Where the visitor may teleport at all. */
  isAllowed: boolean;
  /** A press that nobody else wants aims. */
  pressAims: boolean;
  /** The controller whose stick is pushed forward. */
  stickSide: 'left' | 'right' | null;
};

/**
 * Decides who aims a teleport, and when it goes off: a stick pushed forward and let go, or a press held and let go. Call it
 * once a display frame, after the menu has claimed its presses and before things are grabbed: a press is taken only in the
 * frame after it began, when nobody else has claimed it. A hand that is lost goes nowhere.
 */
export class Teleporter {
  readonly arc = new TeleportArc();
  /** The hand that aims now. */
  hand: HandState | null = null;
  private byStick = false;
  private mostPressed = 0;
  /** Presses that began while presses aim, for each hand. */
  private readonly mayAim = { left: false, right: false };

  /** @returns whether the visitor goes to `arc.target` now */
  update(hands: Hands, wishes: TeleportWishes, landing: Landing): boolean {
    let goes = false;
    if (this.hand && (!wishes.isAllowed || !this.hand.kind)) this.hand = null;
    for (let i = 0; i < 2; i++) {
      const hand = hands.all[i]!;
      if (!hand.kind) this.mayAim[hand.side] = false;
      else if (wishes.isAllowed) goes = this.follow(hand, wishes, landing) || goes;
      if (hand.pressBegan) this.mayAim[hand.side] = wishes.pressAims;
      if (!hand.isPressed) this.mayAim[hand.side] = false;
    }
    return goes;
  }

  private follow(hand: HandState, { stickSide }: TeleportWishes, landing: Landing): boolean {
    if (this.hand === null) {
      if (stickSide === hand.side) this.begin(hand, true);
      else if (this.mayAim[hand.side] && hand.claim === null && !hand.wasLost) {
        hand.claim = 'teleport';
        this.begin(hand, false);
      }
    }
    if (this.hand !== hand) return false;
    const isHeld = this.byStick ? stickSide === hand.side : hand.isPressed;
    const isFirst = this.arc.pointCount === 0;
    if (isFirst || (isHeld && (this.byStick || hand.press > this.mostPressed - lettingGo))) {
      this.arc.aim(hand.worldFromAim, hand.kind!, landing);
    }
    this.mostPressed = Math.max(this.mostPressed, hand.press);
    if (isHeld) return false;
    this.hand = null;
    return this.arc.isValid && !hand.wasLost;
  }

  private begin(hand: HandState, byStick: boolean): void {
    this.hand = hand;
    this.byStick = byStick;
    this.mostPressed = 0;
    this.arc.pointCount = 0;
  }
}
