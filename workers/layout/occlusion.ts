import { distanceToPrimitive } from './distance';
import { cellSize } from './grid';
import { atBox, kindArchX, kindArchZ, primitiveStride } from './primitives';
import type { SceneWindow } from './scene-window';

/** Points along the normal where free space is measured, metres, and how much a blocked one counts. */
const taps = [0.12, 0.35, 0.8] as const;
const weights = [0.3, 0.24, 0.2] as const;
const reach = taps[2];

/**
 * Share of the sky that is hidden from a surface point by what stands near it, 0..0.74: compares the distance to the
 * nearest shape with the distance walked along the normal ("ambient occlusion from distance fields", Evans 2006).
 * Smooth and without noise. `self` is the primitive the point lies on: being convex, it never hides its own surface,
 * except for an arch's opening, which is asked like any other.
 */
export function occlusionAt(
  scene: SceneWindow,
  self: number,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
): number {
  const { primitives, start, count, top, width } = scene;
  const x0 = x + Math.min(0, nx * reach) - reach;
  const x1 = x + Math.max(0, nx * reach) + reach;
  const y0 = y + Math.min(0, ny * reach) - reach;
  const y1 = y + Math.max(0, ny * reach) + reach;
  const z0 = z + Math.min(0, nz * reach) - reach;
  const z1 = z + Math.max(0, nz * reach) + reach;
  // The ground hides too.
  let d0 = Math.min(taps[0], Math.max(0, y + ny * taps[0]));
  let d1 = Math.min(taps[1], Math.max(0, y + ny * taps[1]));
  let d2 = Math.min(taps[2], Math.max(0, y + ny * taps[2]));
  const iFirst = Math.max(0, Math.floor(x0 / cellSize) - scene.originI);
  const iLast = Math.min(width - 1, Math.floor(x1 / cellSize) - scene.originI);
  const jFirst = Math.max(0, Math.floor(z0 / cellSize) - scene.originJ);
  const jLast = Math.min(width - 1, Math.floor(z1 / cellSize) - scene.originJ);
  for (let j = jFirst; j <= jLast; j++) {
    for (let i = iFirst; i <= iLast; i++) {
      const slot = j * width + i;
      if (top[slot]! < y0) continue;
      const first = start[slot]!;
      const last = first + count[slot]!;
      for (let k = first; k < last; k++) {
        const at = k * primitiveStride;
        const b = at + atBox;
        if (
          primitives[b]! > x1 ||
          primitives[b + 3]! < x0 ||
          primitives[b + 1]! > y1 ||
          primitives[b + 4]! < y0 ||
          primitives[b + 2]! > z1 ||
          primitives[b + 5]! < z0
        ) {
          continue;
        }
        if (k === self && primitives[at] !== kindArchX && primitives[at] !== kindArchZ) continue;
        const e0 = distanceToPrimitive(primitives, at, x + nx * taps[0], y + ny * taps[0], z + nz * taps[0], d0);
        if (e0 < d0) d0 = e0;
        const e1 = distanceToPrimitive(primitives, at, x + nx * taps[1], y + ny * taps[1], z + nz * taps[1], d1);
        if (e1 < d1) d1 = e1;
        const e2 = distanceToPrimitive(primitives, at, x + nx * taps[2], y + ny * taps[2], z + nz * taps[2], d2);
        if (e2 < d2) d2 = e2;
      }
    }
  }
  return (
    weights[0] * (1 - Math.max(0, d0) / taps[0]) +
    weights[1] * (1 - Math.max(0, d1) / taps[1]) +
    weights[2] * (1 - Math.max(0, d2) / taps[2])
  );
}
