import { intrinsicsFromFov } from '../../../../src/math/camera';
import { createPose } from '../../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../../src/math/types';
import type { KnownSurfaces } from '../../../../src/bench/reprojection/known-surfaces';
import type { KnownDepth } from '../../../../src/bench/reprojection/visibility';

/** A screen of half width `halfM` at `nearM`, upright, before an endless wall at `farM`; what a level camera at x sees. */
export type TwoPlanes = { nearM: number; farM: number; halfM: number };

export function camera(size: number, fovDeg = 90): Intrinsics {
  return intrinsicsFromFov(size, size, (fovDeg * Math.PI) / 180);
}

export function poseAt(x: number, y = 0, z = 0): Pose {
  const pose = createPose();
  pose[12] = x;
  pose[13] = y;
  pose[14] = z;
  return pose;
}

/** Exact depth of the two planes from a camera at (x, 0, 0) that looks along -Z. */
export function seeTwoPlanes({ nearM, farM, halfM }: TwoPlanes, view: Intrinsics, x = 0): KnownDepth & KnownSurfaces {
  const inverseDepth = new Float32Array(view.width * view.height);
  const corners = new Float32Array(4 * inverseDepth.length);
  for (let i = 0; i < inverseDepth.length; i++) {
    const rx = ((i % view.width) + 0.5 - view.cx) / view.fx;
    inverseDepth[i] = Math.abs(x + rx * nearM) < halfM ? 1 / nearM : 1 / farM;
    corners.fill(inverseDepth[i], 4 * i, 4 * i + 4);
  }
  return { worldFromCamera: poseAt(x), camera: view, inverseDepth, corners };
}

/** A source buffer that shows layer `code` everywhere, texel for texel. */
export function sourceOf(size: number, code: number, shiftX = 0): Uint8Array {
  const out = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i++) {
    const u = Math.round((((i % size) + 0.5 + shiftX) / size) * 4095);
    const v = Math.round(((Math.floor(i / size) + 0.5) / size) * 4095);
    const inside = u >= 0 && u <= 4095;
    out.set([u >> 4, ((u & 15) << 4) | (v >> 8), v & 255, inside ? code : 0], 4 * i);
  }
  return out;
}
