import { angleBetween, createPose } from '../../math/pose';
import type { Pose } from '../../math/types';

/** What can flip the optical patch. */
export type FlipSource = 'head' | 'trigger' | 'model';

/** One display frame as it is about to be drawn; reuse one object. Times are ms on the window's clock. */
export type FlipFrame = {
  /** Begin of the display frame. */
  atMs: number;
  /** The head from which this display frame is drawn. */
  worldFromHead: Pose;
  /** How far the trigger is pressed, 0 … 1; of two hands the one that is pressed further. */
  trigger: number;
  /** The newest action, which was made in this display frame. */
  actionId: number;
  /** When its newest event happened, or when its head was sampled. */
  actionAtMs: number;
  /** The newest action that the pixels of the picture on the screen know of; 0 before the first picture. */
  drawnActionId: number;
};

/** The head has turned when it is this far from where it was armed, radians (5 degrees). */
export const turnedRad = (5 * Math.PI) / 180;
/** Back within this of where it was armed it is armed again, radians (2 degrees). */
export const returnedRad = (2 * Math.PI) / 180;
/** A head that moved less than this for `restMs` rests, and is armed where it rests. */
const restRad = Math.PI / 180;
const restMs = 400;
/** An analogue trigger is pressed above the first figure and let go below the second. */
const pressedAbove = 0.5;
const releasedBelow = 0.3;
/** Presses that a slow model has not shown yet; more than that are counted as one. */
const mostWaiting = 64;

/**
 * Decides in which display frame the patch flips between black and white. Each onset flips it once, from either level:
 *
 * - `head`: the head is {@link turnedRad} away from where it was armed. It is armed again when it comes back, or rests.
 * - `trigger`: a trigger goes down.
 * - `model`: the picture on the screen is the first whose pixels know of the press. What a model had not shown when the
 *   trigger went down again flips once for each press, but two presses that first show in one picture flip it once.
 *
 * At most one flip a display frame, and nothing is allocated.
 */
export class FlipDecider {
  /** 0 black, 1 white. */
  level: 0 | 1 = 0;
  /** Of the last flip: when its cause happened as far as the page knows, ms on the window's clock. No light was measured. */
  onsetMs = Number.NaN;
  /** Of the last flip: the first action with its cause. */
  actionId = 0;
  /** Of the last flip: how many presses it stands for. */
  presses = 0;

  private source: FlipSource | null = null;
  private isArmed = false;
  private readonly armed = createPose();
  private readonly rest = createPose();
  private restSinceMs = Number.NaN;
  private angleBeforeRad = Number.NaN;
  private beforeMs = Number.NaN;
  private isPressed = true;
  private readonly waitingIds = new Float64Array(mostWaiting);
  private readonly waitingMs = new Float64Array(mostWaiting);
  private waiting = 0;

  /** Begins black; the head is armed where it is in the next display frame, and a held trigger has to be let go first. */
  start(source: FlipSource): void {
    this.source = source;
    this.level = 0;
    this.isArmed = false;
    this.restSinceMs = Number.NaN;
    this.isPressed = true;
    this.waiting = 0;
  }

  /** @returns whether the patch has the other level from this display frame on */
  update(frame: FlipFrame): boolean {
    switch (this.source) {
      case 'head':
        return this.head(frame);
      case 'trigger':
        return this.press(frame) && this.flip(frame.actionAtMs, frame.actionId, 1);
      case 'model':
        return this.model(frame);
      default:
        return false;
    }
  }

  private head({ atMs, worldFromHead, actionId }: FlipFrame): boolean {
    if (Number.isNaN(this.restSinceMs)) this.arm(worldFromHead, atMs);
    if (angleBetween(this.rest, worldFromHead) > restRad) {
      this.rest.set(worldFromHead);
      this.restSinceMs = atMs;
    } else if (atMs - this.restSinceMs >= restMs) {
      // Every flick is counted from where the head stood still, so slow wandering does not bring it to the threshold.
      this.arm(worldFromHead, atMs);
    }
    const angleRad = angleBetween(this.armed, worldFromHead);
    const flips = this.isArmed && angleRad > turnedRad;
    if (flips) {
      this.isArmed = false;
      this.flip(this.crossedMs(angleRad, atMs), actionId, 1);
    } else if (angleRad < returnedRad) {
      this.isArmed = true;
    }
    this.angleBeforeRad = angleRad;
    this.beforeMs = atMs;
    return flips;
  }

  private arm(worldFromHead: Pose, atMs: number): void {
    this.isArmed = true;
    this.armed.set(worldFromHead);
    this.rest.set(worldFromHead);
    this.restSinceMs = atMs;
    this.angleBeforeRad = Number.NaN;
  }

  /** Between the display frame before and this one the head passed the threshold: steadily, as far as anybody knows. */
  private crossedMs(angleRad: number, atMs: number): number {
    const share = (turnedRad - this.angleBeforeRad) / (angleRad - this.angleBeforeRad);
    return share >= 0 && share <= 1 ? this.beforeMs + share * (atMs - this.beforeMs) : atMs;
  }

  private model(frame: FlipFrame): boolean {
    if (this.press(frame)) {
      const slot = Math.min(this.waiting, mostWaiting - 1);
      if (slot === this.waiting) {
        this.waitingIds[slot] = frame.actionId;
        this.waitingMs[slot] = frame.actionAtMs;
        this.waiting++;
      }
    }
    let shown = 0;
    while (shown < this.waiting && this.waitingIds[shown]! <= frame.drawnActionId) shown++;
    if (shown === 0) return false;
    this.flip(this.waitingMs[0]!, this.waitingIds[0]!, shown);
    this.waitingIds.copyWithin(0, shown, this.waiting);
    this.waitingMs.copyWithin(0, shown, this.waiting);
    this.waiting -= shown;
    return true;
  }

  /** Whether the trigger went down in this display frame. */
  private press({ trigger }: FlipFrame): boolean {
    const was = this.isPressed;
    if (trigger > pressedAbove) this.isPressed = true;
    else if (trigger < releasedBelow) this.isPressed = false;
    return this.isPressed && !was;
  }

  private flip(onsetMs: number, actionId: number, presses: number): true {
    this.level = this.level === 0 ? 1 : 0;
    this.onsetMs = onsetMs;
    this.actionId = actionId;
    this.presses = presses;
    return true;
  }
}
