import { RollingQuantiles } from '../math/quantiles';
import type { FrameTimes } from '../world/contracts';

const windowFrames = 120;

/** No frame for this many intervals: the model has stopped. */
const stoppedAfterIntervals = 5;

/** Rate and step time of the model, from the times that its frames carry. Pure; times in ms on the window's clock. */
export class ModelMeter {
  /** Frames since the world was opened. */
  frames = 0;
  /** Median time from the begin of a step to its frame on the page, added latency included, ms; 0 before the first. */
  typicalDelayMs = 0;
  /** Median time between two frames, ms; NaN before the second. */
  typicalIntervalMs = Number.NaN;
  private readonly delays = new RollingQuantiles(16);
  private readonly steps = new RollingQuantiles(windowFrames);
  private readonly intervals = new RollingQuantiles(16);
  private lastMs = Number.NaN;
  private receivedMs = Number.NaN;

  /** @param receivedMs when the page got the frame, which added latency may put off */
  frame(times: FrameTimes, receivedMs: number): void {
    this.receivedMs = receivedMs;
    this.frames++;
    this.steps.push(times.meshedMs - times.stepBegunMs);
    if (this.lastMs < times.meshedMs) this.intervals.push(times.meshedMs - this.lastMs);
    this.lastMs = times.meshedMs;
    this.delays.push(receivedMs - times.stepBegunMs);
    this.typicalDelayMs = this.delays.quantile(0.5);
    if (this.intervals.count > 0) this.typicalIntervalMs = this.intervals.quantile(0.5);
  }

  reset(): void {
    this.frames = 0;
    this.steps.clear();
    this.intervals.clear();
    this.lastMs = Number.NaN;
    this.delays.clear();
    this.typicalDelayMs = 0;
    this.typicalIntervalMs = Number.NaN;
  }

  /** @param nowMs on the window's clock: without new frames the rate falls, and is 0 once the model has stopped */
  read(nowMs: number): { hz: number; stepMsP50: number; stepMsP95: number; frames: number } {
    if (this.steps.count === 0) return { hz: 0, stepMsP50: 0, stepMsP95: 0, frames: this.frames };
    const usualMs = this.typicalIntervalMs;
    const sinceMs = nowMs - this.receivedMs;
    const hasStopped = sinceMs > stoppedAfterIntervals * Math.max(usualMs, 200);
    return {
      hz: usualMs > 0 && !hasStopped ? 1000 / Math.max(usualMs, sinceMs) : 0,
      stepMsP50: this.steps.quantile(0.5),
      stepMsP95: this.steps.quantile(0.95),
      frames: this.frames,
    };
  }
}
