import type { DisplayRow, LatencyResult, LatencyRow, Motion, MotionRow } from '../../../../src/bench/latency/result';
import { summariseLatency, type Totals } from '../../../../src/bench/latency/summary';

export const totals: Totals = {
  sumErrorMsMax: 0.02,
  governorRecoverS: 2.5,
  governorRecoverOverRestS: 2.1,
  governorRestoreS: Number.NaN,
  restMissedPct: 0.4,
};

export function motionRow(mode: MotionRow['mode'], addLatencyMs: number, motion: Motion, frames: number[]): MotionRow {
  return {
    kind: 'motion',
    mode,
    addLatencyMs,
    motion,
    frames,
    framesMax: Math.max(...frames),
    framesMedian: frames[0]!,
    msMedian: 16 * frames[0]!,
    byModel: frames.filter((count) => count > 1).length,
    firstShareMin: 0.9,
    firstRestMax: 0.2,
    contrastMin: 40,
    displayHz: 20,
  };
}

export function displayRow(world: DisplayRow['world'], condition: DisplayRow['condition'], ratio: number): DisplayRow {
  return { kind: 'display', world, round: 0, condition, displayHz: 60 * ratio, ratio, frames: 180, modelHz: 0 };
}

/** A result whose numbers are made up, for tests of what is drawn from them. */
export function fabricatedLatency(): LatencyResult {
  const modes = ['off', 'rotation', 'quad', 'mesh', 'layers'] as const;
  const rows: LatencyRow[] = [0, 500].flatMap((latency) => [
    ...modes.flatMap((mode) => [
      motionRow(mode, latency, 'rotation', mode === 'off' ? [2 + latency / 50, 3] : [1, 1]),
      motionRow(mode, latency, 'translation', mode === 'off' || mode === 'rotation' ? [2 + latency / 50, Number.NaN] : [1, 1]),
    ]),
    {
      kind: 'injected' as const,
      addLatencyMs: latency,
      n: 80,
      measuredMsP50: latency + 0.6,
      measuredMsP95: latency + 9,
      errorMsP50: 0.6,
      displayPeriodMs: 20,
    },
    { kind: 'stage' as const, addLatencyMs: latency, part: 'sampled>stepBegun', msP50: 4, msP95: 9, n: 80 },
    { kind: 'stage' as const, addLatencyMs: latency, part: 'meshed>sent', msP50: latency, msP95: latency + 9, n: 80 },
  ]);
  rows.push(displayRow('light', 'stalled', 0.995), displayRow('light', 'slow', 0.99), displayRow('shipped', 'busy', 0.7));
  for (let s = -2; s < 4; s++) {
    rows.push({ kind: 'governor', atMs: 1000 * s, loaded: s >= 0, displayHz: 58, missedPct: s === 0 ? 40 : 0, modelHz: 30 });
  }
  return {
    counts: { quick: true, seed: 6, canvas: '192 × 96', displayOffsetMs: 30, latenciesMs: [0, 500], frames: 160 },
    rows,
    decisions: [{ atMs: 600, args: { modelHzCap: 10, reason: 'lowered the rate <b>' } }],
    summary: summariseLatency(rows, totals),
    notes: ['Made up.'],
  };
}
