import { luma, type Rgba8 } from '../../math/image-metrics';
import type { Intrinsics } from '../../math/types';

/** One size of a picture with depth, and the slopes of both. NaN depth: between two surfaces, of no use. */
export type RgbdLevel = {
  camera: Intrinsics;
  luma: Float32Array;
  inverseDepth: Float32Array;
  /** Central differences, per texel; NaN where a neighbour is missing or on another surface. */
  lumaX: Float32Array;
  lumaY: Float32Array;
  depthX: Float32Array;
  depthY: Float32Array;
};

/** Inverse depths that differ by more than this share are two surfaces. */
const jump = 0.06;
/** Below this, 1/m, everything is equally far. */
const flat = 0.004;

/** Half sizes of a picture with depth, the finest first. @param levels at least 1 */
export function rgbdPyramid(color: Rgba8, inverseDepth: Float32Array, camera: Intrinsics, levels: number): RgbdLevel[] {
  let grey = blur(luma(color), camera.width, camera.height);
  let depth: Float32Array = Float32Array.from(inverseDepth);
  let size = camera;
  const out = [levelOf(grey, depth, size)];
  for (let k = 1; k < levels; k++) {
    const { width, height } = size;
    const [halfLuma, halfDepth] = [halve(grey, width, height, false), halve(depth, width, height, true)];
    grey = blur(halfLuma, width >> 1, height >> 1);
    depth = halfDepth;
    size = { width: width >> 1, height: height >> 1, fx: size.fx / 2, fy: size.fy / 2, cx: size.cx / 2, cy: size.cy / 2 };
    out.push(levelOf(grey, depth, size));
  }
  return out;
}

/** Whether two inverse depths, 1/m, can be one surface. */
export function isOneSurface(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(jump * Math.max(a, b), flat);
}

function levelOf(grey: Float32Array, depth: Float32Array, camera: Intrinsics): RgbdLevel {
  const { width, height } = camera;
  const slopes = (values: Float32Array, step: number, isDepth: boolean): Float32Array => {
    const out = new Float32Array(values.length).fill(Number.NaN);
    for (let y = 1; y + 1 < height; y++) {
      for (let x = 1; x + 1 < width; x++) {
        const i = y * width + x;
        const [a, b] = [values[i - step], values[i + step]];
        if (isDepth && !(isOneSurface(a, values[i]) && isOneSurface(b, values[i]))) continue;
        out[i] = (b - a) / 2;
      }
    }
    return out;
  };
  return {
    camera,
    luma: grey,
    inverseDepth: depth,
    lumaX: slopes(grey, 1, false),
    lumaY: slopes(grey, width, false),
    depthX: slopes(depth, 1, true),
    depthY: slopes(depth, width, true),
  };
}

/** Means of 2 x 2; of depths only where all four are one surface. */
function halve(values: Float32Array, width: number, height: number, isDepth: boolean): Float32Array {
  const [w, h] = [width >> 1, height >> 1];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const i = 2 * y * width + 2 * x;
      const [a, b, c, d] = [values[i], values[i + 1], values[i + width], values[i + width + 1]];
      const one = !isDepth || (isOneSurface(a, b) && isOneSurface(a, c) && isOneSurface(a, d) && isOneSurface(b, c));
      out[y * w + x] = one ? (a + b + c + d) / 4 : Number.NaN;
    }
  }
  return out;
}

/** 1 2 1 both ways: texels of a picture drawn with hard edges say little about half a texel. */
function blur(values: Float32Array, width: number, height: number): Float32Array {
  const rows = Float32Array.from(values);
  for (let y = 0; y < height; y++) {
    for (let x = 1; x + 1 < width; x++) {
      const i = y * width + x;
      rows[i] = (values[i - 1] + 2 * values[i] + values[i + 1]) / 4;
    }
  }
  const out = Float32Array.from(rows);
  for (let i = width; i + width < out.length; i++) out[i] = (rows[i - width] + 2 * rows[i] + rows[i + width]) / 4;
  return out;
}
