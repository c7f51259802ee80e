import { meanOf } from '../world/picture-scores';
import { returnWays, variants, type LoopRow, type PackageRow, type SpeedRow, type Variant, type WalkRow, type WorldResult } from '../world/result';
import { rowsOf } from '../world/summary';
import { fixed } from './format';
import { textTable, type Column } from './table';
import { verdictTable } from './reprojection-table';
import { worldVerdicts } from './world-verdicts';
import { returnNames, variantNames } from './world-words';

type VariantMeans = { variant: Variant; mean: (of: (row: WalkRow) => number | null) => number | null };
type ReturnMeans = { way: LoopRow['way']; mean: (of: (row: LoopRow) => number | null) => number | null };

/** One line a variant: means over all walks. */
export function variantMeans(walks: readonly WalkRow[]): VariantMeans[] {
  return variants.map((variant) => ({ variant, mean: (of) => meanOf(walks.filter((row) => row.variant === variant).map(of)) }));
}

/** One line a way of coming back: means over all loops. */
export function returnMeans(loops: readonly LoopRow[]): ReturnMeans[] {
  return returnWays.map((way) => ({ way, mean: (of) => meanOf(loops.filter((row) => row.way === way).map(of)) }));
}

const scoreColumns = <Row>(of: (row: Row) => (get: (walk: WalkRow) => number | null) => number | null): Column<Row>[] => [
  { name: 'PSNR', cell: (row) => fixed(of(row)((walk) => walk.psnrDb), 2) },
  { name: 'at the end', cell: (row) => fixed(of(row)((walk) => walk.psnrAtEndDb), 2) },
  { name: 'SSIM', cell: (row) => fixed(of(row)((walk) => walk.ssim), 3) },
  { name: 'sharpness', cell: (row) => fixed(of(row)((walk) => walk.sharpnessRatio), 3) },
  { name: 'flicker', cell: (row) => fixed(of(row)((walk) => walk.flicker), 2) },
  { name: 'truth’s', cell: (row) => fixed(of(row)((walk) => walk.trueFlicker), 2) },
  { name: 'depth error, median %', cell: (row) => fixed(of(row)((walk) => walk.depthErrorMedianPct), 3) },
  { name: 'inside surfaces, mean %', cell: (row) => fixed(of(row)((walk) => walk.depthErrorMeanPct), 3) },
];

export const variantColumns: readonly Column<VariantMeans>[] = [
  { name: 'way', words: true, cell: (row) => variantNames[row.variant] },
  ...scoreColumns<VariantMeans>((row) => row.mean),
];

export const walkColumns: readonly Column<WalkRow>[] = [
  { name: 'package', words: true, cell: (row) => row.world },
  { name: 'way', words: true, cell: (row) => variantNames[row.variant] },
  { name: 'world', cell: (row) => String(row.seed) },
  { name: 'light', words: true, cell: (row) => row.hour },
  { name: 'frames', cell: (row) => String(row.scoredFrames) },
  ...scoreColumns<WalkRow>((row) => (get) => get(row)),
];

export const returnColumns: readonly Column<ReturnMeans>[] = [
  { name: 'coming back', words: true, cell: (row) => returnNames[row.way] },
  { name: 'PSNR', cell: (row) => fixed(row.mean((loop) => loop.psnrDb), 2) },
  { name: 'SSIM', cell: (row) => fixed(row.mean((loop) => loop.ssim), 3) },
  { name: 'identical %', cell: (row) => fixed(row.mean((loop) => loop.identicalPct), 1) },
  { name: 'sharpness', cell: (row) => fixed(row.mean((loop) => loop.sharpnessRatio), 3) },
];

export const speedColumns: readonly Column<SpeedRow>[] = [
  { name: 'what', words: true, cell: (row) => row.what },
  { name: 'on', words: true, cell: (row) => row.provider },
  { name: 'ms, median', cell: (row) => fixed(row.msP50, 1) },
];

export const packageColumns: readonly Column<PackageRow>[] = [
  { name: 'package', words: true, cell: (row) => row.id },
  { name: 'graph', words: true, cell: (row) => row.graph },
  { name: 'parameters', cell: (row) => fixed(row.parameters, 0) },
  { name: 'million multiply-adds', cell: (row) => fixed(row.multiplyAdds === null ? null : row.multiplyAdds / 1e6, 0) },
  { name: 'bytes', cell: (row) => fixed(row.bytes, 0) },
  { name: 'in fp16', cell: (row) => fixed(row.bytesFp16, 0) },
];

/** Walks in the package that the run is about. */
export function ownWalks({ rows, counts }: Pick<WorldResult, 'rows' | 'counts'>): WalkRow[] {
  return rowsOf(rows, 'walk').filter((row) => row.world === counts.worldId);
}

/** Walks in packages that paint the same world at another size, as they were painted and the raw map. */
export function otherWalks({ rows, counts }: Pick<WorldResult, 'rows' | 'counts'>): WalkRow[] {
  return rowsOf(rows, 'walk').filter(({ world, variant }) => world !== counts.worldId && (variant === 'paint' || variant === 'rawMap'));
}

function othersTable(result: WorldResult): string[] {
  const walks = otherWalks(result);
  return walks.length > 0 ? [textTable(walkColumns, walks), ''] : [];
}

/** What a run of `world` prints. */
export function worldTable(result: WorldResult): string {
  const { rows } = result;
  const tokens = rowsOf(rows, 'tokens');
  const parts = [
    `${result.counts.worldId}: means over ${result.counts.scoredFrames} scored frames, PSNR in dB`,
    textTable(variantColumns, variantMeans(ownWalks(result))),
    '',
    ...othersTable(result),
    'Second sight against first sight of the same poses',
    textTable(returnColumns, returnMeans(rowsOf(rows, 'loop'))),
    '',
    textTable(speedColumns, rowsOf(rows, 'speed')),
    '',
    textTable(packageColumns, rowsOf(rows, 'package')),
    '',
  ];
  if (tokens.length > 0) parts.push(...tokens.map((row) => `${row.model}: ${fixed(row.bitsPerToken, 3)} bits a token`), '');
  return [...parts, verdictTable(worldVerdicts(result.summary)), '', ...result.notes.map((note) => `* ${note}`)].join('\n');
}
