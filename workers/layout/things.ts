/**
 * The vocabulary of the semantic map: typed things with a few quantised parameters, each inside one cell.
 * A simulator builds geometry from them, the map view draws them as plain shapes, a network can predict them.
 * All lengths in metres, positions relative to the cell's corner of least x and z.
 */

/** 'x': along the cell's edge of least z, running in x. 'z': along its edge of least x, running in z. */
export type WallRun = 'x' | 'z';

/** Where a flight of stairs climbs to; 'all' is a stepped pyramid. */
export type StairDirection = '+x' | '-x' | '+z' | '-z' | 'all';

export type Thing =
  | { kind: 'wall'; run: WallRun; height: number }
  | { kind: 'arch'; run: WallRun; height: number; span: number; spring: number }
  | { kind: 'beam'; run: WallRun; base: number; height: number }
  | { kind: 'pier'; height: number }
  | { kind: 'column'; x: number; z: number; base: number; radius: number; height: number }
  | { kind: 'plinth'; x: number; z: number; base: number; half: number; height: number }
  | { kind: 'stair'; x: number; z: number; half: number; steps: number; direction: StairDirection }
  | { kind: 'sphere'; x: number; z: number; centre: number; radius: number };

/** One cell of the map. `tone` is the lightness of its stone, 1 is the palette's own. */
export type Cell = { i: number; j: number; tone: number; things: readonly Thing[] };

/** A map without end: any cell can be asked for, the same question gives the same answer. */
export interface SemanticMap {
  readonly seed: number;
  cell(i: number, j: number): Cell;
}

/** Height of one step of a stair, and its tread, metres. */
export const stepRise = 0.18;
export const stepTread = 0.32;

/** Walls lie this far inside their cell, so that no shape leaves its cell. */
export const wallNear = 0.1;
export const wallFar = 0.5;
/** Side of a pier, metres. */
export const pierSide = 0.62;
