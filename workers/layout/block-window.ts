import { cellSize, courtyardCells } from './grid';

/** Edge length of a block of the imagined map, metres. */
export const blockSizeM = cellSize * courtyardCells;

/** Shortest way over the floor from (x, z) to a block, metres; 0 inside it. */
function distanceToBlock(i: number, j: number, x: number, z: number): number {
  const dx = Math.max(i * blockSizeM - x, x - (i + 1) * blockSizeM, 0);
  const dz = Math.max(j * blockSizeM - z, z - (j + 1) * blockSizeM, 0);
  return Math.hypot(dx, dz);
}

/** Blocks of which any part lies within `radiusM` of (x, z), world metres; the nearest first. */
export function blocksAround(x: number, z: number, radiusM: number): { i: number; j: number }[] {
  const found: { i: number; j: number; distance: number }[] = [];
  const from = (centre: number) => Math.floor((centre - radiusM) / blockSizeM);
  const to = (centre: number) => Math.floor((centre + radiusM) / blockSizeM);
  for (let j = from(z); j <= to(z); j++) {
    for (let i = from(x); i <= to(x); i++) {
      const distance = distanceToBlock(i, j, x, z);
      if (distance <= radiusM) found.push({ i, j, distance });
    }
  }
  // Array.sort is stable, so that equal distances have one order everywhere.
  return found.sort((a, b) => a.distance - b.distance).map(({ i, j }) => ({ i, j }));
}
