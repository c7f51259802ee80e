import { exportTrace, readLatency } from '../latency-readout';
import type { Visit } from '../visit';
import type { LabHost } from './lab-host';
import { VisitHead } from './visit-head';

export type VisitLab = LabHost & { readonly head: VisitHead };

/** The lab's view of a visit. */
export function visitLab(visit: Visit): VisitLab {
  return {
    spans: visit.spans,
    contention: visit.contention,
    report: (sinceMs) => readLatency(visit, sinceMs),
    file: (format) => exportTrace(visit, format),
    head: new VisitHead(visit, `Reverie, ${navigator.userAgent}`),
  };
}
