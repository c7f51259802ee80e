import type { FrameTimes } from '../world/contracts';

/** One model frame from the action it knows to the display frame that first showed it; ms on the window's clock. */
export type TraceEntry = FrameTimes & {
  frameId: number;
  actionId: number;
  /** When the page took the frame out of the port. */
  receivedMs: number;
  /** Begin of the display frame that uploaded and first drew it. */
  drawnMs: number;
  /** When that display frame is expected to be seen. */
  expectedDisplayMs: number;
};

/** Keeps the newest entries, for `window.reverie.trace()`. */
export class Trace {
  private readonly entries: TraceEntry[] = [];

  constructor(private readonly capacity = 2000) {}

  add(entry: TraceEntry): void {
    if (this.entries.length >= this.capacity) this.entries.shift();
    this.entries.push(entry);
  }

  clear(): void {
    this.entries.length = 0;
  }

  read(): TraceEntry[] {
    return this.entries.map((entry) => ({ ...entry }));
  }
}
