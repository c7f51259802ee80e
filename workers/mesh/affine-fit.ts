const rounds = 8;
/** Relative residual at which a pair begins to count less, and beyond which it counts nothing (Tukey's biweight). */
const leastTolerance = 0.01;
const firstTolerance = 0.2;

/**
 * Robust fit of `y = scale * x + offset` to pairs of positive numbers, by relative error: iteratively reweighted least
 * squares that starts from the median ratio, so that up to about half of the pairs may be wrong.
 */
export class AffineFit {
  count = 0;
  scale = 1;
  offset = 0;
  /** 90th, 10th and 50th percentile of y. */
  nearValue = 0;
  farValue = 0;
  medianValue = 0;

  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly sorted: Float64Array;

  constructor(capacity: number) {
    this.x = new Float64Array(capacity);
    this.y = new Float64Array(capacity);
    this.sorted = new Float64Array(capacity);
  }

  add(x: number, y: number): void {
    if (this.count === this.x.length) return;
    this.x[this.count] = x;
    this.y[this.count] = y;
    this.count++;
  }

  /**
   * @param leastSpread ratio of the 90th over the 10th percentile below which scale and offset cannot be told apart;
   *   then only the scale is fitted
   * @returns false when the pairs do not agree on anything
   */
  solve(leastSpread: number): boolean {
    const { x, y, count } = this;
    for (let k = 0; k < count; k++) this.sorted[k] = y[k];
    this.medianValue = this.quantile(0.5);
    this.farValue = this.quantile(0.1);
    this.nearValue = this.quantile(0.9);
    const withOffset = this.nearValue > leastSpread * this.farValue;
    for (let k = 0; k < count; k++) this.sorted[k] = y[k] / x[k];
    this.scale = this.quantile(0.5);
    this.offset = 0;
    let share = 0;
    for (let round = 0; round < rounds; round++) share = this.improve(this.tolerance(round), withOffset);
    return share > 0.4 && this.scale > 0 && Number.isFinite(this.offset);
  }

  /** One weighted least squares; returns the mean weight. */
  private improve(tolerance: number, withOffset: boolean): number {
    const { x, y, count } = this;
    let w = 0;
    let sx = 0;
    let sy = 0;
    let sxx = 0;
    let sxy = 0;
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const r = (this.scale * x[k] + this.offset - y[k]) / (tolerance * y[k]);
      if (!(r > -1 && r < 1)) continue;
      const biweight = (1 - r * r) ** 2;
      kept += biweight;
      const weight = biweight / (y[k] * y[k]);
      w += weight;
      sx += weight * x[k];
      sy += weight * y[k];
      sxx += weight * x[k] * x[k];
      sxy += weight * x[k] * y[k];
    }
    if (kept === 0) return 0;
    const spread = w * sxx - sx * sx;
    if (withOffset && spread > 1e-6 * w * sxx) {
      this.scale = (w * sxy - sx * sy) / spread;
      this.offset = (sy - this.scale * sx) / w;
    } else {
      this.scale = sxy / sxx;
      this.offset = 0;
    }
    return kept / count;
  }

  /** Begins wide and closes in on four times the median error. */
  private tolerance(round: number): number {
    if (round === 0) return firstTolerance;
    const { x, y, count } = this;
    for (let k = 0; k < count; k++) this.sorted[k] = Math.abs(this.scale * x[k] + this.offset - y[k]) / y[k];
    return Math.max(leastTolerance, Math.min(firstTolerance, 6 * this.quantile(0.5)));
  }

  /** Sorts what is in `sorted`. */
  private quantile(share: number): number {
    return this.sorted.subarray(0, this.count).sort()[Math.floor(share * (this.count - 1))];
  }
}
