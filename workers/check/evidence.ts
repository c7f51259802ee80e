import type { FaultKind } from './finding';
import { hypotheses, type Hypothesis } from './hypotheses';

/** What a pair leaves behind after each further one: about 14 pairs count. */
const keep = 0.93;
/** A pair says something about a hypothesis that moves samples by this many texels or more. */
const leastShift = 0.7;
/** Pairs that must have said something before anything is claimed. */
const leastPairs = 4.5;
/**
 * A hypothesis must cost less than this share of what the declared convention costs, and win this share of the pairs.
 * Walking towards things makes them sharper, which wrong depth can feign a little: at 96 texels and more a wrong scale
 * cost at least 0.89 where depth was exact, at 64 texels 0.86, and swapped depth 0.84; truly swapped depth costs 0.5.
 */
const toCome = { ratio: 0.86, wins: 0.75 } as const;
const toComeByKind: Partial<Record<Hypothesis['kind'], { ratio: number; wins: number }>> = {
  'depth-scale': { ratio: 0.82, wins: 0.9 },
  'depth-inverted': { ratio: 0.7, wins: 0.9 },
};
/** What has been claimed needs less to stay, so that the sentence does not come and go. */
const toStay = { ratio: 0.94, wins: 0.5 } as const;
/** And what is left to choose from must be this much worse, as a share of the gain. */
const clearLead = 0.12;
/** After this many pairs, hypotheses that cannot be told apart are named together. */
const patiencePairs = 9;

/** What speaks for one of the hypotheses, and the kinds that cannot be told from it. */
export type Verdict = { best: Hypothesis; orElse: readonly FaultKind[]; confidence: number };

const alone: readonly FaultKind[] = [];

/** Adds up, over pairs of frames, how much better each hypothesis fits than the declared convention. */
export class Evidence {
  /** Costs of all hypotheses in the pair at hand; fill these, then call {@link addPair}. */
  readonly cost = new Float64Array(hypotheses.length);
  /** How far each moves the samples, texels. */
  readonly shift = new Float64Array(hypotheses.length);

  /** Cost over all pairs: the same pairs for all, so that these can be compared with one another. */
  private readonly total = new Float64Array(hypotheses.length);
  /** The rest counts only the pairs that say something about a hypothesis. */
  private readonly informed = new Float64Array(hypotheses.length);
  private readonly wins = new Float64Array(hypotheses.length);
  private readonly own = new Float64Array(hypotheses.length);
  private readonly declaredCost = new Float64Array(hypotheses.length);

  reset(): void {
    for (const sums of [this.total, this.informed, this.wins, this.own, this.declaredCost]) sums.fill(0);
  }

  /**
   * Whether this pair alone fits the pose of a neighbouring frame clearly better than its own: 1 yes, 0 no, NaN when the
   * head moved too little to tell. One pair may err; the share over many is what counts.
   */
  poseMismatch(): number {
    let answer = Number.NaN;
    for (let h = 1; h < hypotheses.length; h++) {
      if (hypotheses[h].kind !== 'pose-of-another-frame' || this.shift[h] < leastShift) continue;
      if (this.cost[h] < toCome.ratio * this.cost[0]) return 1;
      answer = 0;
    }
    return answer;
  }

  /** @returns whether the pair said anything about any hypothesis */
  addPair(): boolean {
    const { cost, shift } = this;
    let most = 0;
    for (let h = 0; h < hypotheses.length; h++) if (shift[h] > most) most = shift[h];
    if (most < leastShift) return false;
    for (let h = 0; h < hypotheses.length; h++) {
      this.total[h] = keep * this.total[h] + cost[h];
      if (shift[h] < leastShift) continue;
      this.informed[h] = keep * this.informed[h] + 1;
      this.wins[h] = keep * this.wins[h] + (cost[h] < cost[0] ? 1 : 0);
      this.own[h] = keep * this.own[h] + cost[h];
      this.declaredCost[h] = keep * this.declaredCost[h] + cost[0];
    }
    return true;
  }

  /** @param claimed the kind of the last verdict: it needs less to stay than to come */
  verdict(claimed: FaultKind | null): Verdict | null {
    const { total, informed } = this;
    let best = 0;
    for (let h = 1; h < hypotheses.length; h++) if (total[h] < total[best]) best = h;
    if (best === 0 || informed[best] < leastPairs) return null;
    const { kind } = hypotheses[best];
    const ratio = this.own[best] / this.declaredCost[best];
    const wanted = kind === claimed ? toStay : (toComeByKind[kind] ?? toCome);
    if (!(ratio < wanted.ratio) || this.wins[best] < wanted.wins * informed[best]) return null;
    const orElse = this.rivals(best);
    if (orElse.length > 0 && kind !== claimed && informed[best] < patiencePairs) return null;
    const confidence = Math.min(1, (1 - ratio) * 2) * Math.min(1, informed[best] / patiencePairs);
    return { best: hypotheses[best], orElse, confidence };
  }

  /** Other kinds whose best hypothesis is nearly as good. */
  private rivals(best: number): readonly FaultKind[] {
    const { total } = this;
    const limit = total[best] + clearLead * (total[0] - total[best]);
    let kinds: FaultKind[] | null = null;
    for (let h = 1; h < hypotheses.length; h++) {
      const { kind } = hypotheses[h];
      if (total[h] >= limit || kind === hypotheses[best].kind || kind === 'declared' || kinds?.includes(kind)) continue;
      kinds ??= [];
      kinds.push(kind);
    }
    return kinds ?? alone;
  }
}
