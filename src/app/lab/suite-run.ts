import type { Options } from '../options';
import { reasonOf } from '../reason';
import { cellOptions, suiteMs, suiteOptions, type SuiteCell } from './suite-plan';

/** What a run needs of the product. `Report`: whatever one measurement gives. */
export type SuiteHost<Report> = {
  options(): Options;
  set(changes: Partial<Options>): void;
  /** The head begins the trace, from its first pose, and goes on until {@link SuiteHost.stop}. */
  play(): void;
  stop(): void;
  /** @param sinceMs on the clock of `tick`: what counts */
  read(sinceMs: number): Report;
};

export type SuiteOutcome = 'running' | 'done' | 'cancelled' | 'failed';
export type CellResult<Report> = { cell: SuiteCell; report: Report };

/**
 * Goes through the cells of a suite: sets options, waits until they show, measures, reads. Time comes in by `tick`, so
 * that a page calls it from a timer and a test from a loop. However it ends, the options are as they were before, and
 * the head is the person's again.
 */
export class SuiteRun<Report> {
  readonly results: CellResult<Report>[] = [];
  outcome: SuiteOutcome = 'running';
  /** Why it failed, as a sentence. */
  problem: string | null = null;
  private readonly before: Partial<Options>;
  private index = -1;
  private phase: 'settle' | 'measure' = 'settle';
  private phaseEndsMs = 0;
  private sinceMs = 0;
  private doneMs = 0;

  /** Nothing happens until the first `tick`. @throws RangeError without a cell */
  constructor(
    readonly cells: readonly SuiteCell[],
    private readonly host: SuiteHost<Report>,
  ) {
    if (cells.length === 0) throw new RangeError('A suite needs at least one cell.');
    const options = host.options();
    this.before = Object.fromEntries(suiteOptions.map((name) => [name, options[name]]));
  }

  /** The cell that is measured now; null before the first tick and after the end. */
  get cell(): SuiteCell | null {
    return this.outcome === 'running' ? (this.cells[this.index] ?? null) : null;
  }

  /** Done so far, 0 … 1, by time. @param nowMs on the clock of `tick` */
  share(nowMs: number): number {
    if (this.outcome === 'done') return 1;
    const { cell } = this;
    if (!cell) return 0;
    const left = Math.max(0, this.phaseEndsMs - nowMs) + (this.phase === 'settle' ? cell.measureMs : 0);
    const partMs = Math.min(cell.settleMs + cell.measureMs, cell.settleMs + cell.measureMs - left);
    return Math.min(1, (this.doneMs + Math.max(0, partMs)) / suiteMs(this.cells));
  }

  /** Call it several times a second. @param nowMs on the window's clock */
  tick(nowMs: number): void {
    if (this.outcome !== 'running') return;
    try {
      if (this.index < 0) this.begin(0, nowMs);
      else if (nowMs >= this.phaseEndsMs) this.advance(nowMs);
    } catch (error) {
      this.problem = reasonOf(error);
      this.end('failed');
    }
  }

  /** Gives everything back and keeps what was measured; after the end it does nothing. */
  cancel(): void {
    if (this.outcome === 'running') this.end('cancelled');
  }

  private begin(index: number, nowMs: number): void {
    const cell = this.cells[index]!;
    this.index = index;
    this.phase = 'settle';
    this.phaseEndsMs = nowMs + cell.settleMs;
    this.host.set(cellOptions(cell, { modelHz: this.before.modelHz! }));
    this.host.play();
  }

  private advance(nowMs: number): void {
    const cell = this.cells[this.index]!;
    if (this.phase === 'settle') {
      this.sinceMs = nowMs;
      this.phase = 'measure';
      this.phaseEndsMs = nowMs + cell.measureMs;
      return;
    }
    this.results.push({ cell, report: this.host.read(this.sinceMs) });
    this.doneMs += cell.settleMs + cell.measureMs;
    if (this.index + 1 < this.cells.length) this.begin(this.index + 1, nowMs);
    else this.end('done');
  }

  private end(outcome: SuiteOutcome): void {
    this.outcome = outcome;
    // The head may be stuck, but the options shall come back all the same.
    for (const giveBack of [() => this.host.stop(), () => this.host.set(this.before)]) {
      try {
        giveBack();
      } catch (error) {
        this.problem ??= reasonOf(error);
        this.outcome = 'failed';
      }
    }
  }
}
