import type { DisplayColumn, DisplayLog } from '../../latency/display-log';
import type { SpanLog } from '../../latency/span-log';
import { moment, type Span } from '../../latency/stages';
import { summarise, type Summary } from '../../latency/summary';
import type { PlotSource } from './plot-rows';
import { groupTimes, seenAtMs, stageGroups } from './stage-groups';

/** Columns of the display log as they are. */
export function displaySource(log: DisplayLog, columns: readonly DisplayColumn[]): PlotSource {
  return {
    first: () => log.total - log.count,
    end: () => log.total,
    atMs: (row) => log.get(row, 'atMs'),
    width: columns.length,
    value: (row, column) => log.get(row, columns[column]!),
  };
}

/** Time between two display frames, ms. */
export function intervalSource(log: DisplayLog): PlotSource {
  return { ...displaySource(log, ['atMs']), value: (row) => log.get(row, 'atMs') - log.get(row - 1, 'atMs') };
}

/**
 * The model frames that were seen in the last seconds, read out of the log once for all that is shown of them. `whole`
 * frames with their stages piled up: column 0 is the sum of all, column c leaves out the last c groups, so that drawing
 * one after the other in front leaves a band for each.
 */
export class RecentSpans {
  private spans: Span[] = [];
  private readonly times = new Float64Array(stageGroups.length);
  private piled: Float64Array[] = [];
  private groups: Float64Array[] = [];

  read(log: SpanLog, fromMs: number): void {
    this.spans = log.spans(fromMs);
    this.groups = this.spans.map(({ moments }) => groupTimes(moments, this.times).slice());
    this.piled = this.groups.map(pile);
  }

  readonly stages: PlotSource = {
    first: () => 0,
    end: () => this.spans.length,
    atMs: (row) => seenAtMs(this.spans[row]!.moments),
    width: stageGroups.length,
    value: (row, column) => this.piled[row]![column]!,
  };

  /** Model frames a second, from one frame to the next. */
  readonly rate: PlotSource = {
    ...this.stages,
    width: 1,
    value: (row) => (row === 0 ? Number.NaN : 1000 / (this.readyMs(row) - this.readyMs(row - 1))),
  };

  /** From an input to its light, ms; without an input event, from the sampled head pose. */
  total(): Summary {
    return summarise(this.piled.map((pile) => pile[0]!));
  }

  /** How long a group of stages took, ms; `index` into `stageGroups`. */
  group(index: number): Summary {
    return summarise(this.groups.map((times) => times[index]!));
  }

  /** Frames a second, from their median interval; NaN with fewer than two. */
  rateHz(): number {
    const intervals = this.spans.slice(1).map((_, k) => this.readyMs(k + 1) - this.readyMs(k));
    return 1000 / summarise(intervals).p50;
  }

  private readyMs(row: number): number {
    return this.spans[row]!.moments[moment.meshed]!;
  }
}

/** Sums of the first n, n - 1 … 1 groups; NaN counts as nothing, and all NaN stay NaN. */
function pile(times: Float64Array): Float64Array {
  const out = new Float64Array(times.length).fill(Number.NaN);
  let sum = Number.NaN;
  for (let k = 0; k < times.length; k++) {
    if (!Number.isNaN(times[k]!)) sum = (Number.isNaN(sum) ? 0 : sum) + times[k]!;
    out[times.length - 1 - k] = sum;
  }
  return out;
}

/** Median, tail, largest and count of one value of a source over the last `spanS` seconds. */
export function recent(source: PlotSource, column: number, nowMs: number, spanS: number): Summary {
  const values: number[] = [];
  for (let row = source.end() - 1; row >= source.first() && source.atMs(row) >= nowMs - 1000 * spanS; row--) {
    values.push(source.value(row, column));
  }
  return summarise(values);
}
