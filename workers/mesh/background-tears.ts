import { cutExtrapolation, cutRatio } from './cut';

/**
 * Joins neighbours in a line of guessed depths that are torn apart, by a ramp of `radius` cells to both sides. Planes
 * continued one by one from a rough surface end up in steps, and the sky would sparkle through between them. Where nothing
 * is torn nothing changes, so planes stay exact. Holds scratch memory for one length.
 */
export class TearMender {
  private sums = new Float64Array(0);
  private tears = new Int32Array(0);

  /**
   * @param depth inverse depth, 1/m, changed in place; NaN is nothing and stays.
   * @param start first cell of the line; the others follow `step` apart. @param leastGap 1/m, smaller steps may stay.
   */
  mend(depth: Float32Array, start: number, step: number, count: number, radius: number, leastGap: number): void {
    if (radius < 1 || count < 3) return;
    if (this.sums.length < count + 1) {
      this.sums = new Float64Array(count + 1);
      this.tears = new Int32Array(count + 1);
    }
    const { sums, tears } = this;
    // tears[k]: how many there are before cell k; a hole counts as one on both sides and spoils its sums.
    for (let k = 0; k < count; k++) {
      const cell = start + k * step;
      sums[k + 1] = sums[k] + depth[cell];
      tears[k + 1] = tears[k] + (k + 1 < count && isTorn(depth, cell, step, k > 0, k + 2 < count, leastGap) ? 1 : 0);
    }
    if (tears[count] === 0 || !(sums[count] >= 0)) return;
    for (let k = 1; k + 1 < count; k++) {
      // The same to both sides: so what is affine stays what it is.
      const reach = Math.min(radius, k, count - 1 - k);
      if (tears[k + reach] === tears[k - reach]) continue;
      depth[start + k * step] = (sums[k + reach + 1] - sums[k - reach]) / (2 * reach + 1);
    }
  }
}

/** The rule of `findCuts`, for steps of more than `leastGap`. */
function isTorn(
  d: Float32Array,
  cell: number,
  step: number,
  hasBefore: boolean,
  hasAfter: boolean,
  leastGap: number,
): boolean {
  const a = d[cell];
  const b = d[cell + step];
  const far = a < b ? a : b;
  if (!(Math.abs(a - b) > leastGap) || Math.abs(a - b) <= (cutRatio - 1) * far) return false;
  const tolerance = cutExtrapolation * far;
  if (hasBefore && Math.abs(2 * a - d[cell - step] - b) <= tolerance) return false;
  return !(hasAfter && Math.abs(2 * b - d[cell + 2 * step] - a) <= tolerance);
}
