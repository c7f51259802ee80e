import { paletteColors } from './classes';
import { cellSize, courtyardCells, floorMod } from './grid';

const groundColor = paletteColors.indexOf('ground');
const pavingColor = paletteColors.indexOf('paving');
/** Side of a courtyard and width of the border laid in another stone, metres. */
const pitchM = cellSize * courtyardCells;
const borderM = 1.5;
/** Large slabs that differ a little in lightness. */
const slabM = 2;

/** Palette index of the ground at a point: courts have a border in another stone. */
export function groundColorIndex(x: number, z: number): number {
  const u = floorMod(x - 0.3, pitchM);
  const v = floorMod(z - 0.3, pitchM);
  const toEdge = Math.min(u, pitchM - u, v, pitchM - v);
  return toEdge < borderM ? pavingColor : groundColor;
}

/** Lightness of the slab at a point, around 1. */
export function groundTone(x: number, z: number): number {
  return (Math.floor(x / slabM) + Math.floor(z / slabM)) % 2 === 0 ? 1.02 : 0.98;
}
