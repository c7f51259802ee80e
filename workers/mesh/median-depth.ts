/** Valid texels among the nine that a median needs. */
const leastVoters = 5;
/** Texels of the nine, itself included, that make a side: a line of one texel has three. */
const leastCompany = 3;
/** Ratio of inverse depths within which two texels are one side; above any noise worth filtering. */
const sideRatio = 1.25;

const window = new Float32Array(9);

/**
 * 3x3 median in inverse depth, for models whose depth is noisy from texel to texel (optional, by manifest: `filter`).
 * Holes (NaN) stay holes and are left out of their neighbours' medians; sky counts as the value 0. The border uses what
 * lies inside the picture. Where fewer than five texels are valid nothing can be outvoted, so those stay as they are.
 *
 * A plain median eats lines of one texel and the corners of things. So a texel with company is voted on by its own
 * side only: the neighbours within a ratio of 1.25 of it. Things of two texels and more keep their outlines, and even
 * lines of one texel all but their ends; a texel without company (a spike of noise) gets the median of all.
 * Holds scratch memory for one picture size.
 */
export class MedianDepth {
  private before = new Float32Array(0);

  /**
   * @param inverseDepth 1/m, rows from the top, sanitised (0 sky, NaN hole); changed in place
   * @returns how many texels changed
   */
  filter(inverseDepth: Float32Array, width: number, height: number): number {
    if (inverseDepth.length < width * height) {
      throw new RangeError(`The depth has ${inverseDepth.length} texels where ${width}x${height} are needed.`);
    }
    if (this.before.length !== inverseDepth.length) this.before = new Float32Array(inverseDepth.length);
    const { before } = this;
    // Reading from a copy: the result does not depend on the order of the texels.
    before.set(inverseDepth);
    let changed = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const i = y * width + x;
        const here = before[i];
        if (!(here >= 0)) continue;
        const value = this.vote(x, y, width, height, here);
        if (value === here) continue;
        inverseDepth[i] = value;
        changed++;
      }
    }
    return changed;
  }

  private vote(x: number, y: number, width: number, height: number, here: number): number {
    const { before } = this;
    const left = x > 0 ? x - 1 : x;
    const right = x + 1 < width ? x + 1 : x;
    const top = y > 0 ? y - 1 : y;
    const bottom = y + 1 < height ? y + 1 : y;
    let all = 0;
    let company = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const d = before[row * width + column];
        if (!(d >= 0)) continue;
        all++;
        if (isSameSide(d, here)) company++;
      }
    }
    if (all < leastVoters) return here;
    const ownSideOnly = company >= leastCompany;
    let count = 0;
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const d = before[row * width + column];
        if (d >= 0 && (!ownSideOnly || isSameSide(d, here))) insert(d, count++);
      }
    }
    // Even counts: of the two in the middle the one nearer to the texel, so that no value is made up between two sides.
    const low = window[(count - 1) >> 1];
    const high = window[count >> 1];
    return Math.abs(low - here) <= Math.abs(high - here) ? low : high;
  }
}

function isSameSide(a: number, b: number): boolean {
  return a <= b * sideRatio && b <= a * sideRatio;
}

/** Insertion sort into the window, which holds `count` values already. */
function insert(value: number, count: number): void {
  let k = count;
  while (k > 0 && window[k - 1] > value) {
    window[k] = window[k - 1];
    k--;
  }
  window[k] = value;
}
