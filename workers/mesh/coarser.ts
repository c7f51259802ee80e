import type { Intrinsics } from '../../src/math/types';

/** Texels of one block count as one surface when their inverse depths differ by less than this ratio. */
const sameSurface = 1.08;

/** By how much a picture must shrink each way so that its longer side has at most `most` texels: 1, 2, 3 … */
export function shrinkFactor(width: number, height: number, most: number): number {
  return Math.max(1, Math.ceil(Math.max(width, height) / most));
}

/** The camera of a picture shrunk by a factor; rays through texel corners agree. Odd sizes lose the last texels. */
export function coarserCamera(camera: Intrinsics, factor: number): Intrinsics {
  return {
    width: Math.floor(camera.width / factor),
    height: Math.floor(camera.height / factor),
    fx: camera.fx / factor,
    fy: camera.fy / factor,
    cx: camera.cx / factor,
    cy: camera.cy / factor,
  };
}

/**
 * One texel's depth for each block: that of its middle, or of the first valid one. A mean would hang between surfaces.
 * @param out floor(width / factor) * floor(height / factor)
 */
export function coarserDepth(d: Float32Array, width: number, height: number, factor: number, out: Float32Array): void {
  const columns = Math.floor(width / factor);
  const rows = Math.floor(height / factor);
  const middle = factor >> 1;
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const first = y * factor * width + x * factor;
      let value = d[first + middle * width + middle];
      for (let k = 0; k < factor * factor && !(value >= 0); k++) {
        value = d[first + Math.floor(k / factor) * width + (k % factor)];
      }
      out[y * columns + x] = value;
    }
  }
}

/** Mean colour of those texels of each block that belong to the surface its depth was taken from. */
export function coarserColor(
  color: Uint8Array | Uint8ClampedArray,
  d: Float32Array,
  width: number,
  height: number,
  factor: number,
  depth: Float32Array,
  out: Uint8Array | Uint8ClampedArray,
): void {
  const columns = Math.floor(width / factor);
  const rows = Math.floor(height / factor);
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const own = depth[y * columns + x];
      let count = 0;
      let r = 0;
      let g = 0;
      let b = 0;
      for (let k = 0; k < factor * factor; k++) {
        const texel = (y * factor + Math.floor(k / factor)) * width + x * factor + (k % factor);
        const near = Math.max(d[texel], own);
        if (!(near <= Math.min(d[texel], own) * sameSurface) && own >= 0) continue;
        count++;
        r += color[texel * 4];
        g += color[texel * 4 + 1];
        b += color[texel * 4 + 2];
      }
      const p = (y * columns + x) * 4;
      out[p] = Math.round(r / count);
      out[p + 1] = Math.round(g / count);
      out[p + 2] = Math.round(b / count);
      out[p + 3] = 255;
    }
  }
}
