import type { Pose } from '../../math/types';
import { addPicture, emptySums, scoresOf, sharesOf } from './cell-sums';
import type { Motion } from '../../latency/head-traces/motions';
import type { Masks } from './masks';
import { byMethod, drawnMethods, type ByMethod } from './method-views';
import { LagMeter, median, quantileOf } from './lag-meter';
import { popDegrees, type Pops } from './pops';
import type { FrameOf } from './shown-points';
import { displayHz, pixelsPerDegree, viewCamera } from './plan';
import { methods, type Method, type TraceRow } from './result';
import { flowDifference } from './stability';
import type { Truth } from './scene.worker';
import { TruthSsim } from './truth-ssim';

/** Pictures of all methods for one display frame and eye. */
export type DrawnSet = {
  pictures: Record<Method, Uint8Array>;
  /** Null where the source of a picture is not looked at. */
  sources: ByMethod<Uint8Array> | null;
  truth: Truth;
};

/** Everything measured of one simulated model. */
export class TraceScore {
  private readonly sums = new Map(methods.map((method) => [method, emptySums()]));
  private readonly flicker = new Map<Method, number[]>(methods.map((method) => [method, []]));
  private readonly rotation = byMethod(() => new LagMeter());
  private readonly translation = byMethod(() => new LagMeter());
  private readonly pops = byMethod((): Pops => ({ all: [], inside: [] }));
  private swaps = 0;
  private ageSumMs = 0;
  private ageCount = 0;

  addAge(ageMs: number): void {
    if (!Number.isFinite(ageMs)) return;
    this.ageSumMs += ageMs;
    this.ageCount++;
  }

  addPicture({ pictures, sources, truth }: DrawnSet, masks: Masks): void {
    const ssim = new TruthSsim(truth.color, truth.camera.width, truth.camera.height);
    for (const method of methods) {
      const source = method === 'limit' || sources === null ? null : sources[method];
      addPicture(this.sums.get(method)!, pictures[method], truth.color, masks, ssim, source);
    }
  }

  /** @param before, after poses of the eye one display frame before and after the picture */
  addLag(sources: ByMethod<Uint8Array>, truth: Truth, motion: Motion, before: Pose, after: Pose, frameOf: ByMethod<FrameOf>): void {
    const meters = motion === 'yaw' || motion === 'turn' ? this.rotation : this.translation;
    const spanMs = 2000 / displayHz;
    for (const method of drawnMethods) {
      meters[method].add(sources[method], truth.camera, truth.worldFromCamera, before, after, spanMs, frameOf[method]);
    }
  }

  /** @param flow from the later picture back to the earlier one, see `flowBack` */
  addPair(earlier: DrawnSet, later: DrawnSet, flow: Float32Array): void {
    const { width, height } = later.truth.camera;
    const own = flowDifference(later.truth.color, earlier.truth.color, flow, width, height);
    for (const method of methods) {
      const difference = flowDifference(later.pictures[method], earlier.pictures[method], flow, width, height) - own;
      if (Number.isFinite(difference)) this.flicker.get(method)!.push(difference);
    }
  }

  /** Another frame came in: what was and is shown for one and the same pose. */
  addSwap(
    before: ByMethod<Uint8Array>,
    frameBefore: ByMethod<FrameOf>,
    after: ByMethod<Uint8Array>,
    frameAfter: ByMethod<FrameOf>,
    worldFromEye: Pose,
  ): void {
    this.swaps++;
    for (const method of drawnMethods) {
      popDegrees(
        before[method],
        frameBefore[method],
        after[method],
        frameAfter[method],
        viewCamera,
        worldFromEye,
        this.pops[method],
      );
    }
  }

  rows(about: Pick<TraceRow, 'latencyMs' | 'latencySpreadMs' | 'modelHz' | 'displayFrames' | 'modelFrames'>): TraceRow[] {
    return methods.map((method) => {
      const cell = this.sums.get(method)!;
      const flicker = this.flicker.get(method)!;
      const drawn = method === 'limit' ? null : method;
      const rotation = drawn && this.rotation[drawn];
      const translation = drawn && this.translation[drawn];
      const pops = drawn ? this.pops[drawn] : { all: [], inside: [] };
      const inFrames = (ms: number | null): number | null => (ms === null ? null : (ms * displayHz) / 1000);
      const inPixels = (degrees: number | null): number | null => (degrees === null ? null : degrees * pixelsPerDegree);
      return {
        kind: 'trace',
        method,
        ...about,
        pictures: cell.pictures,
        frameAgeMs: this.ageSumMs / Math.max(1, this.ageCount),
        stability: flicker.length > 0 ? flicker.reduce((sum, value) => sum + value, 0) / flicker.length : null,
        popPxP99: inPixels(quantileOf(pops.all, 0.99)),
        popPxMedian: inPixels(median(pops.all)),
        popInsidePxP99: inPixels(quantileOf(pops.inside, 0.99)),
        swaps: this.swaps,
        lagRotationMs: rotation?.medianMs ?? null,
        lagTranslationMs: translation?.medianMs ?? null,
        lagRotationFrames: inFrames(rotation?.medianMs ?? null),
        lagTranslationFrames: inFrames(translation?.medianMs ?? null),
        acrossRotationPx: rotation?.acrossPx ?? null,
        acrossTranslationPx: translation?.acrossPx ?? null,
        ...scoresOf(cell),
        ...sharesOf(cell),
      };
    });
  }
}
