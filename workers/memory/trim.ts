import { findCuts } from '../mesh/cut';

/**
 * Takes the outermost texels off every silhouette of a depth picture that is kept for later. Where a thing ends is known
 * to half a texel only, and from elsewhere that half would stand out as a fringe around the same thing in the newest
 * frame; what an older frame is kept for lies behind things, not at their edges. Holds scratch for one size.
 */
export class SilhouetteTrimmer {
  private cutRight = new Uint8Array(0);
  private cutBelow = new Uint8Array(0);

  /** @param inverseDepth sanitised; untouched. @param out gets a copy with NaN on the near side of every cut */
  trim(inverseDepth: Float32Array, width: number, height: number, out: Float32Array): void {
    const count = width * height;
    if (this.cutRight.length !== count) {
      this.cutRight = new Uint8Array(count);
      this.cutBelow = new Uint8Array(count);
    }
    const { cutRight, cutBelow } = this;
    findCuts(inverseDepth, width, height, cutRight, cutBelow);
    out.set(inverseDepth.subarray(0, count));
    for (let i = 0; i < count; i++) {
      if (cutRight[i] !== 0) trimNear(inverseDepth, i, i + 1, out);
      if (cutBelow[i] !== 0) trimNear(inverseDepth, i, i + width, out);
    }
  }
}

/** Beside a hole nothing is trimmed: neither side is known to be the near one. */
function trimNear(d: Float32Array, a: number, b: number, out: Float32Array): void {
  if (d[a] > d[b]) out[a] = NaN;
  else if (d[b] > d[a]) out[b] = NaN;
}
