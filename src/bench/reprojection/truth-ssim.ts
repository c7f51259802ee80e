import { luma, type Rgba8 } from '../../math/image-metrics';

const radius = 5;
const sigma = 1.5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

const gaussian = (() => {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma ** 2)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

/**
 * SSIM of many pictures against one truth: the same number as `ssim` of `src/math/image-metrics.ts` (tested), with the
 * truth's own half of the work done once, and both of all pixels and of a mask in one pass.
 */
export class TruthSsim {
  private readonly luma: Float32Array;
  private readonly mean: Float32Array;
  private readonly square: Float32Array;

  constructor(
    truth: Rgba8,
    private readonly width: number,
    private readonly height: number,
  ) {
    this.luma = luma(truth);
    this.mean = blur(this.luma, width, height);
    this.square = blur(product(this.luma, this.luma), width, height);
  }

  /** @param mask counts windows whose centre pixel is not 2 (visible, see `visibility.ts`). */
  compare(picture: Rgba8, sight: Uint8Array): { all: number; disoccluded: number } {
    const { width, height } = this;
    const values = luma(picture);
    const mean = blur(values, width, height);
    const square = blur(product(values, values), width, height);
    const both = blur(product(values, this.luma), width, height);
    const outWidth = width - 2 * radius;
    let all = 0;
    let some = 0;
    let counted = 0;
    for (let i = 0; i < mean.length; i++) {
      const ma = mean[i];
      const mb = this.mean[i];
      const varianceA = square[i] - ma * ma;
      const varianceB = this.square[i] - mb * mb;
      const covariance = both[i] - ma * mb;
      const value = ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (varianceA + varianceB + c2));
      all += value;
      const pixel = (Math.floor(i / outWidth) + radius) * width + (i % outWidth) + radius;
      if (sight[pixel] === 2) continue;
      some += value;
      counted++;
    }
    return { all: all / mean.length, disoccluded: counted > 0 ? some / counted : Number.NaN };
  }
}

function product(a: Float32Array, b: Float32Array): Float32Array {
  const out = new Float32Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i] * b[i];
  return out;
}

/** Gaussian window over every position where it fits, in two passes. */
function blur(values: Float32Array, width: number, height: number): Float32Array {
  const outWidth = width - 2 * radius;
  const outHeight = height - 2 * radius;
  const [g0, g1, g2, g3, g4, g5] = gaussian;
  const rows = new Float32Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0, i = y * width; x < outWidth; x++, i++) {
      rows[y * outWidth + x] =
        g0 * (values[i] + values[i + 10]) +
        g1 * (values[i + 1] + values[i + 9]) +
        g2 * (values[i + 2] + values[i + 8]) +
        g3 * (values[i + 3] + values[i + 7]) +
        g4 * (values[i + 4] + values[i + 6]) +
        g5 * values[i + 5];
    }
  }
  const out = new Float32Array(outWidth * outHeight);
  const w = outWidth;
  for (let i = 0; i < out.length; i++) {
    out[i] =
      g0 * (rows[i] + rows[i + 10 * w]) +
      g1 * (rows[i + w] + rows[i + 9 * w]) +
      g2 * (rows[i + 2 * w] + rows[i + 8 * w]) +
      g3 * (rows[i + 3 * w] + rows[i + 7 * w]) +
      g4 * (rows[i + 4 * w] + rows[i + 6 * w]) +
      g5 * rows[i + 5 * w];
  }
  return out;
}
