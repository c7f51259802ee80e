import type { ManifestOutput } from '../../../src/world/manifest';

type DepthOutput = Exclude<ManifestOutput, { meaning: 'rgb' }>;

/** Maps planar RGB in `range` to 0..1 in place of `out` (3n, clamped; NaN becomes 0). */
export function normaliseColor(planar: Float32Array, range: readonly [number, number], out: Float32Array): void {
  const [low, high] = range;
  const scale = 1 / (high - low);
  for (let i = 0; i < out.length; i++) {
    const value = (planar[i] - low) * scale;
    out[i] = value > 0 ? Math.min(value, 1) : 0;
  }
}

/** Planar RGB 0..1 (3n) to RGBA8 (4n), opaque. Uint8ClampedArray rounds to the nearest. */
export function writeRgba(color: Float32Array, out: Uint8ClampedArray): void {
  const n = out.length / 4;
  for (let i = 0; i < n; i++) {
    out[4 * i] = color[i] * 255;
    out[4 * i + 1] = color[n + i] * 255;
    out[4 * i + 2] = color[2 * n + i] * 255;
    out[4 * i + 3] = 255;
  }
}

/**
 * A depth output to inverse depth in 1/m; what counts as sky becomes 0.
 * NaN, infinity and true negatives are passed on, so that the host can take them out and count them.
 */
export function writeInverseDepth(values: Float32Array, output: DepthOutput, out: Float32Array): void {
  if (output.meaning === 'inverse-depth') {
    const { scale, skyBelow } = output;
    for (let i = 0; i < out.length; i++) {
      const inverse = values[i] * scale;
      // A network that means sky scatters to both sides of 0; only what is clearly negative is a fault.
      out[i] = Math.abs(inverse) < skyBelow ? 0 : inverse;
    }
  } else {
    const { scale, skyBeyond = Infinity } = output;
    for (let i = 0; i < out.length; i++) {
      const metres = values[i] * scale;
      out[i] = metres >= skyBeyond ? 0 : 1 / metres;
    }
  }
}

/** Copies inverse depth with `hole` in the place of what cannot be one (NaN, infinity, negatives). */
export function cleanInverseDepth(inverseDepth: Float32Array, hole: number, out: Float32Array): void {
  for (let i = 0; i < out.length; i++) {
    const value = inverseDepth[i];
    out[i] = value >= 0 && value < Infinity ? value : hole;
  }
}
