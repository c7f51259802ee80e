/** Rows in order of time, the newest last, such as those of a {@link DisplayLog}; NaN where a value is missing. */
export type PlotSource = {
  /** Rows from `first` to before `end` can be asked for. */
  first(): number;
  end(): number;
  /** ms on the window's clock. */
  atMs(row: number): number;
  /** How many values a row has. */
  width: number;
  value(row: number, column: number): number;
};

/** What a plot draws: seconds before now (negative), then one array for each value; null is a gap. */
export type PlotRows = [number[], ...(number | null)[][]];

export function emptyRows(width: number): PlotRows {
  return [[], ...Array.from({ length: width }, () => [])];
}

/**
 * The last `spanS` seconds of a source, at most `most` rows: where there are more, each slice of time gives the row whose
 * first value is largest, because a plot of late frames must not lose the latest ones. Fills and returns `rows`.
 */
export function fillRows(source: PlotSource, nowMs: number, spanS: number, most: number, rows: PlotRows): PlotRows {
  const fromMs = nowMs - 1000 * spanS;
  const sliceMs = (1000 * spanS) / most;
  for (const column of rows) column.length = 0;
  let row = source.end();
  while (row > source.first() && source.atMs(row - 1) >= fromMs) row--;
  let slice = Number.NaN;
  for (; row < source.end(); row++) {
    const atMs = source.atMs(row);
    const now = Math.min(most - 1, Math.floor((atMs - fromMs) / sliceMs));
    const isNew = now !== slice;
    const k = rows[0].length - (isNew ? 0 : 1);
    if (!isNew && !(source.value(row, 0) > (rows[1]![k] ?? -Infinity))) continue;
    slice = now;
    rows[0][k] = (atMs - nowMs) / 1000;
    for (let c = 0; c < source.width; c++) {
      const value = source.value(row, c);
      rows[1 + c]![k] = Number.isFinite(value) ? value : null;
    }
  }
  return rows;
}
