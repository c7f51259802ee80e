import { angleBetween, distanceBetween } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';
import { adviceOf } from './advice';
import { DepthStatistics } from './depth-statistics';
import { Evidence, type Verdict } from './evidence';
import { FactorSearch } from './factor-search';
import { FrameWindow, mostLag, Reference } from './frame-window';
import type { ConventionFinding, FaultKind } from './finding';
import { hypotheses, mapBetween } from './hypotheses';
import { PairFit } from './pair-fit';
import { leastTexels } from './small-picture';
import { leastSamples } from './texel-samples';

/** A reference is left behind after so much turn or so many frames, or when less of it is in view. */
const mostTurnRad = 0.5;
const mostAge = 10;
const leastInView = 0.6;
/** Without depth, frames farther apart than this (m) cannot be compared. */
const mostBlindStepM = 0.03;

/**
 * Watches a model's frames for a wrong convention. It carries textured texels of an older frame over into a newer one
 * as the declared pose, camera and depth say, and as each of some 45 mistakes would have it; when over several pairs a
 * mistake fits clearly better than what was declared, it says so in one sentence. Pairs without motion, texture or
 * common ground say nothing, so that cuts and changes of the scene do no harm. Keeps copies of three small pictures.
 */
export class ConventionCheck {
  private readonly window = new FrameWindow();
  private readonly reference = new Reference();
  private readonly fit = new PairFit();
  private readonly evidence = new Evidence();
  private readonly search = new FactorSearch();
  private readonly depth = new DepthStatistics();
  private readonly map = new Float64Array(12);
  /** Whether the pair of the last `look` fits a neighbour's pose better: see `WorldFrame.poseMismatch`. */
  poseMismatch = Number.NaN;
  private verdict: Verdict | null = null;
  private found: ConventionFinding | null = null;
  private sentence: string | null = null;
  private width = 0;
  private height = 0;

  /** What is wrong, or null while nothing is known to be. */
  get finding(): ConventionFinding | null {
    return this.found;
  }

  /** One sentence for the person who made the package; the same string object until it changes. */
  get advice(): string | null {
    return this.sentence;
  }

  /** Forgets everything: another world, another place. */
  reset(): void {
    this.window.seen = 0;
    this.reference.age = -1;
    this.evidence.reset();
    this.search.reset();
    this.depth.reset();
    this.verdict = null;
    this.found = null;
    this.sentence = null;
  }

  /**
   * Takes the next frame in the order in which the model made them.
   * @param color sRGB RGBA8, rows from the top
   * @param inverseDepth 1/m, sanitised: 0 sky, NaN hole; null: the world has no depth
   * @param worldFromCamera the pose that the frame says it was made for
   */
  look(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array | null,
    camera: Intrinsics,
    worldFromCamera: Pose,
  ): void {
    if (camera.width !== this.width || camera.height !== this.height) {
      this.reset();
      this.width = camera.width;
      this.height = camera.height;
    }
    this.poseMismatch = Number.NaN;
    if (inverseDepth) this.depth.look(inverseDepth, camera.width, worldFromCamera);
    if (Math.min(camera.width, camera.height) >= leastTexels) {
      this.window.push(color, inverseDepth, camera, worldFromCamera);
      if (this.window.isFull) this.compare(camera);
    }
    this.conclude(camera);
  }

  private compare(camera: Intrinsics): void {
    const { window, reference, fit } = this;
    const { samples } = reference;
    if (reference.age >= 0 && window.isStill(reference)) return;
    let isWorn = reference.age < 0;
    if (!isWorn && this.isComparable()) {
      this.weigh(camera);
      reference.age++;
      isWorn = fit.inView < leastInView;
    }
    isWorn ||= reference.age >= mostAge || angleBetween(reference.poses[mostLag], window.pose(0)) > mostTurnRad;
    if (isWorn || samples.count < leastSamples) {
      if (window.middleSamples.count >= leastSamples) window.keep(reference);
      else reference.age = -1;
    }
  }

  private isComparable(): boolean {
    const { samples, poses } = this.reference;
    return samples.hasDepth || distanceBetween(poses[mostLag], this.window.pose(0)) < mostBlindStepM;
  }

  /** Measures all hypotheses on the pair of reference and middle frame. Leaves the declared one's view in `fit`. */
  private weigh(camera: Intrinsics): void {
    const { window, reference, fit, evidence, map } = this;
    const { samples, poses } = reference;
    const { picture } = window;
    fit.measureChance(samples, picture, camera);
    let inView = 0;
    for (let h = 0; h < hypotheses.length; h++) {
      const hypothesis = hypotheses[h];
      mapBetween(map, hypothesis, poses[mostLag + hypothesis.lag], window.pose(hypothesis.lag));
      fit.measure(samples, samples[hypothesis.reading], map, picture, camera, h === 0);
      evidence.cost[h] = fit.cost;
      evidence.shift[h] = fit.shift;
      if (h === 0) inView = fit.inView;
    }
    this.poseMismatch = evidence.poseMismatch();
    if (evidence.addPair()) {
      this.verdict = evidence.verdict(this.found?.kind ?? null);
      if (this.verdict) this.search.refine(this.verdict.best, fit, samples, poses[mostLag], window.pose(0), picture, camera);
    }
    fit.inView = inView;
  }

  /** Depth that is the same everywhere speaks first, then what fits better, then depth with holes or steps. */
  private conclude(camera: Intrinsics): void {
    const { verdict, search, found } = this;
    const plain = this.depth.finding;
    if (plain && (plain === 'depth-constant' || !verdict)) {
      if (found?.kind !== plain) this.claim({ kind: plain, confidence: 1, factor: null, orElse: [] }, camera);
    } else if (verdict) {
      const kind = verdict.best.kind as FaultKind;
      const factor = search.factorOf(verdict.best);
      // Said anew only when it becomes clearer or another number: the sentence must not flicker.
      const isSaid =
        found?.kind === kind && isAbout(found.factor, factor) && found.orElse.length <= verdict.orElse.length;
      if (isSaid) found.confidence = verdict.confidence;
      else this.claim({ kind, confidence: verdict.confidence, factor, orElse: verdict.orElse }, camera);
    } else if (found) {
      this.found = null;
      this.sentence = null;
    }
  }

  private claim(finding: ConventionFinding, camera: Intrinsics): void {
    this.found = finding;
    this.sentence = adviceOf(finding, camera, this.depth);
  }
}

/** Whether two factors are within 6 % of each other; the same for kinds without one. */
function isAbout(a: number | null, b: number | null): boolean {
  return a === b || (a !== null && b !== null && Math.abs(a / b - 1) < 0.06);
}
