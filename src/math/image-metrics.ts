/**
 * Picture quality against ground truth. Pictures are sRGB-encoded RGBA8, rows from the top; values count as 0..1
 * (data range 1, fixed, so that a metric never depends on the picture at hand); alpha is ignored. Masks hold one byte
 * a pixel: non-zero pixels count. With nothing to count, every metric is NaN rather than a number that looks good.
 */

/** Bytes of a picture; Uint8Array and Uint8ClampedArray both fit. */
export type Rgba8 = Uint8Array | Uint8ClampedArray;

const windowSize = 11;
const windowRadius = 5;
const windowSigma = 1.5;
const c1 = 0.01 ** 2;
const c2 = 0.03 ** 2;

/** 1D Gaussian of the SSIM window; its outer product with itself is the 11x11 window of sum 1. */
const gaussian = (() => {
  const weights = Float64Array.from({ length: windowSize }, (_, i) =>
    Math.exp(-((i - windowRadius) ** 2) / (2 * windowSigma ** 2)),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
})();

function checkSize(name: string, bytes: ArrayLike<number>, expected: number): void {
  if (bytes.length !== expected) {
    throw new RangeError(`${name} has ${bytes.length} values where ${expected} are needed; pass pictures of one size.`);
  }
}

/**
 * Peak signal-to-noise ratio in dB over the red, green and blue values of the counted pixels. Identical: Infinity.
 * @param mask optional, one byte a pixel.
 */
export function psnr(a: Rgba8, b: Rgba8, mask?: Uint8Array): number {
  checkSize('The second picture', b, a.length);
  const pixels = a.length / 4;
  if (mask) checkSize('The mask', mask, pixels);
  let sumOfSquares = 0;
  let counted = 0;
  for (let i = 0, p = 0; i < pixels; i++, p += 4) {
    if (mask && mask[i] === 0) continue;
    const red = a[p] - b[p];
    const green = a[p + 1] - b[p + 1];
    const blue = a[p + 2] - b[p + 2];
    sumOfSquares += red * red + green * green + blue * blue;
    counted += 3;
  }
  if (counted === 0) return NaN;
  if (sumOfSquares === 0) return Infinity;
  return -10 * Math.log10(sumOfSquares / counted / 255 ** 2);
}

/** Rec. 709 luma of the encoded values, 0..1, one a pixel: what SSIM and sharpness look at. */
export function luma(rgba: Rgba8): Float32Array {
  const out = new Float32Array(rgba.length / 4);
  for (let i = 0, p = 0; i < out.length; i++, p += 4) {
    out[i] = (0.2126 * rgba[p] + 0.7152 * rgba[p + 1] + 0.0722 * rgba[p + 2]) / 255;
  }
  return out;
}

/** Gaussian window over every position where it fits: width - 10 by height - 10 values. */
function blurValid(values: Float32Array, width: number, height: number): Float32Array {
  const outWidth = width - windowSize + 1;
  const outHeight = height - windowSize + 1;
  const rows = new Float32Array(outWidth * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let k = 0; k < windowSize; k++) sum += gaussian[k] * values[y * width + x + k];
      rows[y * outWidth + x] = sum;
    }
  }
  const out = new Float32Array(outWidth * outHeight);
  for (let y = 0; y < outHeight; y++) {
    for (let x = 0; x < outWidth; x++) {
      let sum = 0;
      for (let k = 0; k < windowSize; k++) sum += gaussian[k] * rows[(y + k) * outWidth + x];
      out[y * outWidth + x] = sum;
    }
  }
  return out;
}

/**
 * Mean structural similarity (Wang et al. 2004): luma, 11x11 Gaussian window of sigma 1.5, K1 0.01, K2 0.03, L 1,
 * only windows that lie wholly inside the picture. Identical pictures: 1.
 * @param mask optional; a window counts when its centre pixel does.
 */
export function ssim(a: Rgba8, b: Rgba8, width: number, height: number, mask?: Uint8Array): number {
  checkSize('The first picture', a, width * height * 4);
  checkSize('The second picture', b, width * height * 4);
  if (mask) checkSize('The mask', mask, width * height);
  if (width < windowSize || height < windowSize) {
    throw new RangeError(`SSIM needs pictures of at least ${windowSize}x${windowSize} pixels, got ${width}x${height}.`);
  }
  const lumaA = luma(a);
  const lumaB = luma(b);
  const meanA = blurValid(lumaA, width, height);
  const meanB = blurValid(lumaB, width, height);
  const squareA = blurValid(lumaA.map((v) => v * v), width, height);
  const squareB = blurValid(lumaB.map((v) => v * v), width, height);
  const product = blurValid(lumaA.map((v, i) => v * lumaB[i]), width, height);
  const outWidth = width - windowSize + 1;
  let sum = 0;
  let counted = 0;
  for (let i = 0; i < meanA.length; i++) {
    if (mask) {
      const x = (i % outWidth) + windowRadius;
      const y = Math.floor(i / outWidth) + windowRadius;
      if (mask[y * width + x] === 0) continue;
    }
    const ma = meanA[i];
    const mb = meanB[i];
    const varianceA = squareA[i] - ma * ma;
    const varianceB = squareB[i] - mb * mb;
    const covariance = product[i] - ma * mb;
    sum += ((2 * ma * mb + c1) * (2 * covariance + c2)) / ((ma * ma + mb * mb + c1) * (varianceA + varianceB + c2));
    counted++;
  }
  return counted === 0 ? NaN : sum / counted;
}

/**
 * Mean length of the luma gradient, 1/pixel, by forward differences: low for fog and blur. Not a quality by itself
 * (noise is sharp too); read it beside the same number of the true picture.
 * @param mask optional; a difference counts when all three pixels it touches do.
 */
export function sharpness(rgba: Rgba8, width: number, height: number, mask?: Uint8Array): number {
  checkSize('The picture', rgba, width * height * 4);
  if (mask) checkSize('The mask', mask, width * height);
  const values = luma(rgba);
  let sum = 0;
  let counted = 0;
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = y * width + x;
      if (mask && (mask[i] === 0 || mask[i + 1] === 0 || mask[i + width] === 0)) continue;
      sum += Math.hypot(values[i + 1] - values[i], values[i + width] - values[i]);
      counted++;
    }
  }
  return counted === 0 ? NaN : sum / counted;
}
