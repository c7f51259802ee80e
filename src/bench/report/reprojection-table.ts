import type { ReprojectionResult } from '../reprojection/result';
import type { Verdict } from './bench-report';
import { markOf } from './page';
import { latticeRows, methodMeans } from './reprojection-rows';
import { marginColumns, methodColumns } from './reprojection-tables';
import { reprojectionVerdicts } from './reprojection-verdicts';
import { textTable, type Column } from './table';

const verdictColumns: Column<Verdict>[] = [
  { name: 'figure', words: true, cell: (verdict) => verdict.label },
  { name: 'value', cell: (verdict) => verdict.value },
  { name: '', words: true, cell: (verdict) => verdict.bar },
  { name: '', words: true, cell: markOf },
];

/** Figures beside their bars, for the terminal. */
export function verdictTable(verdicts: readonly Verdict[]): string {
  return textTable(verdictColumns, verdicts);
}

/** What a run of `reprojection` prints: means of every method, the bars, and the cells that are hardest for ours. */
export function reprojectionTable(result: ReprojectionResult): string {
  return [
    `Means over the ${result.summary.cells} cells of the lattice, PSNR in dB`,
    textTable(methodColumns, methodMeans(latticeRows(result))),
    '',
    verdictTable(reprojectionVerdicts(result.summary)),
    '',
    'Smallest margins of "layers" over the best peer',
    textTable(marginColumns, result.worstCells),
  ].join('\n');
}
