import { summarise as summaryOf } from '../../latency/summary';
import type { ReprojectionMode } from '../../reproject/modes';
import type { DisplayCondition, DisplayRow, InjectedRow, LatencyRow, LatencySummary, Motion, MotionRow } from './result';

/** Modes whose picture stays in the world when the head turns, and those that know how far away things are. */
export const reprojectingModes: readonly ReprojectionMode[] = ['rotation', 'quad', 'mesh', 'layers'];
export const depthModes: readonly ReprojectionMode[] = ['mesh', 'layers'];

/** What the rows do not say. */
export type Totals = Pick<
  LatencySummary,
  'sumErrorMsMax' | 'governorRecoverS' | 'governorRecoverOverRestS' | 'governorRestoreS' | 'restMissedPct'
>;

/** The figures of a run. NaN where nothing was measured, or a change never showed. */
export function summariseLatency(rows: readonly LatencyRow[], totals: Totals): LatencySummary {
  const motions = rows.filter((row): row is MotionRow => row.kind === 'motion');
  const longestMs = Math.max(...motions.map((row) => row.addLatencyMs));
  const framesOf = (motion: Motion, modes: readonly ReprojectionMode[], latencyMs?: number): number[] =>
    motions
      .filter((row) => row.motion === motion && modes.includes(row.mode) && (latencyMs ?? row.addLatencyMs) === row.addLatencyMs)
      .flatMap((row) => row.frames);
  return {
    rotationFramesMax: most(framesOf('rotation', reprojectingModes)),
    translationFramesMax: most(framesOf('translation', depthModes)),
    offFramesMin: least([...framesOf('rotation', ['off'], longestMs), ...framesOf('translation', ['off'], longestMs)]),
    flatTranslationFramesMin: least(framesOf('translation', ['rotation'], longestMs)),
    injectedErrorMsMax: most(injectedOf(rows).map(({ errorMsP50 }) => Math.abs(errorMsP50))),
    displayRatioStalled: ratioOf(rows, 'stalled'),
    displayRatioCrashed: ratioOf(rows, 'crashed'),
    displayRatioSlow: ratioOf(rows, 'slow'),
    displayRatioComputing: ratioOf(rows, 'computing'),
    displayRatioBusy: ratioOf(rows, 'busy'),
    displayRatioGoverned: ratioOf(rows, 'governed'),
    ...totals,
  };
}

/** The injected latencies that were measured. */
export function injectedOf(rows: readonly LatencyRow[]): InjectedRow[] {
  return rows.filter((row): row is InjectedRow => row.kind === 'injected');
}

/** Median over the rounds; what is measured in both worlds counts in the light one, where the display can keep its pace. */
function ratioOf(rows: readonly LatencyRow[], condition: DisplayCondition): number {
  const all = rows.filter((row): row is DisplayRow => row.kind === 'display' && row.condition === condition);
  const light = all.filter(({ world }) => world === 'light');
  const own = light.length > 0 ? light : all;
  return summaryOf(own.map(({ ratio }) => ratio)).p50;
}

/** Largest; NaN without values, and when one of them is NaN: a change that never showed is no small number. */
const most = (values: readonly number[]): number => (values.length > 0 ? Math.max(...values) : Number.NaN);
/** Smallest; one that never showed counts as late as can be. */
const least = (values: readonly number[]): number =>
  values.length > 0 ? Math.min(...values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value))) : Number.NaN;
