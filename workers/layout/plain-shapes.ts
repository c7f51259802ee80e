import type { PrimitiveList } from './primitives';
import { cellSize } from './grid';
import { pierSide, stepRise, stepTread, wallFar, wallNear, type Cell, type Thing } from './things';

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
