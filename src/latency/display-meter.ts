import { RollingQuantiles } from '../math/quantiles';
import { missedIn, sleptBetween } from './missed-frames';

/** The display's own period is the shortest that comes often; this share of frames is faster. */
const periodQuantile = 0.1;
/**
 * A display that always comes a little later than the rate it reports has another rate (an emulator on a 60 Hz screen, a
 * runtime that throttles). From here on it is one that misses frames: half the rate is no rate of its own.
 */
const slowerThanToldShare = 1.4;
/** Sorting the intervals costs more than a frame should; the period of a display changes seldom. */
const framesBetweenLooks = 16;
/** Frames that the rates are counted over. */
const windowFrames = 240;

/** Rate and regularity of the display, from the times of its frames. Pure; times in ms. */
export class DisplayMeter {
  private readonly intervals = new RollingQuantiles(windowFrames);
  private readonly work = new RollingQuantiles(windowFrames);
  private lastMs = Number.NaN;
  private estimatedMs = Number.NaN;
  private lookIn = 0;

  /** Once a display frame. @param atMs its refresh, or when the page began to work on it */
  frame(atMs: number): void {
    const interval = atMs - this.lastMs;
    this.lastMs = atMs;
    if (interval > 0 && !sleptBetween(interval)) this.intervals.push(interval);
  }

  /** Time between two frames of the display, ms: from its rate where that is known, else estimated; NaN while unknown. */
  periodMs(nominalHz: number | null): number {
    if (this.lookIn-- <= 0) {
      this.estimatedMs = this.intervals.quantile(nominalHz ? 0.5 : periodQuantile);
      this.lookIn = Number.isNaN(this.estimatedMs) ? 0 : framesBetweenLooks;
    }
    return nominalHz ? periodOf(nominalHz, this.estimatedMs) : this.estimatedMs;
  }

  /** How long the page worked in this frame, ms. */
  worked(ms: number): void {
    this.work.push(ms);
  }

  /** Forgets the past, for example when a headset with another rate takes over. */
  reset(): void {
    this.intervals.clear();
    this.work.clear();
    this.lastMs = Number.NaN;
    this.estimatedMs = Number.NaN;
    this.lookIn = 0;
  }

  /**
   * @param nominalHz the display's rate where it is known (a headset tells), else it is estimated from the frames
   * @returns frames a second, share of display frames that were missed (%), and median and 99th percentile of the page's work
   */
  read(nominalHz: number | null): { hz: number; missedPct: number; frameMsP50: number; frameMsP99: number } {
    const count = this.intervals.count;
    if (count === 0) return { hz: 0, missedPct: 0, frameMsP50: 0, frameMsP99: 0 };
    const periodMs = nominalHz ? periodOf(nominalHz, this.intervals.quantile(0.5)) : this.intervals.quantile(periodQuantile);
    let totalMs = 0;
    let missed = 0;
    this.intervals.forEach((interval) => {
      totalMs += interval;
      missed += missedIn(interval, periodMs);
    });
    return {
      hz: (1000 * count) / totalMs,
      missedPct: (100 * missed) / (missed + count),
      frameMsP50: this.work.count > 0 ? this.work.quantile(0.5) : 0,
      frameMsP99: this.work.count > 0 ? this.work.quantile(0.99) : 0,
    };
  }
}

/** @param medianMs between two of its frames, NaN while unknown */
function periodOf(nominalHz: number, medianMs: number): number {
  const toldMs = 1000 / nominalHz;
  return medianMs > toldMs && medianMs < slowerThanToldShare * toldMs ? medianMs : toldMs;
}
