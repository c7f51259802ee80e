import { quat } from 'gl-matrix';
import { quaternionFromPose } from '../../math/pose';
import type { Pose } from '../../math/types';

const capacity = 32;
/** The past that counts, ms: shorter is noise, longer lags behind a throw. */
const windowMs = 100;
/** With a display that stutters the last two poses count although they are further apart than the window, up to this, ms. */
const gapMs = 250;
/** A tracker slower than the display repeats its poses. A pose that repeats for longer than this is a hand at rest, ms. */
const repeatMs = 45;

const rotation: quat = [0, 0, 0, 1];
const newestRotation: quat = [0, 0, 0, 1];

/**
 * Velocity of a hand over the last tenth of a second: the slopes of the straight lines that fit its positions, and its
 * rotations as seen from the newest one, best (least squares). Allocates nothing after its creation.
 */
export class GripVelocity {
  private readonly timesMs = new Float64Array(capacity);
  /** Position and rotation, x y z, qx qy qz qw, for each sample. */
  private readonly values = new Float64Array(capacity * 7);
  private newest = -1;
  private count = 0;

  /** @param velocityMps, angularRadPerS filled after each pose: in and about the axes of the space that the poses are given in */
  constructor(
    readonly velocityMps: Float32Array = new Float32Array(3),
    readonly angularRadPerS: Float32Array = new Float32Array(3),
  ) {}

  /** Forgets the past: another hand, or the same one after it was lost. */
  clear(): void {
    this.count = 0;
    this.velocityMps.fill(0);
    this.angularRadPerS.fill(0);
  }

  /** @param atMs for when the pose is, on any clock that goes on @param pose rigid */
  push(atMs: number, pose: Pose): void {
    quaternionFromPose(rotation, pose);
    if (this.count > 0) {
      const sinceMs = atMs - this.timesMs[this.newest]!;
      if (sinceMs <= 0) return;
      if (sinceMs < repeatMs && this.isNewest(pose)) return this.fit(atMs);
    }
    this.newest = (this.newest + 1) % capacity;
    this.count = Math.min(this.count + 1, capacity);
    this.timesMs[this.newest] = atMs;
    const at = this.newest * 7;
    for (let i = 0; i < 3; i++) this.values[at + i] = pose[12 + i]!;
    for (let i = 0; i < 4; i++) this.values[at + 3 + i] = rotation[i]!;
    this.fit(atMs);
  }

  private isNewest(pose: Pose): boolean {
    const at = this.newest * 7;
    for (let i = 0; i < 3; i++) if (this.values[at + i] !== pose[12 + i]) return false;
    for (let i = 0; i < 4; i++) if (this.values[at + 3 + i] !== rotation[i]) return false;
    return true;
  }

  private fit(nowMs: number): void {
    const { velocityMps, angularRadPerS, values } = this;
    velocityMps.fill(0);
    angularRadPerS.fill(0);
    const used = this.samplesInUse(nowMs);
    if (used < 2) return;
    const newestMs = this.timesMs[this.newest]!;
    let meanS = 0;
    for (let back = 0; back < used; back++) meanS += (this.timesMs[this.index(back)]! - newestMs) / 1000 / used;
    const newestAt = this.newest * 7;
    quat.set(newestRotation, values[newestAt + 3]!, values[newestAt + 4]!, values[newestAt + 5]!, values[newestAt + 6]!);
    quat.conjugate(newestRotation, newestRotation);
    let squares = 0;
    for (let back = 0; back < used; back++) {
      const index = this.index(back);
      const s = (this.timesMs[index]! - newestMs) / 1000 - meanS;
      squares += s * s;
      for (let i = 0; i < 3; i++) velocityMps[i]! += s * (values[index * 7 + i]! - values[newestAt + i]!);
      this.addTurn(index * 7 + 3, s);
    }
    for (let i = 0; i < 3; i++) {
      velocityMps[i]! /= squares;
      angularRadPerS[i]! /= squares;
    }
  }

  /** Adds `weight` times the rotation vector from the newest rotation to the one at `at`. */
  private addTurn(at: number, weight: number): void {
    const { values, angularRadPerS } = this;
    quat.set(rotation, values[at]!, values[at + 1]!, values[at + 2]!, values[at + 3]!);
    quat.multiply(rotation, rotation, newestRotation);
    const sine = Math.hypot(rotation[0], rotation[1], rotation[2]);
    if (sine < 1e-9) return;
    const angle = 2 * Math.atan2(sine, Math.abs(rotation[3]));
    const scale = ((rotation[3] < 0 ? -angle : angle) / sine) * weight;
    for (let i = 0; i < 3; i++) angularRadPerS[i]! += rotation[i]! * scale;
  }

  private samplesInUse(nowMs: number): number {
    let used = 0;
    for (let back = 0; back < this.count; back++) {
      const ageMs = nowMs - this.timesMs[this.index(back)]!;
      // Two at least, unless even they are old: then nobody knows.
      if (ageMs > (back < 2 ? gapMs : windowMs)) break;
      used++;
    }
    return used;
  }

  private index(back: number): number {
    return (this.newest - back + capacity) % capacity;
  }
}
