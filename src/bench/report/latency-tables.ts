import type { DisplayCondition, DisplayRow, InjectedRow, LatencyResult, MotionRow, StageRow } from '../latency/result';
import { depthModes, injectedOf, reprojectingModes } from '../latency/summary';
import type { Verdict } from './bench-report';
import { fixed, nothing, words } from './format';
import { verdictTable } from './reprojection-table';
import { textTable, type Column } from './table';

export const motionsOf = ({ rows }: LatencyResult): MotionRow[] => rows.filter((row): row is MotionRow => row.kind === 'motion');
export const displaysOf = ({ rows }: LatencyResult): DisplayRow[] => rows.filter((row): row is DisplayRow => row.kind === 'display');
export const stagesOf = ({ rows }: LatencyResult): StageRow[] => rows.filter((row): row is StageRow => row.kind === 'stage');

/** How a condition is called in tables and plots. */
export const conditionNames: Readonly<Record<DisplayCondition, string>> = {
  idle: 'idle',
  stalled: 'stalled',
  crashed: 'crashed',
  slow: 'slow',
  computing: 'computing',
  busy: 'busy (WASM)',
  governed: 'governed',
};

/** What the suite has to keep to; the same bars are in docs/benchmarks.md. */
export function latencyVerdicts({ summary, counts, rows }: LatencyResult): Verdict[] {
  const longest = Math.max(...counts.latenciesMs);
  const exactly = (label: string, value: number): Verdict => ({
    label,
    value: frames(value),
    bar: 'wanted: 1, the very next',
    // A change that never showed is NaN, and missed.
    passed: value === 1,
  });
  const more = (label: string, value: number): Verdict => ({
    label,
    value: frames(value),
    bar: 'wanted: more than 1, so that the test can fail',
    passed: Number.isNaN(value) ? null : value > 1,
  });
  const under = (label: string, value: number, limit: number, digits: number, unit: string, reached = value <= limit): Verdict => ({
    label,
    value: `${fixed(value, digits)}${unit}`,
    bar: `wanted: at most ${limit}${unit}`,
    passed: Number.isNaN(value) ? null : reached,
  });
  const ratio = (label: string, value: number, limit: number): Verdict => ({
    label: `Display rate over idle, ${label}`,
    value: `${fixed(100 * value, 1)} %`,
    bar: `wanted: at least ${limit} %`,
    passed: Number.isNaN(value) ? null : 100 * value >= limit,
  });
  const late = injectedOf(rows).every((row) => Math.abs(row.errorMsP50) <= Math.max(2, row.displayPeriodMs));
  return [
    exactly('Display frames until a turn shows, modes that reproject', summary.rotationFramesMax),
    exactly('Display frames until a step aside shows, modes with depth', summary.translationFramesMax),
    more(`The same in mode off, at ${longest} ms, the least`, summary.offFramesMin),
    more(`Step aside in mode rotation, at ${longest} ms, the least`, summary.flatTranslationFramesMin),
    under('Parts of a frame’s way against its total, the worst', summary.sumErrorMsMax, 1, 3, ' ms'),
    { ...under('Injected latency, measured minus set, the worst median', summary.injectedErrorMsMax, 2, 2, ' ms', late), bar: 'wanted: at most 2 ms or one display frame' },
    ratio('stalled', summary.displayRatioStalled, 97),
    ratio('crashed', summary.displayRatioCrashed, 97),
    ratio('slow', summary.displayRatioSlow, 97),
    ratio('one core computing', summary.displayRatioComputing, 90),
    ratio('busy with the shipped painter', summary.displayRatioBusy, 90),
    recovery('Until under 1 % of the display frames are missed under the load', summary.governorRecoverS, 5),
    recovery(
      `The same over the ${fixed(summary.restMissedPct, 1)} % that are missed without the load`,
      summary.governorRecoverOverRestS,
      5,
    ),
    recovery('Until the model has its rate back after it', summary.governorRestoreS, 15),
  ];
}

/** Never is no gap in the measurement: it is the worst of all. */
function recovery(label: string, value: number, limit: number): Verdict {
  const never = Number.isNaN(value);
  return { label, value: never ? 'never' : `${fixed(value, 1)} s`, bar: `wanted: at most ${limit} s`, passed: !never && value <= limit };
}

const frames = (value: number): string => (Number.isNaN(value) ? 'never' : fixed(value, 0));

/** Whether a cell has to be 1. */
export function isBound({ mode, motion }: Pick<MotionRow, 'mode' | 'motion'>): boolean {
  return (motion === 'rotation' ? reprojectingModes : depthModes).includes(mode);
}

const list = (values: readonly number[]): string => values.map(frames).join(' ');

export const motionColumns: readonly Column<MotionRow>[] = [
  { name: 'motion', words: true, cell: (row) => row.motion },
  { name: 'mode', words: true, cell: (row) => row.mode },
  { name: 'latency ms', cell: (row) => fixed(row.addLatencyMs, 0) },
  { name: 'frames, most', cell: (row) => frames(row.framesMax) },
  { name: 'each', words: true, cell: (row) => list(row.frames) },
  { name: 'ms, median', cell: (row) => fixed(row.msMedian, 0) },
  { name: 'by the model', cell: (row) => `${row.byModel} of ${row.frames.length}` },
  { name: 'first frame, share', cell: (row) => fixed(row.firstShareMin, 2) },
  { name: 'rest', cell: (row) => fixed(row.firstRestMax, 2) },
  { name: 'contrast', cell: (row) => fixed(row.contrastMin, 0) },
  { name: 'display Hz', cell: (row) => fixed(row.displayHz, 1) },
];

/** One line for each motion and mode, one column for each latency. */
type Cross = { motion: MotionRow['motion']; mode: MotionRow['mode']; rows: readonly MotionRow[] };

export function crossRows(result: LatencyResult): Cross[] {
  const all = motionsOf(result);
  const keys = [...new Set(all.map(({ motion, mode }) => `${motion} ${mode}`))].sort((a, b) => a.split(' ')[0]!.localeCompare(b.split(' ')[0]!));
  return keys.map((key) => {
    const rows = all.filter(({ motion, mode }) => `${motion} ${mode}` === key);
    return { motion: rows[0]!.motion, mode: rows[0]!.mode, rows };
  });
}

export function crossColumns({ counts }: LatencyResult): Column<Cross>[] {
  return [
    { name: 'motion', words: true, cell: (row) => row.motion },
    { name: 'mode', words: true, cell: (row) => row.mode },
    ...counts.latenciesMs.map((latency): Column<Cross> => ({
      name: `${latency} ms`,
      cell: ({ rows }) => {
        const row = rows.find((one) => one.addLatencyMs === latency);
        return row ? frames(row.framesMax) : nothing;
      },
    })),
    { name: 'has to be', words: true, cell: (row) => (isBound(row) ? '1' : 'any') },
  ];
}

export const injectedColumns: readonly Column<InjectedRow>[] = [
  { name: 'set ms', cell: (row) => fixed(row.addLatencyMs, 0) },
  { name: 'measured p50', cell: (row) => fixed(row.measuredMsP50, 2) },
  { name: 'p95', cell: (row) => fixed(row.measuredMsP95, 2) },
  { name: 'minus set', cell: (row) => fixed(row.errorMsP50, 2) },
  { name: 'display period ms', cell: (row) => fixed(row.displayPeriodMs, 1) },
  { name: 'frames', cell: (row) => fixed(row.n, 0) },
];

export const displayColumns: readonly Column<DisplayRow>[] = [
  { name: 'world', words: true, cell: (row) => row.world },
  { name: 'round', cell: (row) => String(row.round + 1) },
  { name: 'model', words: true, cell: (row) => conditionNames[row.condition] },
  { name: 'display Hz', cell: (row) => fixed(row.displayHz, 1) },
  { name: 'of idle %', cell: (row) => fixed(100 * row.ratio, 1) },
  { name: 'model Hz', cell: (row) => fixed(row.modelHz, 1) },
  { name: 'display frames', cell: (row) => fixed(row.frames, 0) },
];

/** `stepBegun>inferenceBegun` as people read it. */
export const stageWords = (part: string): string => part.split('>').map(words).join(' → ');

export const stageColumns: readonly Column<StageRow>[] = [
  { name: 'latency ms', cell: (row) => fixed(row.addLatencyMs, 0) },
  { name: 'part', words: true, cell: (row) => stageWords(row.part) },
  { name: 'p50 ms', cell: (row) => fixed(row.msP50, 2) },
  { name: 'p95 ms', cell: (row) => fixed(row.msP95, 2) },
  { name: 'frames', cell: (row) => fixed(row.n, 0) },
];

/** What a run of `latency` prints. */
export function latencyTable(result: LatencyResult): string {
  return [
    'Display frames from a change of the head’s pose to the first whose pixels show it, the most; 1 is the very next',
    textTable(crossColumns(result), crossRows(result)),
    '',
    verdictTable(latencyVerdicts(result)),
  ].join('\n');
}
