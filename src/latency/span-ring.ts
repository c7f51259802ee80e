import { moment, momentCount, type Span } from './stages';

/** The newest spans in typed arrays. */
export class SpanRing {
  /** Spans added since the last `clear`. */
  total = 0;
  private readonly moments: Float64Array;
  private readonly frameIds: Float64Array;
  private readonly actionIds: Float64Array;
  private readonly uploads: Float64Array;

  constructor(readonly capacity: number) {
    this.moments = new Float64Array(capacity * momentCount);
    this.frameIds = new Float64Array(capacity);
    this.actionIds = new Float64Array(capacity);
    this.uploads = new Float64Array(capacity);
  }

  /** How many are held. */
  get count(): number {
    return Math.min(this.total, this.capacity);
  }

  /** Copies a span in. */
  add(frameId: number, actionId: number, moments: Float64Array, uploadMs: number): void {
    const slot = this.total++ % this.capacity;
    this.frameIds[slot] = frameId;
    this.actionIds[slot] = actionId;
    this.uploads[slot] = uploadMs;
    this.moments.set(moments, slot * momentCount);
  }

  /** Copies, oldest first. @param sinceMs only those seen at that time or later */
  read(sinceMs = Number.NEGATIVE_INFINITY): Span[] {
    const out: Span[] = [];
    for (let k = this.total - this.count; k < this.total; k++) {
      const slot = k % this.capacity;
      if (!(this.moments[slot * momentCount + moment.expectedDisplay]! >= sinceMs)) continue;
      const moments = this.moments.slice(slot * momentCount, (slot + 1) * momentCount);
      out.push({ frameId: this.frameIds[slot]!, actionId: this.actionIds[slot]!, moments, uploadMs: this.uploads[slot]! });
    }
    return out;
  }

  clear(): void {
    this.total = 0;
  }
}
