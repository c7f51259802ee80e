import { Ladder, type Allowance, type LadderLimits } from './governor-ladder';
import { LoadWindow, type DisplayLoad } from './load-window';

/** What the governor is told about four times a second. */
export type GovernorInput = DisplayLoad & {
  /** False while no model makes frames: then it cannot be the model that makes display frames miss. */
  modelRuns: boolean;
  /** Frames a second that the model makes; NaN while unknown. */
  modelHz: number;
};

export type GovernorDecision = Allowance & { reason: string; missedPct: number };

/** Display frames that may be missed, %: below it nobody notices, above it is the model's turn. */
const allowedPct = 1;
/** After a decision the step in flight still ends as it was: ticks until then say nothing. */
const settleMs = 250;
/** Many misses are answered at once, few only when they last. */
const quickMs = 500;
const quickPct = 5;
const longMs = 3000;
const recentMs = 6000;
/** Misses that are not the model's doing come and go: so many points more are no chance, over a short and a long time. */
const quickMarginPct = 25;
const longMarginPct = 5;
/** Longer without a call: the page slept. */
const sleptMs = 1500;
const holdMs = 3000;
const raiseEveryMs = 700;
/** Nothing may be missed for so long before a raise, and hardly anything for twice as long. */
const calmMs = 2000;
const firstShare = 0.06;
const leastShare = 0.03;
const mostShare = 0.25;
/** Raises that are followed by misses within this time were too much: they are taken back one by one. */
const blameMs = 3000;
const firstPatienceMs = 5000;
const mostPatienceMs = 8000;
/** Places of the ladder this near to one another are the same limit. */
const samePlace = 0.15;
/** The model is out of question when a quarter of its work leaves this much of the misses. */
const triedShare = 0.25;
const unhelpedShare = 0.5;
/** A load has been there for a while when its mean over seconds is this much of what it is now. */
const knownShare = 0.5;
const firstDistrustMs = 60_000;
const mostDistrustMs = 300_000;

/**
 * Keeps display frames sacred: asks less of the model while they are missed, and gives back slowly. Lowers by factors and
 * raises by small steps, as networks do (AIMD, Chiu and Jain 1989); remembers where it had to give in and waits longer
 * before it goes there again. Where a model with little work left makes no difference, misses are not its doing: it gets
 * everything back, and only more misses than that count. Pure; times are ms on one clock.
 */
export class Governor {
  private readonly ladder = new Ladder();
  private readonly window = new LoadWindow();
  private lastMs = Number.NaN;
  private decidedMs = Number.NEGATIVE_INFINITY;
  /** Take the last raises back, newest last; empty once one of them was long ago. */
  private readonly undo: { atMs: number; restore: () => void }[] = [];
  private share = firstShare;
  private limit: { place: number; atMs: number } | null = null;
  private patienceMs = firstPatienceMs;
  /** Misses and rate when the model was first asked for less; null once it is clear whether that helps. */
  private trial: { missedPct: number; modelHz: number } | null = null;
  private unavoidablePct = 0;
  private distrustMs = firstDistrustMs;
  private distrustUntilMs = Number.NEGATIVE_INFINITY;

  get allowance(): Allowance {
    return this.ladder.allowance;
  }

  /** Nothing is held back. */
  get isFull(): boolean {
    return this.ladder.isFull;
  }

  /** Another world, another headset: what was learnt is of no use. */
  reset(): void {
    this.ladder.release();
    this.window.clear();
    this.decidedMs = Number.NEGATIVE_INFINITY;
    this.lastMs = Number.NaN;
    this.undo.length = 0;
    this.share = firstShare;
    this.limit = null;
    this.patienceMs = firstPatienceMs;
    this.trial = null;
    this.unavoidablePct = 0;
    this.distrustMs = firstDistrustMs;
    this.distrustUntilMs = Number.NEGATIVE_INFINITY;
  }

  /** @returns what changes, null: nothing */
  update(nowMs: number, input: GovernorInput, limits: LadderLimits): GovernorDecision | null {
    this.ladder.set(limits);
    const spanMs = nowMs - this.lastMs;
    this.lastMs = nowMs;
    if (!(spanMs < sleptMs)) {
      this.window.clear();
      return null;
    }
    if (!input.modelRuns) return null;
    this.window.add(nowMs, spanMs, input);
    this.learnUnavoidable(nowMs);
    return this.tooMuch(nowMs) ? this.lower(nowMs, input) : this.raise(nowMs);
  }

  private over(nowMs: number, ms: number) {
    return this.window.since(Math.max(nowMs - ms, this.decidedMs + settleMs));
  }

  /** One hiccup, however long, is nobody's load: it takes two, and three where nothing was wrong so far. */
  private tooMuch(nowMs: number): boolean {
    const { unavoidablePct } = this;
    const least = this.ladder.isFull ? 3 : 2;
    const quick = this.over(nowMs, quickMs);
    const quickLimitPct = unavoidablePct > 0 ? unavoidablePct + quickMarginPct : quickPct;
    if (quick.gaps >= least && quick.spanMs >= 200 && quick.missedPct > quickLimitPct) return true;
    const long = this.over(nowMs, longMs);
    const longLimitPct = unavoidablePct > 0 ? 1.3 * unavoidablePct + Math.min(longMarginPct, unavoidablePct) : allowedPct;
    return long.gaps >= least && long.spanMs >= 650 && long.missedPct > longLimitPct;
  }

  private lower(nowMs: number, { modelHz }: GovernorInput): GovernorDecision | null {
    const { ladder } = this;
    const { missedPct, spanMs } = this.over(nowMs, 1000);
    if (ladder.isFull) this.trial = this.beginTrial(nowMs, missedPct, modelHz);
    if (this.trial && ladder.workLeft(this.trial.modelHz) <= triedShare) {
      // Whether it helps is worth a whole second's look.
      if (spanMs < 900) return null;
      if (missedPct > unhelpedShare * this.trial.missedPct) return this.giveUp(nowMs, missedPct);
      this.trial = null;
    }
    this.noteLimit(nowMs);
    if (this.takeBack(nowMs, missedPct)) return this.decide(nowMs, 'took a raise back', missedPct);
    this.undo.length = 0;
    this.share = firstShare;
    const what = ladder.lower(missedPct > 4 * quickPct ? 0.2 : missedPct > quickPct ? 0.4 : 0.7, modelHz);
    // Where much is missed at the lowest rate, one size less would not do.
    if (what === 'size' && missedPct > quickPct / 2) ladder.lower(0.4, modelHz);
    if (what !== null) return this.decide(nowMs, `lowered the ${what}`, missedPct);
    // Nothing is left to lower: what is missed now is missed without the model too, or nearly.
    const bottom = this.over(nowMs, longMs);
    if (bottom.spanMs > 1900 && bottom.missedPct > 2 * allowedPct) this.excuse(nowMs, bottom.missedPct);
    return null;
  }

  /**
   * From here on it is watched whether less of the model helps. Null where that cannot be told: a load that has just begun
   * has not shown how much it is.
   */
  private beginTrial(nowMs: number, missedPct: number, modelHz: number): { missedPct: number; modelHz: number } | null {
    const { ladder } = this;
    const long = this.over(nowMs, longMs);
    if (long.spanMs < 0.8 * longMs || long.missedPct < knownShare * missedPct) return null;
    return { missedPct: long.missedPct, modelHz: modelHz > 0 ? modelHz : ladder.allowance.modelHzCap };
  }

  /** The last raise, or two when that went badly wrong. */
  private takeBack(nowMs: number, missedPct: number): boolean {
    const most = missedPct > 4 * quickPct ? 2 : 1;
    let taken = 0;
    for (; taken < most; taken++) {
      const raised = this.undo[this.undo.length - 1];
      if (!raised || nowMs - raised.atMs > blameMs) break;
      this.undo.pop();
      raised.restore();
      this.share = leastShare;
    }
    return taken > 0;
  }

  /** The misses are not the model's doing. */
  private giveUp(nowMs: number, missedPct: number): GovernorDecision {
    this.ladder.release();
    this.trial = null;
    this.undo.length = 0;
    this.excuse(nowMs, missedPct);
    return this.decide(nowMs, 'gave all back, for less of the model does not help', missedPct);
  }

  /** For a while only more misses than these count; every time for longer. */
  private excuse(nowMs: number, missedPct: number): void {
    // A short look may find fewer by chance than there are.
    this.unavoidablePct = Math.max(missedPct, this.window.since(nowMs - recentMs).missedPct);
    this.limit = null;
    this.distrustUntilMs = nowMs + this.distrustMs;
    this.distrustMs = Math.min(mostDistrustMs, 2 * this.distrustMs);
  }

  private raise(nowMs: number): GovernorDecision | null {
    const { ladder, limit } = this;
    const sinceMs = nowMs - this.decidedMs;
    if (ladder.isFull) {
      if (sinceMs > blameMs) this.trial = null;
      return null;
    }
    if (sinceMs < (this.undo.length > 0 ? raiseEveryMs : holdMs) || !this.isCalm(nowMs)) return null;
    if (limit && ladder.place > limit.place + samePlace) this.limit = null;
    // Bold steps end before the place where it went wrong.
    const { place } = ladder;
    const isNear = this.limit !== null && place < this.limit.place + 1e-6 && ladder.placeAbove(this.share) > this.limit.place - leastShare;
    if (isNear) this.share = leastShare;
    const { share } = this;
    if (isNear && ladder.placeAbove(share) > this.limit!.place - 1e-6 && nowMs - this.limit!.atMs < this.patienceMs) return null;
    const restore = ladder.save();
    const what = ladder.raise(share);
    // The longer it goes well, the bolder.
    if (what === 'rate') this.share = Math.min(mostShare, 2 * this.share);
    this.undo.push({ atMs: nowMs, restore });
    return this.decide(nowMs, `raised the ${what}`, 0);
  }

  /** Seen over decisions: the fewer misses there are, the longer it takes to see that there are any. */
  private isCalm(nowMs: number): boolean {
    const { unavoidablePct } = this;
    const long = this.window.since(nowMs - 2 * calmMs);
    if (unavoidablePct > 0) return long.missedPct <= 1.15 * unavoidablePct + allowedPct;
    return long.gaps <= 1 && this.window.since(nowMs - calmMs).gaps === 0;
  }

  /** Remembers where it went wrong; the same place again is left alone for longer. */
  private noteLimit(nowMs: number): void {
    const { place } = this.ladder;
    // While it goes on down from there, that is one occasion.
    if (this.undo.length === 0 && this.limit) {
      this.limit.atMs = nowMs;
      return;
    }
    const isSame = this.limit !== null && Math.abs(place - this.limit.place) < samePlace;
    this.patienceMs = isSame ? Math.min(mostPatienceMs, 1.4 * this.patienceMs) : firstPatienceMs;
    this.limit = { place, atMs: nowMs };
  }

  private decide(nowMs: number, reason: string, missedPct: number): GovernorDecision {
    this.decidedMs = nowMs;
    return { ...this.ladder.allowance, reason, missedPct };
  }

  private learnUnavoidable(nowMs: number): void {
    if (this.unavoidablePct === 0) return;
    const { missedPct, spanMs } = this.over(nowMs, longMs);
    // Well below, not by chance: what made them has ended.
    if (spanMs > 1900 && missedPct < 0.7 * this.unavoidablePct) this.unavoidablePct += 0.2 * (missedPct - this.unavoidablePct);
    if (this.unavoidablePct < 0.5 || (this.ladder.isFull && nowMs > this.distrustUntilMs)) this.unavoidablePct = 0;
  }
}
