import { angleBetween, createPose, distanceBetween, invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';

/** One remembered RGB-D picture. Arrays belong to the store. */
export type Keyframe = {
  worldFromCamera: Pose;
  camera: Intrinsics;
  /** sRGB RGBA8, rows from the top. */
  color: Uint8ClampedArray;
  /** Sanitised planar inverse depth, 1/m: 0 is sky, NaN is a hole. */
  inverseDepth: Float32Array;
  /** Counts up with every insertion: the larger, the newer. */
  sequence: number;
  /** Median distance of what is not sky, metres; Infinity when all is sky. */
  medianDepth: number;
  /** How much of the views asked for it added lately, 0..1. */
  usefulness: number;
};

/** A new keyframe is kept when it turned further than this from every kept one... */
export const minTurnRad = (15 * Math.PI) / 180;
/** ...or moved further than this share of the median depth, which bounds the parallax that is not covered. */
export const minMoveOfDepth = 0.1;

/** Keyframes are compared on a coarse grid: texels sampled a side of the keyframe, cells a side of the view. */
const samples = 16;
const cells = 12;
/** Magnified more than this, a keyframe is too coarse to fill a view. */
const maxMagnification = 3;
/** Share of the view that a keyframe must add to be worth re-projecting. */
const minGain = 0.01;
const usefulnessDecay = 0.9;

const cameraFromWorld = createPose();
const viewFromKeyframe = createPose();

/** Median of the distances of what is not sky, metres, from about a thousand samples; Infinity when all is sky. */
export function medianDepthOf(inverseDepth: Float32Array): number {
  const stride = Math.max(1, Math.floor(inverseDepth.length / 1024));
  const finite: number[] = [];
  for (let i = stride >> 1; i < inverseDepth.length; i += stride) {
    if (inverseDepth[i] > 0) finite.push(inverseDepth[i]);
  }
  if (finite.length === 0) return Infinity;
  finite.sort((a, b) => a - b);
  return 1 / finite[finite.length >> 1];
}

/** Marks the cells of a view that a keyframe can show at sufficient resolution. */
function markCovered(keyframe: Keyframe, camera: Intrinsics, view: Pose, covered: Uint8Array): void {
  covered.fill(0);
  const k = keyframe.camera;
  const m = multiplyPose(viewFromKeyframe, view, keyframe.worldFromCamera);
  const widest = (maxMagnification * k.fy) / camera.fy;
  for (let row = 0; row < samples; row++) {
    const y = Math.floor(((row + 0.5) * k.height) / samples);
    const dirY = -(y + 0.5 - k.cy) / k.fy;
    for (let column = 0; column < samples; column++) {
      const x = Math.floor(((column + 0.5) * k.width) / samples);
      const d = keyframe.inverseDepth[y * k.width + x];
      const dirX = (x + 0.5 - k.cx) / k.fx;
      // Direction plus translation times inverse depth: right for sky (0) too.
      const ahead = -(m[2] * dirX + m[6] * dirY - m[10] + m[14] * d);
      if (!(ahead > 0.01) || 1 / ahead > widest) continue;
      const u = camera.cx + (camera.fx * (m[0] * dirX + m[4] * dirY - m[8] + m[12] * d)) / ahead;
      const v = camera.cy - (camera.fy * (m[1] * dirX + m[5] * dirY - m[9] + m[13] * d)) / ahead;
      if (u < 0 || v < 0 || u >= camera.width || v >= camera.height) continue;
      covered[Math.floor((v / camera.height) * cells) * cells + Math.floor((u / camera.width) * cells)] = 1;
    }
  }
}

/** What was painted, kept as at most `capacity` RGB-D pictures with their poses. */
export class KeyframeStore {
  private kept: Keyframe[] = [];
  private nextSequence = 0;
  private readonly covered: Uint8Array[];
  private readonly taken = new Uint8Array(cells * cells);

  constructor(readonly capacity = 32) {
    if (!Number.isInteger(capacity) || capacity < 1 || capacity > 32) {
      throw new RangeError(`A keyframe store holds 1 to 32 keyframes, got ${capacity}.`);
    }
    this.covered = Array.from({ length: capacity }, () => new Uint8Array(cells * cells));
  }

  get keyframes(): readonly Keyframe[] {
    return this.kept;
  }

  /** Forgets everything; call when a world opens. */
  clear(): void {
    this.kept = [];
    this.nextSequence = 0;
  }

  /** Whether a picture from here would show something that no kept keyframe shows about as well. */
  isNovel(worldFromCamera: Pose, medianDepth: number): boolean {
    for (const keyframe of this.kept) {
      const near = Math.min(medianDepth, keyframe.medianDepth);
      if (
        angleBetween(keyframe.worldFromCamera, worldFromCamera) <= minTurnRad &&
        distanceBetween(keyframe.worldFromCamera, worldFromCamera) <= minMoveOfDepth * near
      ) {
        return false;
      }
    }
    return true;
  }

  /**
   * Offers a frame; it is copied and kept when it is novel. When full, the least useful keyframe goes, of equals the
   * oldest, and its arrays are used again.
   * @param inverseDepth sanitised. @returns whether it was kept.
   */
  offer(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array,
    camera: Intrinsics,
    worldFromCamera: Pose,
  ): boolean {
    const medianDepth = medianDepthOf(inverseDepth);
    if (!this.isNovel(worldFromCamera, medianDepth)) return false;
    const gone = this.kept.length >= this.capacity ? this.evict() : null;
    const fits = gone !== null && gone.inverseDepth.length === inverseDepth.length;
    const keyframe: Keyframe = {
      worldFromCamera: gone?.worldFromCamera ?? createPose(),
      camera,
      color: fits ? gone.color : new Uint8ClampedArray(color.length),
      inverseDepth: fits ? gone.inverseDepth : new Float32Array(inverseDepth.length),
      sequence: this.nextSequence++,
      medianDepth,
      // A newcomer has had no chance to be useful yet, so it starts as if it always had been.
      usefulness: 1,
    };
    keyframe.worldFromCamera.set(worldFromCamera);
    keyframe.color.set(color);
    keyframe.inverseDepth.set(inverseDepth);
    this.kept.push(keyframe);
    return true;
  }

  /**
   * The keyframes that together show most of a view: greedily the one that adds most, until `most` are chosen or the
   * next would add less than 1 %. Written into `out`, newest first, as `Reprojector` wants them.
   */
  choose(camera: Intrinsics, worldFromCamera: Pose, most: number, out: Keyframe[] = []): Keyframe[] {
    out.length = 0;
    this.taken.fill(0);
    invertRigid(cameraFromWorld, worldFromCamera);
    for (let i = 0; i < this.kept.length; i++) {
      markCovered(this.kept[i], camera, cameraFromWorld, this.covered[i]);
      this.kept[i].usefulness *= usefulnessDecay;
    }
    while (out.length < most) {
      let best = -1;
      let bestGain = Math.ceil(minGain * cells * cells);
      // Newest last in `kept`; >= lets the newer one win among equals.
      for (let i = 0; i < this.kept.length; i++) {
        const gain = this.gain(this.covered[i]);
        if (gain >= bestGain) {
          best = i;
          bestGain = gain;
        }
      }
      if (best < 0) break;
      for (let c = 0; c < this.taken.length; c++) this.taken[c] |= this.covered[best][c];
      this.kept[best].usefulness += ((1 - usefulnessDecay) * bestGain) / (cells * cells);
      out.push(this.kept[best]);
    }
    return out.sort((a, b) => b.sequence - a.sequence);
  }

  private gain(covered: Uint8Array): number {
    let gain = 0;
    for (let c = 0; c < covered.length; c++) if (covered[c] !== 0 && this.taken[c] === 0) gain++;
    return gain;
  }

  private evict(): Keyframe {
    let worst = 0;
    // `kept` is in order of age, so only a strictly less useful one displaces an older one.
    for (let i = 1; i < this.kept.length; i++) {
      if (this.kept[i].usefulness < this.kept[worst].usefulness) worst = i;
    }
    return this.kept.splice(worst, 1)[0];
  }
}
