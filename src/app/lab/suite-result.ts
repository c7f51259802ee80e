import type { Contention } from '../../latency/contention';
import { estimateUnits, type ContentionResult, type Estimate, type EstimateName, type LatencyReport } from '../../latency/lab-report';
import type { Options } from '../options';
import type { CellResult, SuiteOutcome } from './suite-run';
import type { SuiteCell, SuiteSize } from './suite-plan';

/** What a suite has measured, whole or until it was cancelled; every number is estimated, none is from a photodiode. */
export type SuiteResult = {
  kind: 'estimated';
  size: SuiteSize;
  outcome: Exclude<SuiteOutcome, 'running'>;
  /** Sentence when it failed. */
  problem: string | null;
  begunAt: string;
  userAgent: string;
  world: string;
  provider: string;
  trace: string;
  /** As the person had them; each cell names what it changed. */
  options: Options;
  cells: { cell: SuiteCell; report: LatencyReport }[];
  contention: ContentionResult;
};

/** Counts missed display frames with the model on and at rest, from the cells that are there, and from nothing before. */
export function fillContention(contention: Contention, results: readonly CellResult<Pick<LatencyReport, 'display'>>[]): void {
  contention.clear();
  for (const { cell, report } of results) {
    const { frames, missed } = report.display;
    if (cell.kind === 'model on') contention.phase('on', frames, missed);
    if (cell.kind === 'model at rest') contention.phase('off', frames, missed);
  }
}

/** Metrics in the order of the reports. */
export const metricNames = Object.keys(estimateUnits) as EstimateName[];

/** One line of the results: what was set, and what came out of it. */
export type ResultRow = { mode: string; addLatencyMs: number; estimate: Estimate; missedPct: number };

/** Modes and latencies of one metric. */
export function rowsOf({ cells }: Pick<SuiteResult, 'cells'>, metric: EstimateName): ResultRow[] {
  return cells
    .filter(({ cell }) => cell.kind === 'grid')
    .map(({ cell, report }) => ({
      mode: cell.reprojection,
      addLatencyMs: cell.addLatencyMs,
      estimate: report.estimated[metric],
      missedPct: report.display.missedPct,
    }));
}

/** Missing numbers become `null`. */
export function toJson(result: SuiteResult): string {
  return JSON.stringify(result, null, 2);
}

const csvHead = 'cell,kind,reprojection,addLatencyMs,modelHzWanted,displayHz,missedPct,modelHz,metric,unit,p50,p95,p99,max,n';

/** One line for each cell and metric, RFC 4180; missing numbers are empty fields. */
export function toCsv({ cells }: Pick<SuiteResult, 'cells'>): string {
  const lines = [csvHead];
  for (const { cell, report } of cells) {
    const { id, kind, reprojection, addLatencyMs, modelHz } = cell;
    const about = [`"${id}"`, kind, reprojection, addLatencyMs, modelHz ?? '', ...numbers(report.display.hz, report.display.missedPct, report.model.hz)];
    for (const metric of metricNames) {
      const { p50, p95, p99, max, n, unit } = report.estimated[metric];
      lines.push([...about, metric, unit, ...numbers(p50, p95, p99, max), n].join(','));
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

function numbers(...values: number[]): (number | '')[] {
  return values.map((value) => (Number.isFinite(value) ? value : ''));
}
