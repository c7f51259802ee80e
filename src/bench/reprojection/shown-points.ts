import { createPose } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';
import { isFrame, sourceU, sourceV } from './source-buffer';
import { relativePose, slopeAlong, type KnownDepth } from './visibility';

/** What a pixel shows, and where that really is. */
export type Point = {
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

/** A new point, to be filled by {@link readPoint}. */
export function createPoint(): Point {
  return { x: 0, y: 0, fx: 0, fy: 0, fd: 0, texel: 0 };
}

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
export function project(m: Pose, camera: Intrinsics, { fx, fy, fd }: Point, out: { x: number; y: number }): boolean {
  const away = -(m[2] * fx + m[6] * fy - m[10] + m[14] * fd);
  if (!(away > 1e-4)) return false;
  out.x = camera.cx + (camera.fx * (m[0] * fx + m[4] * fy - m[8] + m[12] * fd)) / away;
  out.y = camera.cy - (camera.fy * (m[1] * fx + m[5] * fy - m[9] + m[13] * fd)) / away;
  return true;
}

/** Finds the frame behind a layer code; null: none that is known. */
export type FrameOf = (code: number) => KnownDepth | null;

/** Every third pixel of every third row tells enough: neighbours show neighbours. */
export const stride = 3;

/** What pixel `i` shows of a frame, from the source buffer and exact depth. */
export function readPoint(source: Uint8Array, i: number, frame: KnownDepth, out: Point): void {
  const { width, height, fx, fy, cx, cy } = frame.camera;
  const u = sourceU(source, i) * width;
  const v = sourceV(source, i) * height;
  out.fx = (u - cx) / fx;
  out.fy = -(v - cy) / fy;
  out.fd = depthAt(frame, u, v);
  out.texel = Math.min(height - 1, Math.floor(v)) * width + Math.min(width - 1, Math.floor(u));
}

/** Direction from the eye to a point of a frame, not normalised. @param m eye from frame */
export function direction(m: Pose, { fx, fy, fd }: Point, out: Float64Array): void {
  for (let k = 0; k < 3; k++) out[k] = m[k] * fx + m[4 + k] * fy - m[8 + k] + m[12 + k] * fd;
}

/** A frame and where the eyes are to it. */
export type Layer = { frame: KnownDepth; eyeFromFrame: Pose[] };

/** Transforms of each layer code, made when the code is first met. */
export class LayerCache {
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
    };
    this.layers.set(code, layer);
    return layer;
  }
}
