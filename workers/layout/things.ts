/**
 * The vocabulary of the semantic map: typed things with a few quantised parameters, each inside one cell.
 * A simulator builds geometry from them, the map view draws them as plain shapes, a network can predict them.
 * All lengths in metres, positions relative to the cell's corner of least x and z.
 */

/** 'x': along the cell's edge of least z, running in x. 'z': along its edge of least x, running in z. */
export type WallRun = 'x' | 'z';

/** Where a flight of stairs climbs to; 'all' is a stepped pyramid. */
export type StairDirection = '+x' | '-x' | '+z' | '-z' | 'all';

/** A bush touches the ground, a cypress nearly, a tree stands on a trunk, a pot plant in a pot of stone. */
export const plantForms = ['bush', 'cypress', 'tree', 'pot'] as const;
export type PlantForm = (typeof plantForms)[number];

export type Thing =
  | { kind: 'wall'; run: WallRun; height: number }
  | { kind: 'arch'; run: WallRun; height: number; span: number; spring: number }
  | { kind: 'beam'; run: WallRun; base: number; height: number }
  | { kind: 'pier'; height: number }
  | { kind: 'column'; x: number; z: number; base: number; radius: number; height: number }
  | { kind: 'plinth'; x: number; z: number; base: number; half: number; height: number }
  | { kind: 'stair'; x: number; z: number; half: number; steps: number; direction: StairDirection }
  | { kind: 'sphere'; x: number; z: number; centre: number; radius: number }
  | { kind: 'colonnade'; run: WallRun; height: number }
  | { kind: 'hedge'; run: WallRun; height: number }
  | { kind: 'pool'; x: number; z: number; halfX: number; halfZ: number }
  | { kind: 'plant'; form: PlantForm; x: number; z: number; radius: number; height: number };

/** One cell of the map. `tone` is the lightness of its stone, 1 is the palette's own. */
export type Cell = { i: number; j: number; tone: number; things: readonly Thing[] };

/** A map without end: any cell can be asked for, the same question gives the same answer. */
export interface SemanticMap {
  readonly seed: number;
  /** Grows when cells have changed; absent on maps that never do. An unchanged cell stays the same object. */
  readonly version?: number;
  cell(i: number, j: number): Cell;
}

/** Height of one step of a stair, and its tread, metres. */
export const stepRise = 0.18;
export const stepTread = 0.32;

/**
 * Top of a pool's rim and of its water, and the width of the rim, metres. A pool has no rim where it reaches its cell's
 * edge: there it goes on into the next cell, and so several cells make one basin or a canal.
 */
export const poolRim = 0.34;
export const poolWater = 0.22;
export const poolRimWidth = 0.22;

/** A hedge is a little wider than a wall on the same edge, metres from the cell's edge. */
export const hedgeNear = 0.05;
export const hedgeFar = 0.65;

/** A colonnade: two columns a cell carry a beam, whose top is the height of the run. */
export const colonnadeRadius = 0.17;
export const colonnadeBeam = 0.4;

/** Walls lie this far inside their cell, so that no shape leaves its cell. */
export const wallNear = 0.1;
export const wallFar = 0.5;
/** Side of a pier, metres. */
export const pierSide = 0.62;
