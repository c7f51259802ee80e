import type { Rgba8 } from '../../math/image-metrics';
import { relativePose, sightAt, visible, type KnownDepth } from './visibility';

/** Where the pixels of a later view were in an earlier one: the true flow. x and y of each pixel; NaN: not visible. */
export function flowBack(later: KnownDepth, earlier: KnownDepth): Float32Array {
  const m = relativePose(earlier.worldFromCamera, later.worldFromCamera);
  const { width, height, fx, fy, cx, cy } = later.camera;
  const { fx: fu, fy: fv, cx: cu, cy: cv } = earlier.camera;
  const out = new Float32Array(2 * width * height).fill(Number.NaN);
  for (let y = 0, i = 0; y < height; y++) {
    const ry = -(y + 0.5 - cy) / fy;
    for (let x = 0; x < width; x++, i++) {
      const rx = (x + 0.5 - cx) / fx;
      const d = later.inverseDepth[i];
      const away = -(m[2] * rx + m[6] * ry - m[10] + m[14] * d);
      if (!(away > 1e-6)) continue;
      const u = cu + (fu * (m[0] * rx + m[4] * ry - m[8] + m[12] * d)) / away;
      const v = cv - (fv * (m[1] * rx + m[5] * ry - m[9] + m[13] * d)) / away;
      if (sightAt(earlier, u, v, d / away) !== visible) continue;
      out[2 * i] = u;
      out[2 * i + 1] = v;
    }
  }
  return out;
}

/** Mean absolute difference between a picture and the one before it along the flow, levels of 0..255; NaN of nothing. */
export function flowDifference(later: Rgba8, earlier: Rgba8, flow: Float32Array, width: number, height: number): number {
  let sum = 0;
  let count = 0;
  for (let i = 0, p = 0; p < flow.length; i++, p += 2) {
    const u = flow[p] - 0.5;
    const v = flow[p + 1] - 0.5;
    // Only where all four neighbours lie inside. Comparisons with NaN are false.
    if (!(u >= 0 && v >= 0 && u < width - 1 && v < height - 1)) continue;
    const x = Math.floor(u);
    const y = Math.floor(v);
    const a = u - x;
    const b = v - y;
    const at = 4 * (y * width + x);
    const below = at + 4 * width;
    for (let c = 0; c < 3; c++) {
      const top = earlier[at + c] * (1 - a) + earlier[at + 4 + c] * a;
      const bottom = earlier[below + c] * (1 - a) + earlier[below + 4 + c] * a;
      sum += Math.abs(later[4 * i + c] - top * (1 - b) - bottom * b);
    }
    count += 3;
  }
  return count > 0 ? sum / count : Number.NaN;
}
