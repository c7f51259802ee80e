import { hash2 } from '../../../src/math/hash';
import { cellSize } from '../../layout/grid';
import { addPlainShape, colonnadePlaces, poolEdges, runLine } from '../../layout/plain-shapes';
import type { PrimitiveList } from '../../layout/primitives';
import {
  colonnadeBeam,
  colonnadeRadius,
  pierSide,
  poolRim,
  wallFar,
  wallNear,
  type Cell,
  type Thing,
} from '../../layout/things';
import { addFoliage, addHedgeFoliage } from './foliage';

/** How far mouldings stand out, metres; walls keep 0.1 m inside their cell, so nothing leaves it. */
const lip = 0.07;
/** A column shorter than this is broken, metres. */
const stumpM = 0.8;

/**
 * Draws one cell as the simulator sees it: the plain shapes of the map plus what a mason would add (bases, cornices,
 * capitals, imposts, keystones). The map does not say these; a painter network has to learn them.
 */
export function addOrnateShapes(cell: Cell, out: PrimitiveList): void {
  out.begin(cell.i * cellSize, cell.j * cellSize, cell.tone);
  for (const thing of cell.things) {
    // Leaves take the place of the plain shape; what a mason makes is added to it.
    if (thing.kind === 'plant') addFoliage(hash2(0, cell.i, cell.j), thing, out);
    else if (thing.kind === 'hedge') addHedgeFoliage(hash2(0, cell.i, cell.j), thing, out);
    else {
      addPlainShape(thing, out);
      addOrnament(thing, out);
    }
  }
}

function addOrnament(thing: Exclude<Thing, { kind: 'plant' | 'hedge' }>, out: PrimitiveList): void {
  switch (thing.kind) {
    case 'wall':
      slab(out, 'wall', thing.run, 0, 0.28, 0.05);
      slab(out, 'wall', thing.run, thing.height - 0.14, thing.height + 0.04, lip);
      return;
    case 'arch':
      slab(out, 'arch', thing.run, thing.height - 0.14, thing.height + 0.04, lip);
      addImposts(thing, out);
      return;
    case 'beam':
      slab(out, 'wall', thing.run, thing.base + thing.height - 0.1, thing.base + thing.height + 0.04, lip);
      return;
    case 'pier':
      out.box('pier', 'trim', 0, 0, 0, pierSide + 0.06, 0.35, pierSide + 0.06);
      out.box('pier', 'trim', 0, thing.height - 0.16, 0, pierSide + 0.06, thing.height + 0.05, pierSide + 0.06);
      return;
    case 'column':
      addColumnOrnament(thing, out);
      return;
    case 'plinth': {
      const { x, z, base, half, height } = thing;
      if (height < 0.3) return;
      const edge = half + 0.06;
      const band = Math.min(0.14, height * 0.2);
      out.box('plinth', 'trim', x - edge, base, z - edge, x + edge, base + band, z + edge);
      out.box('plinth', 'trim', x - edge, base + height - band * 0.7, z - edge, x + edge, base + height, z + edge);
      return;
    }
    case 'colonnade': {
      const { run } = thing;
      const under = thing.height - colonnadeBeam;
      for (const along of colonnadePlaces) {
        const x = run === 'x' ? along : runLine;
        const z = run === 'x' ? runLine : along;
        addColumnOrnament({ kind: 'column', x, z, base: 0, radius: colonnadeRadius, height: under }, out);
      }
      addOrnament({ kind: 'beam', run, base: under, height: colonnadeBeam }, out);
      return;
    }
    case 'pool': {
      for (const [x0, z0, x1, z1] of poolEdges(thing).rims) {
        const inCell = (at: number): number => Math.min(cellSize, Math.max(0, at));
        out.box('plinth', 'trim', inCell(x0 - 0.05), poolRim - 0.08, inCell(z0 - 0.05), inCell(x1 + 0.05), poolRim + 0.02, inCell(z1 + 0.05));
      }
      return;
    }
    case 'stair':
    case 'sphere':
      return;
    default: {
      const never: never = thing;
      throw new Error(`Unknown thing ${JSON.stringify(never)} in the semantic map.`);
    }
  }
}

/** A moulding along a whole wall run, standing out by `out` on both faces. */
function slab(
  list: PrimitiveList,
  surface: 'wall' | 'arch',
  run: 'x' | 'z',
  y0: number,
  y1: number,
  standOut: number,
): void {
  const near = wallNear - standOut;
  const far = wallFar + standOut;
  if (run === 'x') list.box(surface, 'trim', 0, y0, near, cellSize, y1, far);
  else list.box(surface, 'trim', near, y0, 0, far, y1, cellSize);
}

/** Stones on which an arch springs, and its keystone. */
function addImposts(arch: Extract<Thing, { kind: 'arch' }>, out: PrimitiveList): void {
  const middle = cellSize / 2;
  const near = wallNear - 0.05;
  const far = wallFar + 0.05;
  const crown = arch.spring + arch.span / 2;
  const pieces: readonly [number, number, number, number][] = [
    [middle - arch.span / 2 - 0.32, middle - arch.span / 2, arch.spring - 0.16, arch.spring],
    [middle + arch.span / 2, middle + arch.span / 2 + 0.32, arch.spring - 0.16, arch.spring],
    [middle - 0.13, middle + 0.13, crown, crown + 0.4],
  ];
  for (const [a, b, y0, y1] of pieces) {
    if (arch.run === 'x') out.box('arch', 'trim', a, y0, near, b, y1, far);
    else out.box('arch', 'trim', near, y0, a, far, y1, b);
  }
}

function addColumnOrnament(column: Extract<Thing, { kind: 'column' }>, out: PrimitiveList): void {
  const { x, z, radius, base, height } = column;
  // The stem of a clipped tree is a column too, and has no capital.
  if (radius < 0.12) return;
  const top = base + height;
  // Next to a wall the moulding may not leave the cell.
  const wide = Math.min(radius * 1.45, Math.min(x, z) - 0.01);
  out.box('column', 'column', x - wide, base, z - wide, x + wide, base + 0.09, z + wide);
  out.cylinder('column', 'column', x, z, Math.min(radius * 1.28, wide), base + 0.09, base + 0.2);
  // A stump has lost its capital.
  if (height < stumpM) return;
  out.cylinder('column', 'column', x, z, Math.min(radius * 1.22, wide), top - 0.22, top - 0.1);
  out.box('column', 'column', x - wide, top - 0.1, z - wide, x + wide, top, z + wide);
}
