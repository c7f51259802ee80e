import { Governor, type GovernorDecision } from '../latency/governor';
import type { DisplayLog } from '../latency/display-log';
import type { DisplayLoad } from '../latency/load-window';
import type { Director } from './director';
import { appStore } from './store';
import type { Visit } from './visit';

const lookEveryMs = 250;
/** A world that has just come, or a session that has just begun, makes display frames miss by itself: shaders, uploads. */
const quietMs = 4000;
const onlyFullSize: readonly number[] = [1];

/** Asks less of the model while display frames are missed, and gives back when they are not. @returns stop */
export function startGoverning(visit: Visit, director: Pick<Director, 'configure'>): () => void {
  const governing = new Governing(visit, director);
  const timer = setInterval(() => governing.look(performance.now()), lookEveryMs);
  return () => {
    clearInterval(timer);
    governing.rest();
  };
}

/** Reads the display four times a second, and carries out what the governor decides. */
export class Governing {
  private readonly governor = new Governor();
  private readonly load: DisplayLoad = { frames: 0, missed: 0, gaps: 0 };
  /** The first display frame that was not looked at yet. */
  private nextRow = 0;
  private situation = '';
  private quietUntilMs = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly visit: Visit,
    private readonly director: Pick<Director, 'configure'>,
  ) {}

  look(nowMs: number): void {
    const { visit, governor } = this;
    const { options, world, opening, xr } = appStore.getState();
    this.nextRow = readLoad(visit.spans.display, this.nextRow, this.load);
    const situation = `${world?.id} ${world?.provider} ${xr.status === 'presenting'}`;
    if (situation !== this.situation) {
      this.situation = situation;
      this.quietUntilMs = nowMs + quietMs;
      this.rest();
    }
    if (!options.governor) {
      this.rest();
      return;
    }
    // A world that loads computes too, and a lower rate of the one before would not help.
    if (opening || nowMs < this.quietUntilMs || !world) return;
    const { hz } = visit.model.read(nowMs);
    const input = { ...this.load, modelRuns: hz > 0, modelHz: hz > 0 ? hz : Number.NaN };
    const limits = { modelHz: Math.min(options.modelHz, world.rateHz), scales: world.scales ?? onlyFullSize };
    const decision = governor.update(nowMs, input, limits);
    if (decision) this.carryOut(decision, nowMs);
  }

  /** The model gets everything back, and what was learnt is forgotten. */
  rest(): void {
    this.governor.reset();
    if (appStore.getState().governor === null) return;
    this.visit.modelHzCap = Number.POSITIVE_INFINITY;
    appStore.setState({ governor: null });
    this.director.configure();
  }

  private carryOut({ missedPct, ...state }: GovernorDecision, nowMs: number): void {
    appStore.setState({ governor: this.governor.isFull ? null : state });
    this.visit.modelHzCap = state.modelHzCap;
    this.director.configure();
    this.visit.spans.event('governor', nowMs, { ...state, missedPct });
  }
}

/** Sums up the display frames from row `from` on. @returns the row after the last */
export function readLoad(log: DisplayLog, from: number, out: DisplayLoad): number {
  out.frames = 0;
  out.missed = 0;
  out.gaps = 0;
  for (let row = Math.max(from, log.total - log.count); row < log.total; row++) {
    out.frames++;
    const missed = log.get(row, 'missed');
    if (!(missed > 0)) continue;
    out.missed += missed;
    out.gaps++;
  }
  return log.total;
}
