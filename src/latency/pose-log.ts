import type { Pose } from '../math/types';
import { angleOf, distanceOf, mixSamples, sampleLength, writeSample } from './rotation';

/** 14 s at 72 Hz: longer than any delay that can be added. */
const defaultCapacity = 1024;
/** Between samples further apart than this nobody knows where the head was. */
const longestGapMs = 150;
// Faster than any head: a snap turn, a teleport, a recentred headset. As in predict.ts.
const jumpRadPerS = (800 * Math.PI) / 180;
const jumpMps = 12;

/** The newest head poses that were reported, to be asked later for where the head really was. Allocates nothing. */
export class PoseLog {
  private readonly timesMs: Float64Array;
  private readonly samples: Float64Array;
  /** 1: the head jumped to here, so that there is nothing between this sample and the one before. */
  private readonly jumps: Uint8Array;
  private total = 0;

  constructor(readonly capacity = defaultCapacity) {
    this.timesMs = new Float64Array(capacity);
    this.samples = new Float64Array(capacity * sampleLength);
    this.jumps = new Uint8Array(capacity);
  }

  /** Of the newest sample; NaN before the first. */
  get newestMs(): number {
    return this.total > 0 ? this.timesMs[(this.total - 1) % this.capacity]! : Number.NaN;
  }

  /** @param atMs when the head is where `pose` says; a sample that is not newer than the newest is ignored */
  push(atMs: number, pose: Pose): void {
    const elapsedMs = atMs - this.newestMs;
    if (elapsedMs <= 0 || !Number.isFinite(atMs)) return;
    const slot = this.total % this.capacity;
    const before = (this.total - 1 + this.capacity) % this.capacity;
    writeSample(this.samples, slot * sampleLength, pose);
    this.timesMs[slot] = atMs;
    this.jumps[slot] = this.total === 0 || this.isJump(before, slot, elapsedMs) ? 1 : 0;
    this.total++;
  }

  /** The head was put somewhere else: what comes next does not follow from what was. */
  clear(): void {
    this.total = 0;
  }

  /**
   * Where the head was, {@link sampleLength} numbers into `out`.
   * @returns false, and `out` unchanged, when that is not known: before or after all samples, in a gap, in a jump
   */
  at(ms: number, out: Float64Array): boolean {
    const oldest = Math.max(0, this.total - this.capacity);
    if (!(ms >= this.timesMs[oldest % this.capacity]!) || !(ms <= this.newestMs)) return false;
    let low = oldest;
    let high = this.total - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.timesMs[middle % this.capacity]! < ms) low = middle + 1;
      else high = middle;
    }
    const after = low % this.capacity;
    const afterMs = this.timesMs[after]!;
    if (afterMs === ms) {
      for (let i = 0; i < sampleLength; i++) out[i] = this.samples[after * sampleLength + i]!;
      return true;
    }
    const before = (low - 1) % this.capacity;
    const beforeMs = this.timesMs[before]!;
    if (this.jumps[after] === 1 || afterMs - beforeMs > longestGapMs) return false;
    const share = (ms - beforeMs) / (afterMs - beforeMs);
    mixSamples(out, this.samples, before * sampleLength, this.samples, after * sampleLength, share);
    return true;
  }

  /** Whether the head went from `fromMs` to `toMs` without a jump or a gap, as far as samples tell. */
  isSmooth(fromMs: number, toMs: number): boolean {
    const oldest = Math.max(0, this.total - this.capacity);
    for (let k = this.total - 1; k > oldest; k--) {
      const slot = k % this.capacity;
      const before = (k - 1) % this.capacity;
      if (this.timesMs[slot]! <= fromMs) return true;
      if (this.timesMs[before]! >= toMs) continue;
      if (this.jumps[slot] === 1 || this.timesMs[slot]! - this.timesMs[before]! > longestGapMs) return false;
    }
    return this.total > 0 && this.timesMs[oldest % this.capacity]! <= fromMs;
  }

  private isJump(before: number, slot: number, elapsedMs: number): boolean {
    const s = Math.max(elapsedMs, 1) / 1000;
    const { samples } = this;
    const a = before * sampleLength;
    const b = slot * sampleLength;
    return angleOf(samples, a, samples, b) > jumpRadPerS * s || distanceOf(samples, a, samples, b) > jumpMps * s;
  }
}
