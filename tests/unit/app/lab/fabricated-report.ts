import { estimateUnits, type Estimate, type EstimateName, type LatencyReport } from '../../../../src/latency/lab-report';

/** A report whose every median is `p50`, with the rest around it. */
export function reportOf(p50: number, display: Partial<LatencyReport['display']> = {}): LatencyReport {
  const estimated = Object.fromEntries(
    Object.entries(estimateUnits).map(([name, unit]): [string, Estimate] => [
      name,
      name === 'gpuMs'
        ? { p50: Number.NaN, p95: Number.NaN, p99: Number.NaN, max: Number.NaN, n: 0, unit }
        : { p50, p95: p50 + 1, p99: p50 + 2, max: p50 + 3, n: 10, unit },
    ]),
  ) as Record<EstimateName, Estimate>;
  return {
    kind: 'estimated',
    atMs: 2000,
    sinceMs: 1000,
    mode: 'layers',
    estimated,
    stages: {},
    inputStages: {},
    sumErrorMsMax: 0,
    display: { hz: 72, nominalHz: 72, frames: 100, missed: 0, missedPct: 0, longestRunMissed: 0, ...display },
    model: { hz: 12, frames: 24 },
    poseMismatchPct: Number.NaN,
    contention: { missedPctOn: Number.NaN, missedPctOff: Number.NaN, contentionPct: Number.NaN },
    notes: [],
  };
}
