/** Edge length of a cell of the semantic map, metres. */
export const cellSize = 4;

/** Cells along one side of a courtyard. */
export const courtyardCells = 3;

/** Remainder that is never negative, so that the grid has no seam at the origin. */
export function floorMod(value: number, modulus: number): number {
  return ((value % modulus) + modulus) % modulus;
}

/** Centre of a cell in world metres along one axis. */
export function cellCentre(index: number): number {
  return (index + 0.5) * cellSize;
}
