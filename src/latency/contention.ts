import type { ContentionResult } from './lab-report';

/**
 * What the model costs the display: share of display frames that are missed while it runs, minus while it rests, on the
 * same head trace. Phases may be repeated, best in turns (on, off, off, on), so that a machine that warms up counts on
 * both sides alike.
 */
export class Contention {
  private readonly drawn = { on: 0, off: 0 };
  private readonly missed = { on: 0, off: 0 };

  /** @param model whether it ran. @param drawn, missed display frames of the phase, see `missedOf` */
  phase(model: 'on' | 'off', drawn: number, missed: number): void {
    this.drawn[model] += drawn;
    this.missed[model] += missed;
  }

  /** NaN for what was not measured. */
  result(): ContentionResult {
    const missedPctOn = share(this.missed.on, this.drawn.on);
    const missedPctOff = share(this.missed.off, this.drawn.off);
    return { missedPctOn, missedPctOff, contentionPct: missedPctOn - missedPctOff };
  }

  clear(): void {
    for (const counts of [this.drawn, this.missed]) counts.on = counts.off = 0;
  }
}

function share(missed: number, drawn: number): number {
  return drawn > 0 ? (100 * missed) / (missed + drawn) : Number.NaN;
}
