/** What the display did since it was last asked. */
export type DisplayLoad = {
  /** Display frames that were drawn. */
  frames: number;
  /** Display frames that were missed between them. */
  missed: number;
  /** Occasions on which some were missed: a hiccup of ten frames is one. */
  gaps: number;
};

export type WindowLoad = DisplayLoad & { missedPct: number; spanMs: number };

const capacity = 32;

/** The newest few seconds of the display in ticks, so that one can ask for any part of them. Allocates nothing. */
export class LoadWindow {
  private readonly atMs = new Float64Array(capacity);
  private readonly spansMs = new Float64Array(capacity);
  private readonly frames = new Float64Array(capacity);
  private readonly missed = new Float64Array(capacity);
  private readonly gaps = new Float64Array(capacity);
  private readonly out: WindowLoad = { frames: 0, missed: 0, gaps: 0, missedPct: 0, spanMs: 0 };
  private total = 0;

  /** @param spanMs the time that the load is of, up to `atMs` */
  add(atMs: number, spanMs: number, { frames, missed, gaps }: DisplayLoad): void {
    const slot = this.total++ % capacity;
    this.atMs[slot] = atMs;
    this.spansMs[slot] = spanMs;
    this.frames[slot] = frames;
    this.missed[slot] = missed;
    this.gaps[slot] = gaps;
  }

  /** All ticks that lie after `sinceMs` in whole, one object for all calls. */
  since(sinceMs: number): Readonly<WindowLoad> {
    const { out } = this;
    out.frames = 0;
    out.missed = 0;
    out.gaps = 0;
    out.spanMs = 0;
    for (let k = this.total - 1; k >= Math.max(0, this.total - capacity); k--) {
      const slot = k % capacity;
      // A millisecond: ticks come when their timer does.
      if (this.atMs[slot]! - this.spansMs[slot]! < sinceMs - 1) break;
      out.frames += this.frames[slot]!;
      out.missed += this.missed[slot]!;
      out.gaps += this.gaps[slot]!;
      out.spanMs += this.spansMs[slot]!;
    }
    const due = out.frames + out.missed;
    out.missedPct = due > 0 ? (100 * out.missed) / due : 0;
    return out;
  }

  clear(): void {
    this.total = 0;
  }
}
