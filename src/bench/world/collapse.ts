/** What a picture is like as a whole; no truth is needed for it. */
export type FrameStatistics = {
  /** Mean length of the luma gradient, 1/pixel. */
  sharpness: number;
  /** Mean and standard deviation of the luma, 0..1. */
  brightness: number;
  contrast: number;
  /** Means of red minus green and of blue minus green, -1..1. */
  redness: number;
  blueness: number;
  /** Mean inverse depth, 1/m. */
  inverseDepth: number;
};

/** Frames at the beginning whose range is what is right. */
export const referenceFrames = 50;
/** Medians of so many frames are compared with it: of a picture against its map, and of the picture by itself. */
export const windowFrames = 25;
export const longWindowFrames = 200;

type Limit = { of: keyof FrameStatistics; allows: (value: number, low: number, high: number) => boolean };

const within = (factor: number) => (value: number, low: number, high: number) => value >= low / factor && value <= high * factor;
const near = (margin: number) => (value: number, low: number, high: number) => value >= low - margin && value <= high + margin;

/**
 * How far from the range of the first frames a world may get. A picture that a walk begins with is no better than what
 * it comes to, so these are limits of a collapse and not of beauty.
 */
const limits: readonly Limit[] = [
  { of: 'sharpness', allows: within(2) },
  { of: 'brightness', allows: near(0.15) },
  { of: 'contrast', allows: within(2.5) },
  { of: 'redness', allows: near(0.12) },
  { of: 'blueness', allows: near(0.12) },
  { of: 'inverseDepth', allows: within(4) },
];

export type Collapse = { frame: number; because: keyof FrameStatistics };

/**
 * The first frame at which a world has collapsed. Who walks up to a wall sees a dull picture that is right, so a picture
 * is first held against its map: the median of 25 frames' sharpness over the map's is under half or over twice the range
 * of the first 50 frames, or brightness, contrast, colour or depth against the map's is off that range by more than their
 * limits. Then by itself, over 200 frames, so that a map that empties does not pass either.
 * @param maps statistics of the raw map of the same frames; null: there is none
 * @returns null when it never does
 */
export function findCollapse(frames: readonly FrameStatistics[], maps: readonly FrameStatistics[] | null): Collapse | null {
  const found = [firstBeyond(frames, longWindowFrames)];
  if (maps) found.push(firstBeyond(frames.map((frame, k) => against(frame, maps[k])), windowFrames));
  return found.reduce((first, other) => (first && (!other || first.frame <= other.frame) ? first : other));
}

/** Of a map that shows next to nothing, small differences are no large ratios. */
const least = { sharpness: 0.01, contrast: 0.05, inverseDepth: 0.02 };

/** A picture against its map: ratios and differences, in the units of the limits. */
function against(frame: FrameStatistics, map: FrameStatistics): FrameStatistics {
  const ratio = (of: keyof typeof least): number => (frame[of] + least[of]) / (map[of] + least[of]);
  return {
    sharpness: ratio('sharpness'),
    brightness: frame.brightness - map.brightness,
    contrast: ratio('contrast'),
    redness: frame.redness - map.redness,
    blueness: frame.blueness - map.blueness,
    inverseDepth: ratio('inverseDepth'),
  };
}

function firstBeyond(frames: readonly FrameStatistics[], length: number): Collapse | null {
  const reference = frames.slice(0, referenceFrames);
  const ranges = limits.map(({ of, allows }) => {
    const values = reference.map((frame) => frame[of]);
    return { of, allows, low: Math.min(...values), high: Math.max(...values) };
  });
  for (let frame = Math.max(referenceFrames, length); frame < frames.length; frame++) {
    const window = frames.slice(frame + 1 - length, frame + 1);
    for (const { of, allows, low, high } of ranges) {
      const value = middle(window.map((statistics) => statistics[of]));
      // Written so that NaN is a collapse.
      if (!allows(value, low, high)) return { frame, because: of };
    }
  }
  return null;
}

function middle(values: number[]): number {
  if (values.some(Number.isNaN)) return Number.NaN;
  return values.sort((a, b) => a - b)[values.length >> 1];
}

/** @param rgba RGBA8 @param inverseDepth 1/m; null: none, counted as 0 */
export function statisticsOf(rgba: ArrayLike<number>, inverseDepth: Float32Array | null, width: number, height: number): FrameStatistics {
  const n = width * height;
  const luma = new Float32Array(n);
  let [sum, squares, red, blue, depth, gradient] = [0, 0, 0, 0, 0, 0];
  for (let i = 0, p = 0; i < n; i++, p += 4) {
    const value = (0.2126 * rgba[p] + 0.7152 * rgba[p + 1] + 0.0722 * rgba[p + 2]) / 255;
    luma[i] = value;
    sum += value;
    squares += value * value;
    red += rgba[p] - rgba[p + 1];
    blue += rgba[p + 2] - rgba[p + 1];
    depth += inverseDepth ? inverseDepth[i] : 0;
  }
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0; x + 1 < width; x++) {
      const i = y * width + x;
      gradient += Math.hypot(luma[i + 1] - luma[i], luma[i + width] - luma[i]);
    }
  }
  const mean = sum / n;
  return {
    sharpness: gradient / ((width - 1) * (height - 1)),
    brightness: mean,
    contrast: Math.sqrt(Math.max(0, squares / n - mean * mean)),
    redness: red / n / 255,
    blueness: blue / n / 255,
    inverseDepth: depth / n,
  };
}
