import { DisplayLog } from './display-log';
import { SpanRing } from './span-ring';
import type { Span } from './stages';

export type EventArgs = Readonly<Record<string, number | string>>;

/** Something that happened at one moment: a decision of the governor, a flip of the optical patch, a missed frame. */
export type LogEvent = { name: string; atMs: number; args: EventArgs };

const defaultSpans = 4096;
const defaultEvents = 4096;
const noArgs: EventArgs = Object.freeze({});

/**
 * The newest spans, display frames and events of a visit, in rings. Always on: adding a span copies numbers into typed
 * arrays, and nothing is allocated but what `event` is given. All times are ms on the window's clock.
 */
export class SpanLog {
  /** One for each model frame that reached the screen. */
  readonly frames: SpanRing;
  /**
   * One for each action with an input event, up to the first picture whose model step had that action or a later one.
   * Its first moments are its own, also when a later action overtook it on the way to the worker.
   */
  readonly inputs: SpanRing;
  /** One row for each display frame. */
  readonly display: DisplayLog;
  private readonly eventNames: string[] = [];
  private readonly eventArgs: EventArgs[] = [];
  private readonly eventTimes: Float64Array;
  private eventTotal = 0;

  /** @param displayCapacity display frames that are kept; left out: two minutes at 72 Hz */
  constructor(
    capacity = defaultSpans,
    readonly eventCapacity = defaultEvents,
    displayCapacity?: number,
  ) {
    this.frames = new SpanRing(capacity);
    this.inputs = new SpanRing(capacity);
    this.display = new DisplayLog(displayCapacity);
    this.eventTimes = new Float64Array(eventCapacity);
  }

  /** Notes what happened; the newest {@link eventCapacity} are kept. */
  event(name: string, atMs: number, args: EventArgs = noArgs): void {
    const slot = this.eventTotal++ % this.eventCapacity;
    this.eventNames[slot] = name;
    this.eventArgs[slot] = args;
    this.eventTimes[slot] = atMs;
  }

  /** Copies of the model frames' spans, oldest first. @param sinceMs only those seen at that time or later */
  spans(sinceMs?: number): Span[] {
    return this.frames.read(sinceMs);
  }

  /** Copies of the events, oldest first. @param name only those of this name */
  events(name?: string): LogEvent[] {
    const out: LogEvent[] = [];
    const held = Math.min(this.eventTotal, this.eventCapacity);
    for (let k = this.eventTotal - held; k < this.eventTotal; k++) {
      const slot = k % this.eventCapacity;
      if (name !== undefined && this.eventNames[slot] !== name) continue;
      out.push({ name: this.eventNames[slot]!, atMs: this.eventTimes[slot]!, args: this.eventArgs[slot]! });
    }
    return out;
  }

  /** Begins afresh: spans, display frames and events. */
  clear(): void {
    this.frames.clear();
    this.inputs.clear();
    this.display.clear();
    this.eventTotal = 0;
    this.eventNames.length = 0;
    this.eventArgs.length = 0;
  }
}
