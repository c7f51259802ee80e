/** Pictures are compared at no more than this many texels a side. */
export const mostTexels = 128;
/** Smaller pictures than this say too little. */
export const leastTexels = 32;
/** Radius of the neighbourhood that brightness and contrast are measured in, texels. */
const surround = 4;
/** Contrast (luma 0..1) below which there is only noise; it must be well above an error of 4/255. */
const leastContrast = 0.03;

/**
 * A picture with its lighting taken out: luma less its local mean, over its local contrast. What is left of a surface
 * looks the same in every frame that shows it, also when a model brightens or fades; flat areas and noise are near 0.
 */
export class SmallPicture {
  width = 0;
  height = 0;
  /** Texels of the full picture along each side of a texel here. */
  shrink = 1;
  /** About -3..3, rows from the top. */
  values = new Float32Array(0);

  private readonly scratch = new Scratch();

  constructor(scratch?: Scratch) {
    if (scratch) this.scratch = scratch;
  }

  /** @param color sRGB RGBA8, rows from the top, width * height * 4 */
  set(color: Uint8Array | Uint8ClampedArray, width: number, height: number): void {
    const shrink = Math.ceil(Math.max(width, height) / mostTexels);
    const w = Math.floor(width / shrink);
    const h = Math.floor(height / shrink);
    if (this.values.length !== w * h) this.values = new Float32Array(w * h);
    this.width = w;
    this.height = h;
    this.shrink = shrink;
    const { values, scratch } = this;
    scratch.reserve(w * h);
    const { luma, mean, square, row } = scratch;
    shrinkToLuma(color, width, shrink, w, h, square);
    // A little blur first: half a texel of aliasing must not look like a wrong pose.
    boxMean(square, row, luma, w, h, 1);
    boxMean(luma, row, mean, w, h, surround);
    for (let i = 0; i < w * h; i++) values[i] = luma[i] * luma[i];
    boxMean(values, row, square, w, h, surround);
    for (let i = 0; i < w * h; i++) {
      const variance = square[i] - mean[i] * mean[i];
      values[i] = (luma[i] - mean[i]) / (Math.sqrt(variance > 0 ? variance : 0) + leastContrast);
    }
  }
}

/** Working memory that several pictures may share. */
export class Scratch {
  luma = new Float32Array(0);
  mean = new Float32Array(0);
  square = new Float32Array(0);
  row = new Float32Array(0);

  reserve(count: number): void {
    if (this.luma.length === count) return;
    this.luma = new Float32Array(count);
    this.mean = new Float32Array(count);
    this.square = new Float32Array(count);
    this.row = new Float32Array(count);
  }
}

function shrinkToLuma(
  color: Uint8Array | Uint8ClampedArray,
  width: number,
  shrink: number,
  w: number,
  h: number,
  out: Float32Array,
): void {
  const share = 1 / (255 * shrink * shrink);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let dy = 0; dy < shrink; dy++) {
        let p = 4 * ((y * shrink + dy) * width + x * shrink);
        for (let dx = 0; dx < shrink; dx++, p += 4) {
          sum += 0.2126 * color[p] + 0.7152 * color[p + 1] + 0.0722 * color[p + 2];
        }
      }
      out[y * w + x] = sum * share;
    }
  }
}

/** Mean over a square of side 2 * radius + 1, smaller at the border. */
function boxMean(source: Float32Array, between: Float32Array, out: Float32Array, w: number, h: number, radius: number): void {
  meanAlong(source, between, h, w, w, 1, radius);
  meanAlong(between, out, w, h, 1, w, radius);
}

/** A running sum along each line. */
function meanAlong(
  source: Float32Array,
  out: Float32Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
  radius: number,
): void {
  for (let line = 0; line < lines; line++) {
    const first = line * lineStride;
    let sum = 0;
    let count = 0;
    for (let k = 0; k < Math.min(radius, length); k++, count++) sum += source[first + k * stride];
    for (let k = 0; k < length; k++) {
      if (k + radius < length) {
        sum += source[first + (k + radius) * stride];
        count++;
      }
      if (k > radius) {
        sum -= source[first + (k - radius - 1) * stride];
        count--;
      }
      out[first + k * stride] = sum / count;
    }
  }
}
