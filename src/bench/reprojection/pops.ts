import { findCuts } from '../../../workers/mesh/cut';
import type { Intrinsics, Pose } from '../../math/types';
import { createPoint, direction, LayerCache, readPoint, stride, type FrameOf } from './shown-points';
import type { KnownDepth } from './visibility';

/** Jumps, degrees: of all pixels, and of those alone that show no texel near a cut, before and after. */
export type Pops = { all: number[]; inside: number[] };

/**
 * How far points jump when another frame comes in: two source buffers for one and the same pose, before and after.
 * A pixel showed the point A and shows B now; its jump is the angle between where A and B really are.
 * @param out the jumps of every third pixel of every third row that shows a frame both times are added to it
 */
export function popDegrees(
  before: Uint8Array,
  frameBefore: FrameOf,
  after: Uint8Array,
  frameAfter: FrameOf,
  camera: Intrinsics,
  worldFromEye: Pose,
  out: Pops,
): void {
  const layersBefore = new LayerCache(frameBefore, [worldFromEye]);
  const layersAfter = new LayerCache(frameAfter, [worldFromEye]);
  for (let y = 0; y < camera.height; y += stride) {
    for (let x = 0; x < camera.width; x += stride) {
      const i = y * camera.width + x;
      const a = layersBefore.of(before[4 * i + 3]);
      const b = layersAfter.of(after[4 * i + 3]);
      if (a === null || b === null) continue;
      readPoint(before, i, a.frame, point);
      direction(a.eyeFromFrame[0], point, rayA);
      const isInside = nearCuts(a.frame)[point.texel] === 0;
      readPoint(after, i, b.frame, point);
      direction(b.eyeFromFrame[0], point, rayB);
      const degrees = (angleBetweenRays(rayA, rayB) * 180) / Math.PI;
      out.all.push(degrees);
      if (isInside && nearCuts(b.frame)[point.texel] === 0) out.inside.push(degrees);
    }
  }
}

/** By the arc tangent, which keeps small angles that an arc cosine would round away. */
function angleBetweenRays(a: Float64Array, b: Float64Array): number {
  const x = a[1] * b[2] - a[2] * b[1];
  const y = a[2] * b[0] - a[0] * b[2];
  const z = a[0] * b[1] - a[1] * b[0];
  return Math.atan2(Math.hypot(x, y, z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

const known = new WeakMap<KnownDepth, Uint8Array>();

/** 1 for texels of a frame that share a corner with a cut, or nearly so; worked out once for each frame. */
function nearCuts(frame: KnownDepth): Uint8Array {
  let out = known.get(frame);
  if (out) return out;
  const { width, height } = frame.camera;
  const right = new Uint8Array(width * height);
  const below = new Uint8Array(width * height);
  findCuts(frame.inverseDepth, width, height, right, below);
  out = new Uint8Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      // A cut moves both corners at its ends, and each of those belongs to four texels: 3 x 4 or 4 x 3 texels.
      if (right[i] === 1) mark(out, width, height, x - 1, y - 1, x + 2, y + 1);
      if (below[i] === 1) mark(out, width, height, x - 1, y - 1, x + 1, y + 2);
    }
  }
  known.set(frame, out);
  return out;
}

function mark(out: Uint8Array, width: number, height: number, x0: number, y0: number, x1: number, y1: number): void {
  for (let y = Math.max(0, y0); y <= Math.min(height - 1, y1); y++) {
    out.fill(1, y * width + Math.max(0, x0), y * width + Math.min(width - 1, x1) + 1);
  }
}

const point = createPoint();
const rayA = new Float64Array(3);
const rayB = new Float64Array(3);
