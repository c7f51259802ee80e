import { reprojectionModes, type ReprojectionMode } from '../../reproject/modes';
import type { Options } from '../options';

/** What one measurement is made under. */
export type SuiteCell = {
  /** Two words that no other cell has. */
  id: string;
  /** Part of the table of modes and latencies, or one half of the comparison of the display with and without a model. */
  kind: 'grid' | 'model on' | 'model at rest';
  reprojection: ReprojectionMode;
  addLatencyMs: number;
  /** Null: as the person has it. */
  modelHz: number | null;
  settleMs: number;
  measureMs: number;
};

export const suiteSizes = ['quick', 'full'] as const;
export type SuiteSize = (typeof suiteSizes)[number];

/** Options that a suite changes, and gives back. */
export const suiteOptions = ['reprojection', 'addLatencyMs', 'modelHz', 'governor'] as const satisfies readonly (keyof Options)[];

const latenciesMs: Readonly<Record<SuiteSize, readonly number[]>> = {
  quick: [0, 500],
  full: [0, 100, 500, 1000, 2000],
};
const measureMs: Readonly<Record<SuiteSize, number>> = { quick: 4000, full: 10_000 };
/** The last picture of the cell before has to be gone, and the model to have found its pace. */
const settleMs = 1000;
/** With latency added, a cell shows its own pictures only after that time; as long again until a few have come. */
const settleLatencies = 2;
/** The slowest that a model can be asked for: one step in five seconds. Contention compares with this. */
export const restHz = 0.2;
/** The step that was under way when the model was put to rest has to end. */
const restSettleMs = 2500;

/** All cells of a suite, in the order in which they run. */
export function planSuite(size: SuiteSize, modes: readonly ReprojectionMode[] = reprojectionModes): SuiteCell[] {
  const cells: SuiteCell[] = [];
  for (const reprojection of modes) {
    for (const addLatencyMs of latenciesMs[size]) {
      cells.push({
        id: `${reprojection} +${addLatencyMs}`,
        kind: 'grid',
        reprojection,
        addLatencyMs,
        modelHz: null,
        settleMs: settleMs + settleLatencies * addLatencyMs,
        measureMs: measureMs[size],
      });
    }
  }
  const contention = { reprojection: 'layers', addLatencyMs: 0, measureMs: measureMs[size] } as const;
  const on = { ...contention, kind: 'model on', modelHz: null, settleMs } as const;
  const rest = { ...contention, kind: 'model at rest', modelHz: restHz, settleMs: restSettleMs } as const;
  // In this order a machine that warms up counts on both sides alike.
  cells.push({ ...on, id: 'model on, first' }, { ...rest, id: 'model at rest, first' });
  cells.push({ ...rest, id: 'model at rest, again' }, { ...on, id: 'model on, again' });
  return cells;
}

/** How long these cells take, ms. */
export function suiteMs(cells: readonly SuiteCell[]): number {
  return cells.reduce((sum, cell) => sum + cell.settleMs + cell.measureMs, 0);
}

/**
 * The options of a cell. The governor rests meanwhile: it would answer a slow cell with a slower model, and the next cell
 * would be measured under that.
 */
export function cellOptions(cell: SuiteCell, own: Pick<Options, 'modelHz'>): Pick<Options, (typeof suiteOptions)[number]> {
  const { reprojection, addLatencyMs } = cell;
  return { reprojection, addLatencyMs, modelHz: cell.modelHz ?? own.modelHz, governor: false };
}
