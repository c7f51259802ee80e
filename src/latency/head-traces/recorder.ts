import type { Pose } from '../../math/types';
import { mixSamples, sampleLength, writeSample } from '../rotation';
import { createTrace, type HeadTrace } from './head-trace';

/** A pause longer than this (a hidden page, tracking that was lost) ends a stretch: nobody knows what the head did. */
const gapMs = 250;
const firstCapacity = 4096;

/**
 * Keeps the head's poses with their own times, and makes a trace of even steps of them. Display frames do not come evenly,
 * so that samples are interpolated, and none is rounded.
 */
export class HeadTraceRecorder {
  private timesMs = new Float64Array(firstCapacity);
  private samples = new Float64Array(firstCapacity * sampleLength);
  private count = 0;

  /** @param mostMs longer recordings stop by themselves */
  constructor(private readonly mostMs = 600_000) {}

  /** How long it has recorded, ms. */
  get recordedMs(): number {
    return this.count > 0 ? this.timesMs[this.count - 1]! - this.timesMs[0]! : 0;
  }

  get isFull(): boolean {
    return this.recordedMs >= this.mostMs;
  }

  /** One display frame. @param atMs when the head was there; a time that is not later than the last is ignored */
  add(atMs: number, rigFromHead: Pose): void {
    if (this.isFull || !Number.isFinite(atMs) || (this.count > 0 && atMs <= this.timesMs[this.count - 1]!)) return;
    if (this.count === this.timesMs.length) this.grow();
    this.timesMs[this.count] = atMs;
    writeSample(this.samples, this.count * sampleLength, rigFromHead);
    this.count++;
  }

  clear(): void {
    this.count = 0;
  }

  /**
   * The longest stretch without a gap, in even steps.
   * @throws Error with a sentence when there is too little
   */
  finish(rateHz: number, name: string, source: string): HeadTrace {
    const [from, to] = this.longestStretch();
    const { timesMs } = this;
    const steps = to > from ? Math.floor(((timesMs[to]! - timesMs[from]!) * rateHz) / 1000 + 1e-9) : 0;
    if (steps < 2) throw new Error('The recording is too short for a head trace; record for at least a second.');
    const trace = createTrace(steps + 1, rateHz, name, source);
    const mixed = new Float64Array(sampleLength);
    let before = from;
    for (let k = 0; k <= steps; k++) {
      const atMs = Math.min(timesMs[from]! + (k * 1000) / rateHz, timesMs[to]!);
      while (before < to - 1 && timesMs[before + 1]! <= atMs) before++;
      const share = (atMs - timesMs[before]!) / (timesMs[before + 1]! - timesMs[before]!);
      mixSamples(mixed, this.samples, before * sampleLength, this.samples, (before + 1) * sampleLength, share);
      for (let i = 0; i < 3; i++) trace.positions[k * 3 + i] = mixed[i]!;
      for (let i = 0; i < 4; i++) trace.rotations[k * 4 + i] = mixed[3 + i]!;
    }
    return trace;
  }

  private longestStretch(): [number, number] {
    const { timesMs } = this;
    let best: [number, number] = [0, 0];
    for (let from = 0; from < this.count; ) {
      let to = from;
      while (to + 1 < this.count && timesMs[to + 1]! - timesMs[to]! <= gapMs) to++;
      if (timesMs[to]! - timesMs[from]! > timesMs[best[1]]! - timesMs[best[0]]!) best = [from, to];
      from = to + 1;
    }
    return best;
  }

  private grow(): void {
    const times = new Float64Array(this.timesMs.length * 2);
    times.set(this.timesMs);
    this.timesMs = times;
    const samples = new Float64Array(this.samples.length * 2);
    samples.set(this.samples);
    this.samples = samples;
  }
}
