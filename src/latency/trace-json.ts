import { displayColumns } from './display-log';
import type { LatencyReport } from './lab-report';
import type { SpanLog } from './span-log';
import { momentNames, type Span } from './stages';

/** The whole log and its report as one JSON text: times in ms on the window's clock, `null` where missing. */
export function toJson(log: SpanLog, report: LatencyReport): string {
  const { display } = log;
  const plain = (span: Span): object => ({ ...span, moments: Array.from(span.moments) });
  const rows = Array.from({ length: display.count }, (_, k) =>
    displayColumns.map((column) => display.get(display.total - display.count + k, column)),
  );
  // JSON writes NaN as null, which is what a missing value shall be.
  return JSON.stringify({
    format: 'reverie-latency',
    version: 1,
    report,
    momentNames,
    frames: log.frames.read().map(plain),
    inputs: log.inputs.read().map(plain),
    displayColumns,
    display: rows,
    events: log.events(),
  });
}
