import { HeadTracePlayer } from '../../latency/head-traces/player';
import { durationMs, type HeadTrace } from '../../latency/head-traces/head-trace';
import { HeadTraceRecorder } from '../../latency/head-traces/recorder';
import { syntheticNames, syntheticTrace } from '../../latency/head-traces/synthetic';
import { decodeTrace, encodeTrace } from '../../latency/head-traces/trace-file';
import { createPose, headingYaw, invertRigid, multiplyPose, poseFromYawPitch } from '../../math/pose';
import type { Visit } from '../visit';
import type { HeadMotion } from './lab-host';
import type { TraceChoice } from './lab-store';

/** Recordings have as many samples a second as synthetic traces, unless the headset shows another number of frames. */
const usualHz = 90;

/** Head traces of a visit: what is played, and what is recorded, once a display frame. */
export class VisitHead implements HeadMotion {
  private readonly synthetic = new Map(syntheticNames.map((name): [string, HeadTrace] => [name, syntheticTrace(name)]));
  /** Recorded and loaded ones. */
  private readonly kept = new Map<string, HeadTrace>();
  private recorder: HeadTraceRecorder | null = null;
  private recordings = 0;
  private readonly roomFromWorld = createPose();
  private readonly roomFromHead = createPose();

  /** @param recordedWith what a recording says of where it is from */
  constructor(
    private readonly visit: Pick<Visit, 'headTrace' | 'worldFromHead' | 'worldFromRig' | 'nominalHz'>,
    private readonly recordedWith: string,
  ) {}

  traces(): TraceChoice[] {
    return [...this.synthetic, ...this.kept].map(([id, trace]) => ({ id, name: trace.name, seconds: durationMs(trace) / 1000 }));
  }

  play(traceId: string): void {
    this.visit.headTrace = new HeadTracePlayer(this.trace(traceId), true);
  }

  stop(): void {
    this.visit.headTrace = null;
  }

  /** The room of the recording is where the person stands now, and where they face. */
  record(): void {
    const { worldFromHead, worldFromRig } = this.visit;
    this.recorder = new HeadTraceRecorder();
    const start = [worldFromHead[12]!, worldFromRig[13]!, worldFromHead[14]!];
    invertRigid(this.roomFromWorld, poseFromYawPitch(start, headingYaw(worldFromHead), 0));
  }

  /** Call it once a display frame, after the visit was updated. @param atMs of the display frame */
  frame(atMs: number): void {
    this.recorder?.add(atMs, multiplyPose(this.roomFromHead, this.roomFromWorld, this.visit.worldFromHead));
  }

  keep(): string | null {
    const { recorder } = this;
    this.recorder = null;
    if (!recorder) return null;
    const name = `Recorded ${new Date().toISOString().slice(11, 19)} UTC`;
    return this.add(recorder.finish(this.visit.nominalHz ?? usualHz, name, this.recordedWith), 'recording');
  }

  file(traceId: string): Uint8Array<ArrayBuffer> {
    return encodeTrace(this.trace(traceId));
  }

  load(bytes: Uint8Array<ArrayBuffer>, fileName: string): string {
    const trace = decodeTrace(bytes);
    return this.add(trace.name ? trace : { ...trace, name: fileName }, 'file');
  }

  private add(trace: HeadTrace, kind: string): string {
    const id = `${kind}-${++this.recordings}`;
    this.kept.set(id, trace);
    return id;
  }

  private trace(id: string): HeadTrace {
    const trace = this.synthetic.get(id) ?? this.kept.get(id);
    if (!trace) throw new Error(`There is no head trace "${id}"; choose another.`);
    return trace;
  }
}
