import type { Pose } from '../../math/types';
import { mixSamples, sampleLength } from '../rotation';
import { durationMs, poseOfSample, readSample, samplesOf, type HeadTrace } from './head-trace';

/** Something that moves the head in place of the person. */
export interface HeadPoseSource {
  /**
   * Where the head is in the tracked room.
   * @param nowMs on the clock of the display frames
   * @returns false, and `out` unchanged, when it moves no head any more
   */
  poseAt(nowMs: number, out: Pose): boolean;
}

/** Plays a head trace from its first call on, at its own speed whatever the display's rate is. Allocates nothing a frame. */
export class HeadTracePlayer implements HeadPoseSource {
  private readonly before = new Float64Array(sampleLength);
  private readonly after = new Float64Array(sampleLength);
  private readonly mixed = new Float64Array(sampleLength);
  private startMs = Number.NaN;
  private nowMs = Number.NaN;

  /** @param again begins again at the end instead of handing the head back */
  constructor(
    readonly trace: HeadTrace,
    private readonly again = false,
  ) {
    if (samplesOf(trace) < 2) throw new Error(`The head trace "${trace.name}" has fewer than two samples; there is nothing to play.`);
  }

  /** 0 at the first sample … 1 at the last, as of the last call. */
  get progress(): number {
    const shared = (this.nowMs - this.startMs) / durationMs(this.trace);
    if (Number.isNaN(shared)) return 0;
    return this.again ? shared % 1 : Math.min(1, shared);
  }

  poseAt(nowMs: number, out: Pose): boolean {
    const { trace, before, after, mixed } = this;
    if (Number.isNaN(this.startMs)) this.startMs = nowMs;
    this.nowMs = nowMs;
    const wholeMs = durationMs(trace);
    let atMs = nowMs - this.startMs;
    if (this.again) atMs %= wholeMs;
    // Half a microsecond: sums of display times are not exact.
    if (atMs < 0 || atMs > wholeMs + 5e-4) return false;
    const at = (atMs * trace.rateHz) / 1000;
    const index = Math.min(Math.floor(at), samplesOf(trace) - 2);
    readSample(trace, index, before);
    readSample(trace, index + 1, after);
    mixSamples(mixed, before, 0, after, 0, Math.min(1, at - index));
    poseOfSample(mixed, out);
    return true;
  }
}
