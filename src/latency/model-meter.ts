import { RollingQuantiles } from '../math/quantiles';
import type { FrameTimes } from '../world/contracts';

const windowFrames = 120;

/** Rate and step time of the model, from the times that its frames carry. Pure; times in ms on the window's clock. */
export class ModelMeter {
  /** Frames since the world was opened. */
  frames = 0;
  private readonly steps = new RollingQuantiles(windowFrames);
  private readonly intervals = new RollingQuantiles(16);
  private lastMs = Number.NaN;

  frame(times: FrameTimes): void {
    this.frames++;
    this.steps.push(times.meshedMs - times.stepBegunMs);
    if (this.lastMs < times.meshedMs) this.intervals.push(times.meshedMs - this.lastMs);
    this.lastMs = times.meshedMs;
  }

  reset(): void {
    this.frames = 0;
    this.steps.clear();
    this.intervals.clear();
    this.lastMs = Number.NaN;
  }

  /** Mean step time for pose prediction, ms; 0 before the first frame. */
  get typicalStepMs(): number {
    return this.steps.count > 0 ? this.steps.quantile(0.5) : 0;
  }

  read(): { hz: number; stepMsP50: number; stepMsP95: number; frames: number } {
    if (this.steps.count === 0) return { hz: 0, stepMsP50: 0, stepMsP95: 0, frames: this.frames };
    const interval = this.intervals.count > 0 ? this.intervals.quantile(0.5) : Number.NaN;
    return {
      hz: interval > 0 ? 1000 / interval : 0,
      stepMsP50: this.steps.quantile(0.5),
      stepMsP95: this.steps.quantile(0.95),
      frames: this.frames,
    };
  }
}
