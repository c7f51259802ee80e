import { createPose } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { FrameMesh } from '../../world/contracts';
import type { HeadTrace } from './head-trace';
import { eyePose, type Eye } from './lattice-views';
import { limitPicture } from './limit-picture';
import { masksOf } from './masks';
import { byMethod, MethodViews, type ByMethod } from './method-views';
import type { FrameOf } from './shown-points';
import type { AssembledTruth, Truth } from './scene.worker';
import { displayMs } from './simulated-model';
import { flowBack } from './stability';
import type { BenchStage } from './stage';
import type { ModelRun } from './trace-plan';
import { TraceScore, type DrawnSet } from './trace-score';
import { classify, type KnownDepth } from './visibility';

/** Frames of the model's newest second are all asked what they have seen; older ones every so often. */
const recentMs = 1000;
const olderEveryMs = 200;

/** A model frame with the mesh that viewers without cuts would make of it. */
export type SentFrame = AssembledTruth & { uncut: FrameMesh };

/** The page of one simulated model: frames arrive when they arrive, every display frame goes on, some are scored. */
export class TraceSim {
  readonly score = new TraceScore();
  private readonly views = new MethodViews();
  /** Exact depth of every frame that arrived, by id, in order. */
  private readonly known = new Map<number, KnownDepth & { actionAtMs: number }>();
  private delivered = 0;
  private wantsSwap = false;
  private held: DrawnSet | null = null;

  /** @param truthOf gets the truth of a scored display frame; asked for in the order of `run.pairs` */
  constructor(
    readonly run: ModelRun,
    private readonly trace: HeadTrace,
    private readonly stage: BenchStage,
    private readonly truthOf: (frame: number, eye: Eye) => Promise<Truth>,
  ) {}

  /** Model frames that have arrived. */
  get arrived(): number {
    return this.delivered;
  }

  /** Index of the newest model frame that has arrived by a display frame; -1: none. */
  newestBy(displayFrame: number): number {
    const { arrivalsMs } = this.run;
    let next = this.delivered;
    while (next < arrivalsMs.length && arrivalsMs[next] <= displayMs(displayFrame)) next++;
    return next - 1;
  }

  /** @param frameOf gets model frames that have arrived by then */
  async display(k: number, frameOf: (index: number) => SentFrame): Promise<void> {
    const newest = this.newestBy(k);
    const comes = newest >= this.delivered;
    for (; this.delivered <= newest; this.delivered++) this.receive(frameOf(this.delivered));
    const head = this.trace.worldFromHead[k];
    const pair = this.run.pairs.find(({ first }) => first === k || first + 1 === k);
    // The pairs of the right eye lie around swaps; one swap for two pairs is enough of the dear source buffers.
    if (pair?.first === k && pair.eye === 'right') this.wantsSwap = true;
    const eye = pair?.eye ?? 'left';
    const worldFromEye = eyePose(head, eye);
    this.views.setHead(head);
    const measuresSwap = comes && this.wantsSwap && this.views.newestId !== 0;
    const before = measuresSwap ? this.sources(worldFromEye) : null;
    const frameBefore = measuresSwap ? this.frames() : null;
    const idBefore = this.views.newestId;
    this.views.flush(displayMs(k), this.stage.renderer);
    if (before && frameBefore && this.views.newestId !== idBefore) {
      this.wantsSwap = false;
      this.score.addSwap(before, frameBefore, this.sources(worldFromEye), this.frames(), worldFromEye);
    }
    this.score.addAge(displayMs(k) - this.views.newestAtMs);
    if (pair) await this.scorePicture(k, eye, worldFromEye, pair.first === k);
  }

  dispose(): void {
    this.views.dispose();
  }

  private receive({ frame, inverseDepth, uncut }: SentFrame): void {
    const { worldFromCamera, camera, times } = frame;
    this.known.set(frame.id, { worldFromCamera, camera, inverseDepth, actionAtMs: times.actionAtMs });
    this.views.queue(frame, uncut);
  }

  private sources(worldFromEye: Pose): ByMethod<Uint8Array> {
    return byMethod((method) => this.views.source(this.stage, method, worldFromEye));
  }

  /** Which frame is behind which layer code now; later frames do not change the answer. */
  private frames(): ByMethod<FrameOf> {
    return byMethod((method) => {
      const ids = Array.from({ length: 16 }, (_, code) => (code > 0 ? this.views.sourceId(method, code) : 0));
      return (code) => this.known.get(ids[code] ?? 0) ?? null;
    });
  }

  private async scorePicture(k: number, eye: Eye, worldFromEye: Pose, isFirst: boolean): Promise<void> {
    const newest = this.known.get(this.views.newestId);
    const truth = await this.truthOf(k, eye);
    if (!newest) return;
    const set: DrawnSet = {
      truth,
      // The second picture of a pair is there for what flickers; where it comes from is known from the first.
      sources: isFirst ? this.sources(worldFromEye) : null,
      pictures: {
        ...byMethod((method) => this.views.draw(this.stage, method, worldFromEye)),
        limit: limitPicture(truth.color, this.views.sky(this.stage, worldFromEye), this.seen(truth)),
      },
    };
    const poses = this.trace.worldFromHead;
    this.score.addPicture(set, masksOf(truth, newest));
    const before = eyePose(poses[k - 1], eye, createPose());
    if (set.sources !== null) {
      const after = eyePose(poses[k + 1], eye, createPose());
      this.score.addLag(set.sources, truth, this.trace.motion[k], before, after, this.frames());
    }
    if (isFirst) this.held = set;
    else if (this.held) {
      this.score.addPair(this.held, set, flowBack(set.truth, this.held.truth));
      this.held = null;
    }
  }

  /** Where any frame so far has seen the point that a pixel truly shows. */
  private seen(truth: Truth): Uint8Array {
    const out = new Uint8Array(truth.inverseDepth.length);
    const newestMs = [...this.known.values()].at(-1)?.actionAtMs ?? 0;
    let lastMs = Number.POSITIVE_INFINITY;
    for (const frame of [...this.known.values()].reverse()) {
      const isRecent = frame.actionAtMs > newestMs - recentMs;
      if (!isRecent && frame.actionAtMs > lastMs - olderEveryMs) continue;
      lastMs = frame.actionAtMs;
      if (classify(truth, frame, out) === out.length) break;
    }
    return out;
  }
}
