import type { DisplayLog } from './display-log';

/** A display frame that comes this much later than its period was missed at least once. */
const missedFactor = 1.5;
/** Longer gaps are a page that slept (hidden tab, headset taken off), not missed frames. */
const sleptMs = 1000;

/** Whether the page slept between two display frames. @param gapMs between them */
export const sleptBetween = (gapMs: number): boolean => gapMs >= sleptMs;

/** Display frames that were missed in a gap between two that came. @param periodMs of the display */
export function missedIn(gapMs: number, periodMs: number): number {
  return gapMs > missedFactor * periodMs && !sleptBetween(gapMs) ? Math.round(gapMs / periodMs) - 1 : 0;
}

/**
 * Counts the display frames that were missed between two that came: round(gap * Hz) - 1 where the gap is longer than 1.5
 * periods (research, chapter 3). Gaps are taken between the predicted display times where there are any.
 */
export class MissedFrames {
  private lastMs = Number.NaN;
  private wasPredicted = false;

  /**
   * Once a display frame.
   * @param atMs when it is seen (`isPredicted`), or the refresh that it was begun for
   * @param periodMs of the display
   * @returns display frames that were missed right before it
   */
  frame(atMs: number, isPredicted: boolean, periodMs: number): number {
    // The two kinds of time differ by the way to the screen, which is no gap.
    const gapMs = isPredicted === this.wasPredicted ? atMs - this.lastMs : Number.NaN;
    this.lastMs = atMs;
    this.wasPredicted = isPredicted;
    return missedIn(gapMs, periodMs);
  }

  /** The next gap does not count: another display, or a page that was away. */
  reset(): void {
    this.lastMs = Number.NaN;
  }
}

export type Missed = { frames: number; missed: number; missedPct: number; longestRunMissed: number };

/** Drawn and missed display frames since a time; `missedPct` is NaN without frames. */
export function missedOf(log: DisplayLog, sinceMs?: number): Missed {
  let frames = 0;
  let missed = 0;
  let longestRunMissed = 0;
  for (const before of log.values('missed', sinceMs)) {
    frames++;
    if (!(before > 0)) continue;
    missed += before;
    longestRunMissed = Math.max(longestRunMissed, before);
  }
  return { frames, missed, missedPct: frames > 0 ? (100 * missed) / (missed + frames) : Number.NaN, longestRunMissed };
}
