import { moment } from './stages';

/** Actions that are remembered: at 120 Hz, more than the longest delay that can be added, six times over. */
export const actionCapacity = 4096;

/**
 * When the newest actions were made, by their ids, so that a frame that comes back with an `actionId` can be joined with
 * them; the worker need not carry these times. Ids count up by one. Times are ms on the window's clock.
 */
export class ActionRing {
  private readonly ids = new Float64Array(actionCapacity);
  private readonly events = new Float64Array(actionCapacity);
  private readonly sampled = new Float64Array(actionCapacity);
  private readonly predicted = new Float64Array(actionCapacity);
  private readonly posted = new Float64Array(actionCapacity);
  private firstMs = Number.NaN;
  private newestEventMs = 0;

  /**
   * @param lastEventMs `timeStamp` of the newest input event that the devices know of, 0 or NaN: none. It counts when it
   *   is newer than all before it: a gamepad tells the time of its last change again and again.
   */
  add(id: number, lastEventMs: number, sampledMs: number, predictedMs: number, postedMs: number): void {
    const slot = id % actionCapacity;
    // Whatever happened before the first sample was not for this visit.
    const isFirst = Number.isNaN(this.firstMs);
    if (isFirst) this.firstMs = sampledMs;
    const isNew = !isFirst && lastEventMs > this.newestEventMs && lastEventMs >= this.firstMs;
    if (lastEventMs > this.newestEventMs) this.newestEventMs = lastEventMs;
    this.ids[slot] = id;
    // An event that comes while the sample is being made is of the next moment by its own clock.
    this.events[slot] = isNew ? Math.min(lastEventMs, sampledMs) : Number.NaN;
    this.sampled[slot] = sampledMs;
    this.predicted[slot] = predictedMs;
    this.posted[slot] = postedMs;
  }

  /** Fills the first four moments; NaN when the action is no longer held. @returns whether it is */
  read(id: number, moments: Float64Array): boolean {
    const slot = id % actionCapacity;
    const isHeld = id > 0 && this.ids[slot] === id;
    moments[moment.event] = isHeld ? this.events[slot]! : Number.NaN;
    moments[moment.sampled] = isHeld ? this.sampled[slot]! : Number.NaN;
    moments[moment.predicted] = isHeld ? this.predicted[slot]! : Number.NaN;
    moments[moment.posted] = isHeld ? this.posted[slot]! : Number.NaN;
    return isHeld;
  }

  hasEvent(id: number): boolean {
    const slot = id % actionCapacity;
    return id > 0 && this.ids[slot] === id && this.events[slot]! > 0;
  }
}
