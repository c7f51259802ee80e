import { cutRatio } from './cut';

const bins = 1024;
const mostNoise = 0.25;
const counts = new Int32Array(bins + 1);
/** Standard deviation of d - (left + right) / 2 with noise of 1 a texel, and of its median magnitude: sqrt(1.5) * 0.6745. */
const perMedian = 1 / (Math.sqrt(1.5) * 0.6745);

/**
 * How noisy a depth picture is: the standard deviation of inverse depth about the local plane, as a share of it. From
 * the median over all texels of |d - mean of the opposite neighbours| / d, along rows and columns; inverse depth is
 * affine on planes, so slanted surfaces count as 0, and edges are too few to move a median.
 * @param inverseDepth 1/m, rows from the top, sanitised
 * @returns 0.01 is 1 %; at most 0.25 can be told; 0 with nothing to measure
 */
export function depthNoise(inverseDepth: Float32Array, width: number, height: number): number {
  counts.fill(0);
  let total = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x > 0 && x + 1 < width) total += add(inverseDepth[i], inverseDepth[i - 1], inverseDepth[i + 1]);
      if (y > 0 && y + 1 < height) total += add(inverseDepth[i], inverseDepth[i - width], inverseDepth[i + width]);
    }
  }
  if (total === 0) return 0;
  let below = 0;
  let bin = 0;
  while (below + counts[bin] < total / 2) below += counts[bin++];
  if (bin === bins) return mostNoise;
  const inBin = (total / 2 - below) / counts[bin];
  return Math.min(mostNoise, ((bin + inBin) * mostNoise * perMedian) / bins);
}

/** Sky, holes and jumps much larger than any noise are no samples of a surface. */
function add(d: number, before: number, after: number): number {
  if (!(d > 0 && before > 0 && after > 0)) return 0;
  const near = before > after ? before : after;
  const far = before > after ? after : before;
  if (near > far * cutRatio * 2) return 0;
  const share = Math.abs(d - (before + after) / 2) / d;
  counts[Math.min(bins, Math.floor((share * bins) / mostNoise))]++;
  return 1;
}
