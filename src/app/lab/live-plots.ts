import type { SpanLog } from '../../latency/span-log';
import { displaySource, intervalSource, recent, type RecentSpans } from './live-sources';
import { showBare, showNumber } from './metric-words';
import type { PlotLook } from './plot-view';
import type { PlotSource } from './plot-rows';
import { stageGroups } from './stage-groups';

/** How far back the plots go, s. */
export const plotSpanS = 15;

export type LivePlot = {
  id: string;
  title: string;
  look: PlotLook;
  source: (log: SpanLog, spans: RecentSpans) => PlotSource;
  /** The numbers beside the title. */
  says: (source: PlotSource, spans: RecentSpans, nowMs: number) => string;
};

const accent = '#ecc993';
const second = '#8ab4f8';

/** '16.7 · 33.1 · 50.2 ms': median, 95th percentile and largest. */
function threeOf(source: PlotSource, column: number, nowMs: number, unit: string): string {
  const { p50, p95, max } = recent(source, column, nowMs, plotSpanS);
  if (!Number.isFinite(p50)) return 'n/a';
  return `${showBare(p50, unit)} · ${showBare(p95, unit)} · ${showNumber(max, unit)}`;
}

export const livePlots: readonly LivePlot[] = [
  {
    id: 'interval',
    title: 'Display interval',
    look: { series: [{ color: accent }], atLeast: 20, heightPx: 54 },
    source: (log) => intervalSource(log.display),
    says: (source, _, nowMs) => threeOf(source, 0, nowMs, 'ms'),
  },
  {
    id: 'age',
    title: 'Frame age',
    look: { series: [{ color: accent }], atLeast: 100, heightPx: 54 },
    source: (log) => displaySource(log.display, ['frameAgeMs']),
    says: (source, _, nowMs) => threeOf(source, 0, nowMs, 'ms'),
  },
  {
    id: 'stages',
    title: 'Action to photon, by stage',
    look: {
      series: stageGroups.toReversed().map(({ color }) => ({ color, isBand: true })),
      atLeast: 100,
      isStepped: true,
      heightPx: 92,
    },
    source: (_, spans) => spans.stages,
    says: (source, _, nowMs) => threeOf(source, 0, nowMs, 'ms'),
  },
  {
    id: 'gap',
    title: 'Pose gap: angle, distance (blue)',
    look: { series: [{ color: accent }, { color: second, atRight: true }], atLeast: 0.1, heightPx: 54 },
    source: (log) => displaySource(log.display, ['poseGapDeg', 'poseGapM']),
    says(source, _, nowMs) {
      const [turn, move] = [recent(source, 0, nowMs, plotSpanS), recent(source, 1, nowMs, plotSpanS)];
      return Number.isFinite(turn.p50)
        ? `${showBare(turn.p50, 'deg')} · ${showNumber(turn.p95, 'deg')}, ${showBare(move.p50, 'm')} · ${showNumber(move.p95, 'm')}`
        : 'n/a';
    },
  },
  {
    id: 'rate',
    title: 'Model rate',
    look: { series: [{ color: accent }], atLeast: 10, isStepped: true, heightPx: 54 },
    source: (_, spans) => spans.rate,
    says: (_, spans) => showNumber(spans.rateHz(), 'Hz'),
  },
];
