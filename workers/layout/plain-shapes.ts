import type { PrimitiveList } from './primitives';
import { cellSize } from './grid';
import {
  colonnadeBeam,
  colonnadeRadius,
  hedgeFar,
  hedgeNear,
  pierSide,
  poolRim,
  poolRimWidth,
  poolWater,
  stepRise,
  stepTread,
  wallFar,
  wallNear,
  type Cell,
  type Thing,
} from './things';

/** Where a colonnade's columns stand along its run, metres. */
export const colonnadePlaces = [1, 3] as const;
/** The line on which runs stand, metres from the cell's edge. */
export const runLine = (wallNear + wallFar) / 2;

/** Shares of a plant's height: how deep a bush sits in the ground, where crowns begin, how high the pot is. */
export const bushSunk = 0.35;
export const cypressSunk = 0.08;
export const crownFrom = 0.4;
export const potTop = 0.4;
/** Radius of a tree's trunk, metres, and side of a pot as a share of its plant's. */
export const trunkRadius = 0.13;
export const potShare = 0.62;

/** Draws one cell of the map with the plainest shape of each class: what the map view shows to a painter network. */
export function addPlainShapes(cell: Cell, out: PrimitiveList): void {
  out.begin(cell.i * cellSize, cell.j * cellSize, cell.tone);
  for (const thing of cell.things) addPlainShape(thing, out);
}

/** One thing as its plain shape, relative to the cell that `out` has begun. */
export function addPlainShape(thing: Thing, out: PrimitiveList): void {
  switch (thing.kind) {
    case 'wall':
      if (thing.run === 'x') out.box('wall', 'wall', 0, 0, wallNear, cellSize, thing.height, wallFar);
      else out.box('wall', 'wall', wallNear, 0, 0, wallFar, thing.height, cellSize);
      return;
    case 'arch':
      if (thing.run === 'x') {
        out.arch('wall', 'x', 0, wallNear, cellSize, wallFar, thing.height, thing.span, thing.spring);
      } else {
        out.arch('wall', 'z', wallNear, 0, wallFar, cellSize, thing.height, thing.span, thing.spring);
      }
      return;
    case 'beam': {
      const top = thing.base + thing.height;
      if (thing.run === 'x') out.box('wall', 'trim', 0, thing.base, wallNear, cellSize, top, wallFar);
      else out.box('wall', 'trim', wallNear, thing.base, 0, wallFar, top, cellSize);
      return;
    }
    case 'pier':
      out.box('pier', 'trim', 0.02, 0, 0.02, pierSide, thing.height, pierSide);
      return;
    case 'column':
      out.cylinder('column', 'column', thing.x, thing.z, thing.radius, thing.base, thing.base + thing.height);
      return;
    case 'plinth': {
      const { x, z, half, base, height } = thing;
      out.box('plinth', 'trim', x - half, base, z - half, x + half, base + height, z + half);
      return;
    }
    case 'stair':
      addSteps(thing, out);
      return;
    case 'sphere':
      out.sphere('sphere', 'accent', thing.x, thing.centre, thing.z, thing.radius);
      return;
    case 'colonnade':
      addColonnade(thing, out);
      return;
    case 'hedge':
      if (thing.run === 'x') out.box('plant', 'leaf', 0, 0, hedgeNear, cellSize, thing.height, hedgeFar);
      else out.box('plant', 'leaf', hedgeNear, 0, 0, hedgeFar, thing.height, cellSize);
      return;
    case 'pool':
      addPool(thing, out);
      return;
    case 'plant':
      addPlant(thing, out);
      return;
    default: {
      const never: never = thing;
      throw new Error(`Unknown thing ${JSON.stringify(never)} in the semantic map.`);
    }
  }
}

/** Steps as stacked boxes; every box reaches the ground, so that no gap shows from the side. */
function addSteps(stair: Extract<Thing, { kind: 'stair' }>, out: PrimitiveList): void {
  const { x, z, half, steps, direction } = stair;
  for (let k = 0; k < steps; k++) {
    const top = (k + 1) * stepRise;
    const inset = k * stepTread;
    const x0 = x - half + (direction === 'all' || direction === '+x' ? inset : 0);
    const x1 = x + half - (direction === 'all' || direction === '-x' ? inset : 0);
    const z0 = z - half + (direction === 'all' || direction === '+z' ? inset : 0);
    const z1 = z + half - (direction === 'all' || direction === '-z' ? inset : 0);
    out.box('stair', 'paving', x0, 0, z0, x1, top, z1);
  }
}

/** Two columns a cell and a beam on them. */
function addColonnade({ run, height }: Extract<Thing, { kind: 'colonnade' }>, out: PrimitiveList): void {
  const under = height - colonnadeBeam;
  for (const along of colonnadePlaces) {
    const x = run === 'x' ? along : runLine;
    const z = run === 'x' ? runLine : along;
    out.cylinder('column', 'column', x, z, colonnadeRadius, 0, under);
  }
  addPlainShape({ kind: 'beam', run, base: under, height: colonnadeBeam }, out);
}

/** The sides of a pool that have a rim, and the water's edge. */
export function poolEdges(pool: Extract<Thing, { kind: 'pool' }>): {
  /** Rims as x0, z0, x1, z1, not overlapping. */
  rims: [number, number, number, number][];
  water: [number, number, number, number];
} {
  const x0 = pool.x - pool.halfX;
  const x1 = pool.x + pool.halfX;
  const z0 = pool.z - pool.halfZ;
  const z1 = pool.z + pool.halfZ;
  const left = x0 <= 0 ? x0 : x0 + poolRimWidth;
  const right = x1 >= cellSize ? x1 : x1 - poolRimWidth;
  const back = z0 <= 0 ? z0 : z0 + poolRimWidth;
  const front = z1 >= cellSize ? z1 : z1 - poolRimWidth;
  const rims: [number, number, number, number][] = [];
  if (back > z0) rims.push([x0, z0, x1, back]);
  if (front < z1) rims.push([x0, front, x1, z1]);
  if (left > x0) rims.push([x0, back, left, front]);
  if (right < x1) rims.push([right, back, x1, front]);
  return { rims, water: [left, back, right, front] };
}

function addPool(pool: Extract<Thing, { kind: 'pool' }>, out: PrimitiveList): void {
  const { rims, water } = poolEdges(pool);
  for (const [x0, z0, x1, z1] of rims) out.box('plinth', 'trim', x0, 0, z0, x1, poolRim, z1);
  out.box('water', 'water', water[0], 0, water[1], water[2], poolWater, water[3]);
}

function addPlant({ form, x, z, radius, height }: Extract<Thing, { kind: 'plant' }>, out: PrimitiveList): void {
  switch (form) {
    case 'bush':
      out.ellipsoid('plant', 'leaf', x, -bushSunk * height, z, radius, (1 + bushSunk) * height);
      return;
    case 'cypress':
      out.ellipsoid('plant', 'leaf', x, -cypressSunk * height, z, radius, (1 + cypressSunk) * height);
      return;
    case 'tree':
      out.cylinder('plant', 'paving', x, z, trunkRadius, 0, (crownFrom + 0.15) * height);
      out.ellipsoid('plant', 'leaf', x, crownFrom * height, z, radius, (1 - crownFrom) * height);
      return;
    case 'pot': {
      const side = potShare * radius;
      out.box('plinth', 'trim', x - side, 0, z - side, x + side, potTop * height, z + side);
      out.ellipsoid('plant', 'leaf', x, (potTop - 0.06) * height, z, radius, (1.06 - potTop) * height);
      return;
    }
    default: {
      const never: never = form;
      throw new Error(`Unknown plant "${String(never)}" in the semantic map.`);
    }
  }
}
