import { angleBetween, distanceBetween } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';
import { Scratch, SmallPicture } from './small-picture';
import { TexelSamples } from './texel-samples';

/** Frames before and after one whose poses might have been meant for it. */
export const mostLag = 2;
const poseCount = 2 * mostLag + 1;

const stillRad = 0.003;
/** Times the median inverse depth: this share of a radian of parallax. */
const stillParallaxRad = 0.003;

/** A frame that others are compared with, and the poses around it. */
export class Reference {
  samples = new TexelSamples();
  /** Declared poses from `mostLag` frames before it to `mostLag` after it. */
  readonly poses: Pose[] = Array.from({ length: poseCount }, () => new Float32Array(16));
  /** Frames compared with it so far; negative: there is none. */
  age = -1;
}

/**
 * The newest frames. What is looked at is the one in the middle, so that the poses of the frames after it are known as
 * well: a model may say a frame's pose too early or too late.
 */
export class FrameWindow {
  /** Frames seen since the last reset. */
  seen = 0;
  private readonly scratch = new Scratch();
  private readonly pictures = Array.from({ length: mostLag + 1 }, () => new SmallPicture(this.scratch));
  private readonly samples = Array.from({ length: mostLag + 1 }, () => new TexelSamples());
  /** The oldest first. */
  private readonly poses: Pose[] = Array.from({ length: poseCount }, () => new Float32Array(16));

  push(color: Uint8Array | Uint8ClampedArray, inverseDepth: Float32Array | null, camera: Intrinsics, pose: Pose): void {
    const slot = this.seen % (mostLag + 1);
    this.pictures[slot].set(color, camera.width, camera.height);
    this.samples[slot].take(this.pictures[slot], inverseDepth, camera);
    const oldest = this.poses.shift() as Pose;
    oldest.set(pose);
    this.poses.push(oldest);
    this.seen++;
  }

  /** Whether there is a frame in the middle. */
  get isFull(): boolean {
    return this.seen >= poseCount;
  }

  private get middle(): number {
    return (this.seen - 1 - mostLag) % (mostLag + 1);
  }

  get picture(): SmallPicture {
    return this.pictures[this.middle];
  }

  get middleSamples(): TexelSamples {
    return this.samples[this.middle];
  }

  /** The declared pose `lag` frames after the middle. */
  pose(lag: number): Pose {
    return this.poses[mostLag + lag];
  }

  /** Whether nothing has moved since the reference, as far as poses tell. */
  isStill(reference: Reference): boolean {
    const nearness = this.middleSamples.medianInverseDepth;
    for (let lag = -mostLag; lag <= mostLag; lag++) {
      const a = reference.poses[mostLag + lag];
      const b = this.pose(lag);
      if (angleBetween(a, b) > stillRad || distanceBetween(a, b) * nearness > stillParallaxRad) return false;
      // A row-major pose has its position in the last row.
      if (Math.hypot(a[3] - b[3], a[7] - b[7], a[11] - b[11]) * nearness > stillParallaxRad) return false;
    }
    return true;
  }

  /** Makes the frame in the middle the reference. */
  keep(reference: Reference): void {
    const kept = reference.samples;
    reference.samples = this.samples[this.middle];
    this.samples[this.middle] = kept;
    for (let k = 0; k < poseCount; k++) reference.poses[k].set(this.poses[k]);
    reference.age = 0;
  }
}
