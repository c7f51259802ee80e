import { findCuts } from '../../../workers/mesh/cut';
import { createPose } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';
import { isFrame, sourceU, sourceV } from './source-buffer';
import { relativePose, slopeAlong, type KnownDepth } from './visibility';

/** What a pixel shows, and where that really is. */
type Point = {
  /** Where it really is in the view, pixels; NaN behind the eye. */
  x: number;
  y: number;
  /** Homogeneous, in the axes of the frame that it comes from. */
  fx: number;
  fy: number;
  fd: number;
  /** Index of the texel that is shown. */
  texel: number;
};

/** Exact inverse depth of a frame at (u, v), texels: of the surface of the nearest texel, continued to there. */
export function depthAt({ camera, inverseDepth }: KnownDepth, u: number, v: number): number {
  const { width, height } = camera;
  const x = Math.min(width - 1, Math.max(0, Math.floor(u)));
  const y = Math.min(height - 1, Math.max(0, Math.floor(v)));
  const i = y * width + x;
  const d = inverseDepth[i];
  const slopeX = slopeAlong(inverseDepth, i, 1, x > 0, x + 1 < width);
  const slopeY = slopeAlong(inverseDepth, i, width, y > 0, y + 1 < height);
  const there = d + slopeX * (u - x - 0.5) + slopeY * (v - y - 0.5);
  // A rim texel of something round may be steeper than its neighbours tell.
  return d === 0 || there <= 0 ? d : there;
}

/** Where a homogeneous point of another camera is in a view, pixels. @returns false behind the eye */
function project(m: Pose, camera: Intrinsics, { fx, fy, fd }: Point, out: { x: number; y: number }): boolean {
  const away = -(m[2] * fx + m[6] * fy - m[10] + m[14] * fd);
  if (!(away > 1e-4)) return false;
  out.x = camera.cx + (camera.fx * (m[0] * fx + m[4] * fy - m[8] + m[12] * fd)) / away;
  out.y = camera.cy - (camera.fy * (m[1] * fx + m[5] * fy - m[9] + m[13] * fd)) / away;
  return true;
}

/** Finds the frame behind a layer code; null: none that is known. */
export type FrameOf = (code: number) => KnownDepth | null;

/** Every third pixel of every third row tells enough: neighbours show neighbours. */
const stride = 3;

/**
 * How far what a view shows trails where it should be. `r` is the true place of a shown point minus where it is shown,
 * `m` the velocity of that true place, px/ms; the lag of a pixel is r.m / m.m (positive: late), the rest of r is error
 * across the motion. Collect pictures, then ask.
 */
export class LagMeter {
  private readonly lags: number[] = [];
  private acrossSum = 0;

  /** @param leastSpeed slower points say nothing, px/ms */
  constructor(private readonly leastSpeed = 0.02) {}

  /**
   * @param source the view's source buffer
   * @param worldFromEye the pose the view was drawn for, and the poses a little before and after it
   * @param spanMs time between those two
   */
  add(
    source: Uint8Array,
    camera: Intrinsics,
    worldFromEye: Pose,
    before: Pose,
    after: Pose,
    spanMs: number,
    frameOf: FrameOf,
  ): void {
    const frames = new LayerCache(frameOf, [worldFromEye, before, after]);
    for (let y = 0; y < camera.height; y += stride) {
      for (let x = 0; x < camera.width; x += stride) {
        const i = y * camera.width + x;
        const layer = frames.of(source[4 * i + 3]);
        if (layer === null) continue;
        readPoint(source, i, layer.frame, point);
        const [now, then, later] = layer.eyeFromFrame;
        if (!project(now, camera, point, point) || !project(then, camera, point, earlier)) continue;
        if (!project(later, camera, point, next)) continue;
        this.addPixel(point.x - x - 0.5, point.y - y - 0.5, (next.x - earlier.x) / spanMs, (next.y - earlier.y) / spanMs);
      }
    }
  }

  /** One pixel: (rx, ry) px off, moving by (mx, my) px/ms. */
  addPixel(rx: number, ry: number, mx: number, my: number): void {
    const speed2 = mx * mx + my * my;
    if (!(speed2 >= this.leastSpeed ** 2)) return;
    this.lags.push((rx * mx + ry * my) / speed2);
    this.acrossSum += (rx * my - ry * mx) ** 2 / speed2;
  }

  /** Median lag, ms; null without anything that moves. */
  get medianMs(): number | null {
    return median(this.lags);
  }

  /** Root mean square of the error across the motion, px. */
  get acrossPx(): number | null {
    return this.lags.length > 0 ? Math.sqrt(this.acrossSum / this.lags.length) : null;
  }
}

/** Value in the middle; null of nothing. Sorts the list. */
export function median(values: number[]): number | null {
  return quantileOf(values, 0.5);
}

/** Value below which a share `p` lies; null of nothing. Sorts the list. */
export function quantileOf(values: number[], p: number): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(p * values.length))];
}

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
      const isInside = !a.besideCut[point.texel];
      readPoint(after, i, b.frame, point);
      direction(b.eyeFromFrame[0], point, rayB);
      const degrees = (angleBetweenRays(rayA, rayB) * 180) / Math.PI;
      out.all.push(degrees);
      if (isInside && b.besideCut[point.texel] === 0) out.inside.push(degrees);
    }
  }
}

function readPoint(source: Uint8Array, i: number, frame: KnownDepth, out: Point): void {
  const { width, height, fx, fy, cx, cy } = frame.camera;
  const u = sourceU(source, i) * width;
  const v = sourceV(source, i) * height;
  out.fx = (u - cx) / fx;
  out.fy = -(v - cy) / fy;
  out.fd = depthAt(frame, u, v);
  out.texel = Math.min(height - 1, Math.floor(v)) * width + Math.min(width - 1, Math.floor(u));
}

function direction(m: Pose, { fx, fy, fd }: Point, out: Float64Array): void {
  for (let k = 0; k < 3; k++) out[k] = m[k] * fx + m[4 + k] * fy - m[8 + k] + m[12 + k] * fd;
}

/** By the arc tangent, which keeps small angles that an arc cosine would round away. */
function angleBetweenRays(a: Float64Array, b: Float64Array): number {
  const x = a[1] * b[2] - a[2] * b[1];
  const y = a[2] * b[0] - a[0] * b[2];
  const z = a[0] * b[1] - a[1] * b[0];
  return Math.atan2(Math.hypot(x, y, z), a[0] * b[0] + a[1] * b[1] + a[2] * b[2]);
}

type Layer = { frame: KnownDepth; eyeFromFrame: Pose[]; besideCut: Uint8Array };

/** Transforms of each layer code, made when the code is first met. */
class LayerCache {
  private readonly layers = new Map<number, Layer | null>();

  constructor(
    private readonly frameOf: FrameOf,
    private readonly worldFromEyes: readonly Pose[],
  ) {}

  of(code: number): Layer | null {
    let layer = this.layers.get(code);
    if (layer !== undefined) return layer;
    const frame = isFrame(code) ? this.frameOf(code) : null;
    layer = frame && {
      frame,
      eyeFromFrame: this.worldFromEyes.map((eye) => relativePose(eye, frame.worldFromCamera, createPose())),
      besideCut: besideCuts(frame),
    };
    this.layers.set(code, layer);
    return layer;
  }
}

const known = new WeakMap<KnownDepth, Uint8Array>();

/** 1 for texels of a frame that share a corner with a cut, or nearly so; worked out once for each frame. */
function besideCuts(frame: KnownDepth): Uint8Array {
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

const point: Point = { x: 0, y: 0, fx: 0, fy: 0, fd: 0, texel: 0 };
const earlier = { x: 0, y: 0 };
const next = { x: 0, y: 0 };
const rayA = new Float64Array(3);
const rayB = new Float64Array(3);
