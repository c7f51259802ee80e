import { createPose, invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';
import type { Keyframe } from './keyframe-store';

/** What the keyframes say about a view. Planar floats, rows from the top, all views into `planes`. */
export type MemoryView = {
  /** red, green, blue, inverseDepth, mask, one after the other: 5 * height * width, ready to be a tensor. */
  planes: Float32Array;
  /** sRGB-encoded, 0..1; 0 where the mask is 0. */
  red: Float32Array;
  green: Float32Array;
  blue: Float32Array;
  /** Planar inverse depth in the new view, 1/m; 0 is sky, and 0 where the mask is 0. */
  inverseDepth: Float32Array;
  /** 1 where a keyframe has something to say. */
  mask: Float32Array;
};

/** Texels that come nearer than 5 cm are behind one's eyes. */
const maxInverseDepth = 20;
/** Footprints are widened a little against cracks on slanted surfaces, where texels spread unevenly. */
const footprintSlack = 1.15;
/** Half the widest footprint, pixels: covers 2x2, so magnification by 2. */
const maxHalfFootprint = 1.1;
/** What a pixel of distance (squared) from the texel's centre costs: the closest centre wins on one surface. */
const offCentrePenalty = 0.02;
/** What each newer keyframe gains over the next older one, and at most: the newest wins unless clearly behind. */
const agePenalty = 0.015;
const maxAgePenalty = 0.06;
/** Of a packed source, the lower bits are the texel and the upper five the keyframe's rank. */
const texelBits = 26;

const cameraFromWorld = createPose();
const viewFromKeyframe = createPose();

/**
 * Shows remembered RGB-D pictures from another pose: forward splatting with a z-buffer, each texel as a square of its
 * own projected size (up to 2x2 pixels). Holds scratch memory for one view size.
 */
export class Reprojector {
  readonly view: MemoryView;
  /** Best score so far: inverse depth, less penalties. Below -1: nothing. */
  private readonly score: Float32Array;
  private readonly source: Int32Array;

  /** @param camera of the view that is wanted. */
  constructor(readonly camera: Intrinsics) {
    const size = camera.width * camera.height;
    const planes = new Float32Array(5 * size);
    this.view = {
      planes,
      red: planes.subarray(0, size),
      green: planes.subarray(size, 2 * size),
      blue: planes.subarray(2 * size, 3 * size),
      inverseDepth: planes.subarray(3 * size, 4 * size),
      mask: planes.subarray(4 * size),
    };
    this.score = new Float32Array(size);
    this.source = new Int32Array(size);
  }

  /**
   * @param keyframes newest first, at most 32 (see `KeyframeStore.choose`).
   * @returns `this.view`, overwritten by the next call.
   */
  project(keyframes: readonly Keyframe[], worldFromCamera: Pose): MemoryView {
    if (keyframes.length > 32) {
      throw new RangeError(`At most 32 keyframes can be re-projected, got ${keyframes.length}; choose fewer.`);
    }
    this.score.fill(-2);
    invertRigid(cameraFromWorld, worldFromCamera);
    for (let rank = 0; rank < keyframes.length; rank++) this.splat(keyframes[rank], rank);
    this.resolve(keyframes);
    return this.view;
  }

  private splat(keyframe: Keyframe, rank: number): void {
    const { score, source } = this;
    const depthOut = this.view.inverseDepth;
    const { width, height, fx, fy, cx, cy } = this.camera;
    const k = keyframe.camera;
    const d = keyframe.inverseDepth;
    const m = multiplyPose(viewFromKeyframe, cameraFromWorld, keyframe.worldFromCamera);
    const halfX = 0.5 * footprintSlack * fx;
    const halfY = 0.5 * footprintSlack * fy;
    const age = Math.min(rank * agePenalty, maxAgePenalty);
    const rankBits = rank << texelBits;
    // Point = direction + translation * inverse depth: homogeneous, so sky (0) needs no case of its own.
    const stepX = m[0] / k.fx;
    const stepY = m[1] / k.fx;
    const stepZ = m[2] / k.fx;
    const downX = -m[4] / k.fy;
    const downY = -m[5] / k.fy;
    const downZ = -m[6] / k.fy;
    for (let y = 0; y < k.height; y++) {
      const dirX = (0.5 - k.cx) / k.fx;
      const dirY = -(y + 0.5 - k.cy) / k.fy;
      const rowX = m[0] * dirX + m[4] * dirY - m[8];
      const rowY = m[1] * dirX + m[5] * dirY - m[9];
      const rowZ = m[2] * dirX + m[6] * dirY - m[10];
      for (let x = 0; x < k.width; x++) {
        const texel = y * k.width + x;
        const dk = d[texel];
        const ahead = -(rowZ + x * stepZ + m[14] * dk);
        if (!(ahead > 0.02)) continue;
        const nearing = 1 / ahead;
        const dv = dk * nearing;
        if (dv > maxInverseDepth) continue;
        const slopeX = (rowX + x * stepX + m[12] * dk) * nearing;
        const slopeY = (rowY + x * stepY + m[13] * dk) * nearing;
        // Pixel centres lie at +0.5; in these coordinates pixel i has its centre at i.
        const u = cx + fx * slopeX - 0.5;
        const v = cy - fy * slopeY - 0.5;
        // Half the box around the texel's projected parallelogram: the derivatives of u and v by x and y. A turn in a
        // wide view stretches the rim more than the distance alone tells.
        let spreadU = Math.abs(stepX + slopeX * stepZ) + Math.abs(downX + slopeX * downZ);
        let spreadV = Math.abs(stepY + slopeY * stepZ) + Math.abs(downY + slopeY * downZ);
        spreadU *= halfX * nearing;
        spreadV *= halfY * nearing;
        if (spreadU > maxHalfFootprint) spreadU = maxHalfFootprint;
        if (spreadV > maxHalfFootprint) spreadV = maxHalfFootprint;
        let left = Math.ceil(u - spreadU);
        let right = Math.floor(u + spreadU);
        let top = Math.ceil(v - spreadV);
        let bottom = Math.floor(v + spreadV);
        if (left < 0) left = 0;
        if (top < 0) top = 0;
        if (right >= width) right = width - 1;
        if (bottom >= height) bottom = height - 1;
        for (let py = top; py <= bottom; py++) {
          const offY = py - v;
          for (let px = left; px <= right; px++) {
            const offX = px - u;
            const penalty = age + offCentrePenalty * (offX * offX + offY * offY);
            // Sky has no depth to scale; its scores lie below every surface's and only rank sky against sky.
            const fragment = dv > 0 ? dv * (1 - penalty) : -penalty;
            const pixel = py * width + px;
            if (fragment > score[pixel]) {
              score[pixel] = fragment;
              source[pixel] = rankBits | texel;
              depthOut[pixel] = dv;
            }
          }
        }
      }
    }
  }

  /** Fetches colours once a pixel, after every contest for it is over. */
  private resolve(keyframes: readonly Keyframe[]): void {
    const { red, green, blue, inverseDepth, mask } = this.view;
    const { score, source } = this;
    for (let pixel = 0; pixel < score.length; pixel++) {
      if (score[pixel] < -1) {
        red[pixel] = 0;
        green[pixel] = 0;
        blue[pixel] = 0;
        inverseDepth[pixel] = 0;
        mask[pixel] = 0;
        continue;
      }
      const color = keyframes[source[pixel] >>> texelBits].color;
      const p = (source[pixel] & ((1 << texelBits) - 1)) * 4;
      red[pixel] = color[p] / 255;
      green[pixel] = color[p + 1] / 255;
      blue[pixel] = color[p + 2] / 255;
      mask[pixel] = 1;
    }
  }
}
