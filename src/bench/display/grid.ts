/**
 * Shares triangles out over draws as grids of quads, nearly square.
 * @returns columns and rows of each grid; two triangles a quad, at least one quad a draw
 */
export function gridSizes(triangles: number, draws: number): { columns: number; rows: number }[] {
  if (!(triangles >= 2) || !(draws >= 1)) {
    throw new RangeError(`A scene needs at least 2 triangles and 1 draw, not ${triangles} and ${draws}.`);
  }
  const quads = Math.max(1, Math.round(triangles / 2 / draws));
  const columns = Math.max(1, Math.round(Math.sqrt(quads)));
  const rows = Math.max(1, Math.round(quads / columns));
  return Array.from({ length: Math.round(draws) }, () => ({ columns, rows }));
}
