import { cutExtrapolation, cutRatio } from './cut';

/** Mixed rows beside an edge are rarely more than this wide, texels. */
const rounds = 2;

/**
 * Networks blur depth across edges: a texel between a wall and the sky gets a depth between the two, and would float in
 * the air as a flake of its own ("flying pixels"). This finds texels that lie between their two opposite neighbours in
 * depth and continue neither neighbour's surface, and puts them on the side whose colour is nearer to theirs.
 * Thin things in front of both sides, and slanted surfaces, are left alone. Exact depth has hardly any such texel.
 * Holds scratch memory for one picture size.
 */
export class FlyingTexels {
  private before = new Float32Array(0);

  /**
   * @param inverseDepth 1/m, rows from the top, 0 sky; changed in place. NaN is passed over.
   * @param color RGBA8 of the same picture
   * @returns how many texels were put on a side
   */
  snap(inverseDepth: Float32Array, color: Uint8ClampedArray, width: number, height: number): number {
    if (this.before.length !== inverseDepth.length) this.before = new Float32Array(inverseDepth.length);
    const { before } = this;
    let snapped = 0;
    for (let round = 0; round < rounds; round++) {
      // Reading from a copy: the result does not depend on the order of the texels.
      before.set(inverseDepth);
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const i = y * width + x;
          const d = before[i]!;
          if (!(d > 0)) continue;
          let side = -1;
          let beyond = -1;
          if (x > 0 && x < width - 1 && this.isFlying(i, 1, x > 1, x < width - 2)) {
            side = nearerInColor(color, i, i - 1, i + 1);
            beyond = side < i ? (x > 1 ? i - 2 : -1) : x < width - 2 ? i + 2 : -1;
          } else if (y > 0 && y < height - 1 && this.isFlying(i, width, y > 1, y < height - 2)) {
            side = nearerInColor(color, i, i - width, i + width);
            beyond = side < i ? (y > 1 ? i - 2 * width : -1) : y < height - 2 ? i + 2 * width : -1;
          }
          if (side < 0) continue;
          inverseDepth[i] = continued(before, side, beyond);
          snapped++;
        }
      }
    }
    return snapped;
  }

  /** Whether texel `i` is strictly between its neighbours a step away, and on neither one's surface. */
  private isFlying(i: number, step: number, hasBefore: boolean, hasAfter: boolean): boolean {
    const d = this.before;
    const here = d[i]!;
    const a = d[i - step]!;
    const b = d[i + step]!;
    const near = a > b ? a : b;
    const far = a > b ? b : a;
    // Comparisons with NaN are false: a hole beside it decides nothing.
    if (!(near > here * cutRatio && far * cutRatio < here)) return false;
    const tolerance = cutExtrapolation * here;
    if (hasBefore && a > 0 && Math.abs(2 * a - d[i - 2 * step]! - here) <= tolerance) return false;
    if (hasAfter && b > 0 && Math.abs(2 * b - d[i + 2 * step]! - here) <= tolerance) return false;
    return true;
  }
}

/** Which of two texels has the colour nearer to that of texel `i`. */
function nearerInColor(color: Uint8ClampedArray, i: number, a: number, b: number): number {
  return colorDistance(color, i, a) <= colorDistance(color, i, b) ? a : b;
}

function colorDistance(color: Uint8ClampedArray, i: number, j: number): number {
  return (
    Math.abs(color[4 * i]! - color[4 * j]!) +
    Math.abs(color[4 * i + 1]! - color[4 * j + 1]!) +
    Math.abs(color[4 * i + 2]! - color[4 * j + 2]!)
  );
}

/** The surface of texel `side`, drawn on by one texel along the line through `beyond` where that is the same surface. */
function continued(d: Float32Array, side: number, beyond: number): number {
  const value = d[side]!;
  if (!(value > 0) || beyond < 0) return value;
  const farther = d[beyond]!;
  const isSameSurface = farther > 0 && Math.max(value, farther) <= Math.min(value, farther) * cutRatio;
  return isSameSurface ? Math.max(2 * value - farther, value / cutRatio) : value;
}
