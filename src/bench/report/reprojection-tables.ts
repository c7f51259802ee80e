import type { CellMargin, CutQuality, LatticeRow, MaskShares, Method, PictureScores, TraceRow } from '../reprojection/result';
import { fixed, signed } from './format';
import type { MethodMeans } from './reprojection-rows';
import { methodStyles } from './series';
import type { Column } from './table';

const nameOf = (method: Method): string => methodStyles[method].label;
const db = (value: number | null): string => fixed(value, 2);
const pct = (value: number | null): string => fixed(value, 2);

const scoreColumns: Column<PictureScores>[] = [
  { name: 'PSNR all', cell: (row) => db(row.psnrAllDb) },
  { name: 'co-visible', cell: (row) => db(row.psnrCoVisibleDb) },
  { name: 'disoccluded', cell: (row) => db(row.psnrDisoccludedDb) },
  { name: 'occluded', cell: (row) => db(row.psnrOccludedDb) },
  { name: 'outside', cell: (row) => db(row.psnrOutsideDb) },
  { name: 'silhouette', cell: (row) => db(row.silhouettePsnrDb) },
  { name: 'mean of pictures', cell: (row) => db(row.psnrAllMeanDb) },
  { name: 'identical', cell: (row) => fixed(row.identical, 0) },
  { name: 'SSIM', cell: (row) => fixed(row.ssimAll, 3) },
  { name: 'SSIM disocc.', cell: (row) => fixed(row.ssimDisoccluded, 3) },
  { name: 'hole %', cell: (row) => pct(row.holePct) },
  { name: 'guessed %', cell: (row) => pct(row.guessedPct) },
  { name: 'empty %', cell: (row) => pct(row.trulyEmptyPct) },
];

const maskColumns: Column<MaskShares>[] = [
  { name: 'co-visible %', cell: (row) => fixed(row.coVisiblePct, 1) },
  { name: 'occluded %', cell: (row) => fixed(row.occludedPct, 1) },
  { name: 'outside %', cell: (row) => fixed(row.outsidePct, 1) },
];

/** Every figure of a cell of the lattice. */
export const latticeColumns: readonly Column<LatticeRow>[] = [
  { name: 'method', words: true, cell: (row) => nameOf(row.method) },
  { name: 'baseline cm', cell: (row) => String(row.baselineCm) },
  { name: 'rotation °', cell: (row) => String(row.rotationDeg) },
  ...scoreColumns,
  { name: 'rubber %', cell: (row) => fixed(row.rubberSheetPct, 3) },
  ...maskColumns,
  { name: 'pictures', cell: (row) => fixed(row.pictures, 0) },
];

/** Every figure of a simulated model along the trace. */
export const traceColumns: readonly Column<TraceRow>[] = [
  { name: 'method', words: true, cell: (row) => nameOf(row.method) },
  { name: 'latency ms', cell: (row) => `${row.latencyMs}±${row.latencySpreadMs}` },
  { name: 'model Hz', cell: (row) => String(row.modelHz) },
  ...scoreColumns,
  { name: 'stability', cell: (row) => signed(row.stability, 2) },
  { name: 'pop p99 px', cell: (row) => fixed(row.popPxP99, 2) },
  { name: 'pop median px', cell: (row) => fixed(row.popPxMedian, 2) },
  { name: 'lag turning ms', cell: (row) => fixed(row.lagRotationMs, 1) },
  { name: 'frames', cell: (row) => fixed(row.lagRotationFrames, 2) },
  { name: 'lag moving ms', cell: (row) => fixed(row.lagTranslationMs, 1) },
  { name: 'frames', cell: (row) => fixed(row.lagTranslationFrames, 2) },
  { name: 'across turning px', cell: (row) => fixed(row.acrossRotationPx, 2) },
  { name: 'across moving px', cell: (row) => fixed(row.acrossTranslationPx, 2) },
  { name: 'frame age ms', cell: (row) => fixed(row.frameAgeMs, 0) },
  { name: 'swaps', cell: (row) => fixed(row.swaps, 0) },
  ...maskColumns,
  { name: 'pictures', cell: (row) => fixed(row.pictures, 0) },
  { name: 'model frames', cell: (row) => fixed(row.modelFrames, 0) },
];

/** One line a method: means over the cells of the lattice. */
export const methodColumns: readonly Column<MethodMeans>[] = [
  { name: 'method', words: true, cell: ({ method }) => nameOf(method) },
  { name: 'PSNR all', cell: ({ mean }) => db(mean('psnrAllDb')) },
  { name: 'co-visible', cell: ({ mean }) => db(mean('psnrCoVisibleDb')) },
  { name: 'disoccluded', cell: ({ mean }) => db(mean('psnrDisoccludedDb')) },
  { name: 'silhouette', cell: ({ mean }) => db(mean('silhouettePsnrDb')) },
  { name: 'SSIM', cell: ({ mean }) => fixed(mean('ssimAll'), 3) },
  { name: 'SSIM disocc.', cell: ({ mean }) => fixed(mean('ssimDisoccluded'), 3) },
  { name: 'hole %', cell: ({ mean }) => pct(mean('holePct')) },
  { name: 'empty %', cell: ({ mean }) => pct(mean('trulyEmptyPct')) },
  { name: 'rubber %', cell: ({ mean }) => fixed(mean('rubberSheetPct'), 3) },
];

export const marginColumns: readonly Column<CellMargin>[] = [
  { name: 'baseline cm', cell: (cell) => String(cell.baselineCm) },
  { name: 'rotation °', cell: (cell) => String(cell.rotationDeg) },
  { name: 'best peer', words: true, cell: (cell) => nameOf(cell.peer) },
  { name: 'layers minus peer, dB', cell: (cell) => signed(cell.marginDb, 2) },
];

/** The cut rule's figures with what they mean. */
export const cutFigures: readonly { name: string; of: keyof CutQuality; digits: number }[] = [
  { name: 'false cuts on floors seen at 85°, %', of: 'falseCutPct', digits: 2 },
  { name: 'the same with 1 % of noise on the depth, %', of: 'falseCutNoise1Pct', digits: 2 },
  { name: 'the same with 2 % of noise, %', of: 'falseCutNoise2Pct', digits: 2 },
  { name: 'false cuts on surfaces of the scenes, %', of: 'falseCutScenesPct', digits: 2 },
  { name: 'true edges of the scenes that are cut, %', of: 'recallPct', digits: 1 },
];
