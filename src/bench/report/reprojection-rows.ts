import { methods, type LatticeRow, type Method, type PictureScores, type ReprojectionResult, type TraceRow } from '../reprojection/result';

export function latticeRows({ rows }: Pick<ReprojectionResult, 'rows'>): LatticeRow[] {
  return rows.filter((row) => row.kind === 'lattice');
}

export function traceRows({ rows }: Pick<ReprojectionResult, 'rows'>): TraceRow[] {
  return rows.filter((row) => row.kind === 'trace');
}

/** The distinct values, ascending. */
export function valuesOf<Row>(rows: readonly Row[], of: (row: Row) => number): number[] {
  return [...new Set(rows.map(of))].sort((a, b) => a - b);
}

/** The mean of what was measured; null when nothing was. Infinite values are left out, as one would drown the rest. */
export function meanOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
}

/** The largest of what was measured, by absolute value; null when nothing was. */
export function largestOf(values: readonly (number | null | undefined)[]): number | null {
  const known = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  return known.reduce<number | null>((most, value) => (most === null || Math.abs(value) > Math.abs(most) ? value : most), null);
}

/** Means of one method over the cells of the lattice. */
export type MethodMeans = { method: Method; cells: number; mean: (of: keyof PictureScores | 'rubberSheetPct') => number | null };

/** One line a method, in their order; methods without a row are left out. */
export function methodMeans(rows: readonly LatticeRow[]): MethodMeans[] {
  return methods
    .map((method) => ({ method, own: rows.filter((row) => row.method === method) }))
    .filter(({ own }) => own.length > 0)
    .map(({ method, own }) => ({ method, cells: own.length, mean: (of) => meanOf(own.map((row) => row[of])) }));
}
