/**
 * Quantiles of the last `capacity` values, for times that are shown while they happen (step time, frame time).
 * A ring: `push` writes one slot and allocates nothing. `quantile` sorts a scratch copy, so ask a few times a second.
 */
export class RollingQuantiles {
  private readonly ring: Float64Array;
  private readonly sorted: Float64Array;
  private next = 0;
  private held = 0;
  private stale = true;

  constructor(readonly capacity = 256) {
    if (!Number.isInteger(capacity) || capacity < 1) {
      throw new RangeError(`RollingQuantiles needs a capacity of at least 1, got ${capacity}.`);
    }
    this.ring = new Float64Array(capacity);
    this.sorted = new Float64Array(capacity);
  }

  /** How many values the window holds now, at most `capacity`. */
  get count(): number {
    return this.held;
  }

  /** Largest value in the window; NaN while it is empty. */
  get max(): number {
    if (this.held === 0) return NaN;
    let max = -Infinity;
    for (let i = 0; i < this.held; i++) if (this.ring[i] > max) max = this.ring[i];
    return max;
  }

  /** Calls `visit` with every value of the window, in no particular order. */
  forEach(visit: (value: number) => void): void {
    for (let i = 0; i < this.held; i++) visit(this.ring[i]);
  }

  /** Adds a value and drops the oldest when full. NaN and infinities are not times and are skipped. */
  push(value: number): void {
    if (!Number.isFinite(value)) return;
    this.ring[this.next] = value;
    this.next = this.next + 1 === this.capacity ? 0 : this.next + 1;
    if (this.held < this.capacity) this.held++;
    this.stale = true;
  }

  /**
   * The value below which a share `p` (0..1) of the window lies, linear between neighbours ("type 7", as in numpy
   * and R). NaN while the window is empty.
   */
  quantile(p: number): number {
    if (this.held === 0) return NaN;
    const window = this.sorted.subarray(0, this.held);
    if (this.stale) {
      // Until the ring is full it fills from slot 0, so the first `held` slots are always the window.
      window.set(this.ring.subarray(0, this.held));
      window.sort();
      this.stale = false;
    }
    const position = Math.min(Math.max(p, 0), 1) * (this.held - 1);
    const below = Math.floor(position);
    const above = Math.min(below + 1, this.held - 1);
    return window[below] + (window[above] - window[below]) * (position - below);
  }

  /** Forgets everything, e.g. when another world opens. */
  clear(): void {
    this.next = 0;
    this.held = 0;
    this.stale = true;
  }
}
