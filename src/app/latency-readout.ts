import { toCsv } from '../latency/csv';
import type { LatencyReport } from '../latency/lab-report';
import { reportOf } from '../latency/report';
import { toTraceEvents } from '../latency/trace-event';
import { toJson } from '../latency/trace-json';
import type { Visit } from './visit';

export const traceFormats = ['json', 'csv', 'chrome'] as const;
export type TraceFormat = (typeof traceFormats)[number];

/**
 * What the browser can tell of latency, estimated.
 * @param sinceMs only what was seen since then, ms on the window's clock; left out: all that is kept, some two minutes
 */
export function readLatency(visit: Visit, sinceMs?: number): LatencyReport {
  const nowMs = performance.now();
  const { hz } = visit.display.read(visit.nominalHz);
  const model = visit.model.read(nowMs);
  return reportOf(visit.spans, {
    nowMs,
    sinceMs,
    mode: visit.view.mode,
    display: { hz, nominalHz: visit.nominalHz },
    model: { hz: model.hz, frames: model.frames },
    pixelsPerDeg: visit.pixelsPerDeg,
    hasGpuTimer: visit.gpu.isAvailable,
    headsetPredicts: visit.headsetPredicts,
    poseMismatchPct: visit.mismatch.pct,
    contention: visit.contention.result(),
  });
}

/**
 * The log as text: `json` with everything, `csv` with one row a span, `chrome` for Perfetto.
 * @throws RangeError when there is no such format
 */
export function exportTrace(visit: Visit, format: TraceFormat): string {
  switch (format) {
    case 'json':
      return toJson(visit.spans, readLatency(visit));
    case 'csv':
      return toCsv(visit.spans);
    case 'chrome':
      return JSON.stringify(toTraceEvents(visit.spans));
    default:
      throw new RangeError(`There is no trace format "${String(format)}". Choose one of ${traceFormats.join(', ')}.`);
  }
}
