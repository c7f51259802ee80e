import { blockCells } from '../block-map';
import { cellMiddle, rise, sortThings } from '../words';
import type { PlantForm, StairDirection, Thing } from '../things';

/** Places in a cell, metres: near the wall, half way to it, and the middle; `mirrored` gives the other side's. */
export const nearWall = 1.05;
export const quarter = 1.3;
export const middle = cellMiddle;

/** The same place on the other side of the block's axis: cells 0 and 2 mirror each other. */
export function mirrored(at: number): number {
  return Math.round((2 * cellMiddle - at) * 100) / 100;
}

/** A block while it is being furnished: nine cells, filled by small verbs that keep to the levels of the vocabulary. */
export class BlockPlan {
  private readonly cells: Thing[][] = Array.from({ length: blockCells * blockCells }, () => []);

  get count(): number {
    return this.cells.reduce((sum, things) => sum + things.length, 0);
  }

  /** @param ci, cj cell in the block, 0..2 */
  put(ci: number, cj: number, ...things: Thing[]): void {
    this.cells[cj * blockCells + ci]!.push(...things);
  }

  /** Whether nothing stands inside a cell; runs along its edges do not count. */
  isFree(ci: number, cj: number): boolean {
    return this.cells[cj * blockCells + ci]!.every((thing) => 'run' in thing);
  }

  /** The nine lists in their one order. */
  finish(): Thing[][] {
    return this.cells.map((things) => sortThings(things));
  }
}

/** Heights and bases are counted in steps of a stair here. */
export function column(x: number, z: number, radius: number, height: number, base = 0): Thing {
  return { kind: 'column', x, z, base: rise(base), radius, height: rise(height) };
}

export function plinth(x: number, z: number, half: number, height: number, base = 0): Thing {
  return { kind: 'plinth', x, z, base: rise(base), half, height: rise(height) };
}

/** A sphere that rests on something. */
export function ball(x: number, z: number, radius: number, base = 0): Thing {
  return { kind: 'sphere', x, z, centre: Math.round((rise(base) + 0.9 * radius) * 1e6) / 1e6, radius };
}

/** Half a sphere that shows above what it sits on, in the middle of its cell. */
export function dome(radius: number, base = 0): Thing {
  return { kind: 'sphere', x: cellMiddle, z: cellMiddle, centre: rise(base), radius };
}

export function stair(half: number, steps: number, direction: StairDirection): Thing {
  return { kind: 'stair', x: cellMiddle, z: cellMiddle, half, steps, direction };
}

export function plant(form: PlantForm, x: number, z: number, radius: number, height: number): Thing {
  return { kind: 'plant', form, x, z, radius, height };
}

/** From where to where a pool reaches along one axis of its cell, metres. */
export type Reach = readonly [from: number, to: number];
export const reaches = {
  through: [0, 4],
  begins: [0.9, 4],
  ends: [0, 3.7],
  closed: [0.9, 3.7],
  wide: [1.2, 3.4],
  narrow: [1.5, 3.1],
} as const satisfies Record<string, Reach>;

export function pool([x0, x1]: Reach, [z0, z1]: Reach): Thing {
  const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
  return {
    kind: 'pool',
    x: tidy((x0 + x1) / 2),
    z: tidy((z0 + z1) / 2),
    halfX: tidy((x1 - x0) / 2),
    halfZ: tidy((z1 - z0) / 2),
  };
}
