import { hash3, hashToUnit } from '../../src/math/hash';
import { noDelay, type InjectedDelay } from '../../src/world/control';

/** Channels of the seed, so that jitter, losses and hangs do not follow one another. */
const jitterChannel = 1;
const lossChannel = 2;
const stallChannel = 3;

/** What is held back by a frame that gets lost. */
export const lost = Number.POSITIVE_INFINITY;

/**
 * Decides what becomes of each frame on a bad link, and when the model hangs. Pure: times are ms on any one clock, and the
 * same seed decides the same for the nth frame and the nth hang of a visit.
 */
export class Injection {
  private settings: InjectedDelay = noDelay;
  private frames = 0;
  private originMs = Number.NaN;
  /** The newest period whose hang has been. */
  private hungPeriod = -1;
  private hangsUntilMs = Number.NEGATIVE_INFINITY;

  configure(settings: InjectedDelay, nowMs: number): void {
    const { seed, stallEveryS, stallMs } = this.settings;
    this.settings = settings;
    if (settings.seed !== seed) this.frames = 0;
    // A hang whose settings have changed is over: a slider that is drawn back must not keep the model waiting.
    if (settings.seed !== seed || settings.stallEveryS !== stallEveryS || settings.stallMs !== stallMs) this.restart(nowMs);
  }

  /** A visit begins: with the same seed, everything happens again. */
  begin(nowMs: number): void {
    this.frames = 0;
    this.restart(nowMs);
  }

  /** How long the next frame is held back, ms; {@link lost} when it never arrives. */
  nextFrame(): number {
    const { addLatencyMs, jitterMs, dropPct, seed } = this.settings;
    const frame = this.frames++;
    if (hashToUnit(hash3(seed, frame, lossChannel, 0)) * 100 < dropPct) return lost;
    const aside = 2 * hashToUnit(hash3(seed, frame, jitterChannel, 0)) - 1;
    return Math.max(0, addLatencyMs + jitterMs * aside);
  }

  /**
   * Hangs begin here, so that the model makes at least one step between two of them. Each lasts in full.
   * A step that took longer than a period has slept through a hang, and two do not add up.
   */
  afterStep(nowMs: number): void {
    const { stallEveryS, stallMs } = this.settings;
    if (!(stallEveryS > 0) || !(stallMs > 0)) return;
    const period = Math.floor((nowMs - this.originMs) / (1000 * stallEveryS));
    if (period > this.hungPeriod && nowMs >= this.stallBeginMs(period)) {
      this.hungPeriod = period;
      this.hangsUntilMs = nowMs + stallMs;
    } else if (period - 1 > this.hungPeriod) {
      this.hungPeriod = period - 1;
      this.hangsUntilMs = nowMs + stallMs;
    }
  }

  /** How much longer no step may begin, ms. */
  hangsForMs(nowMs: number): number {
    return Math.max(0, this.hangsUntilMs - nowMs);
  }

  private restart(nowMs: number): void {
    this.originMs = nowMs;
    this.hungPeriod = -1;
    this.hangsUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** Anywhere in its period, as far as it fits in whole. */
  private stallBeginMs(period: number): number {
    const { stallEveryS, stallMs, seed } = this.settings;
    const periodMs = 1000 * stallEveryS;
    const roomMs = Math.max(0, periodMs - stallMs);
    return this.originMs + period * periodMs + roomMs * hashToUnit(hash3(seed, period, stallChannel, 0));
  }
}
