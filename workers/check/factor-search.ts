import type { Intrinsics, Pose } from '../../src/math/types';
import { depthHypothesis, focalHypothesis, mapBetween, type Hypothesis } from './hypotheses';
import type { PairFit } from './pair-fit';
import type { SmallPicture } from './small-picture';
import type { TexelSamples } from './texel-samples';

/** Half the distance between two factors that are tried, as a ratio. */
const reach = 1.12;
const steps = 9;
/** Pairs whose estimates are combined. */
const kept = 15;

/** Finds a wrong focal length or depth scale more finely than the list of hypotheses does: the median over pairs. */
export class FactorSearch {
  private kind: Hypothesis['kind'] = 'declared';
  private readonly estimates = new Float64Array(kept);
  private readonly sorted = new Float64Array(kept);
  private count = 0;
  private readonly map = new Float64Array(12);

  reset(): void {
    this.kind = 'declared';
    this.count = 0;
  }

  /** Tries factors around that of `coarse` on a pair. Other kinds have no factor to refine. */
  refine(
    coarse: Hypothesis,
    fit: PairFit,
    samples: TexelSamples,
    poseA: Pose,
    poseB: Pose,
    picture: SmallPicture,
    camera: Intrinsics,
  ): void {
    const make = coarse.kind === 'focal-length' ? focalHypothesis : depthHypothesis;
    if (coarse.kind !== 'focal-length' && coarse.kind !== 'depth-scale') return;
    if (coarse.kind !== this.kind) this.reset();
    this.kind = coarse.kind;
    let best = Infinity;
    let factor = coarse.factor;
    for (let k = 0; k <= steps; k++) {
      const trial = make(coarse.factor * reach ** ((2 * k) / steps - 1));
      mapBetween(this.map, trial, poseA, poseB);
      fit.measure(samples, samples.inverseDepth, this.map, picture, camera, false);
      if (fit.cost >= best) continue;
      best = fit.cost;
      factor = trial.factor;
    }
    this.estimates[this.count++ % kept] = factor;
  }

  /** The factor, two digits; null for kinds that have none. */
  factorOf(hypothesis: Hypothesis): number | null {
    if (hypothesis.kind === 'pose-of-another-frame') return hypothesis.lag;
    if (hypothesis.kind !== 'focal-length' && hypothesis.kind !== 'depth-scale') return null;
    if (hypothesis.kind !== this.kind || this.count === 0) return hypothesis.factor;
    const many = Math.min(this.count, kept);
    this.sorted.set(this.estimates);
    return Number(this.sorted.subarray(0, many).sort()[many >> 1].toPrecision(2));
  }
}
