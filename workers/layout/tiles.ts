import { hash3, hashToUnit } from '../../src/math/hash';
import { surfaceClasses } from './classes';

/**
 * How surfaces are laid: which stone, slab or drum a point belongs to, and where in it. Anchored to the world, so that
 * the map view can tell a painter network where joints run, and the simulator draws the same joints.
 */
export type Tile = {
  /** Place in the tile, 0..1 along it and upwards (on level surfaces: along x and along z). */
  u: number;
  v: number;
  /** A number of this tile alone, 0..1: no two stones are quite alike. */
  tone: number;
  /** Size of the tile, metres; 0: the surface has none (plants, water, sky). */
  lengthM: number;
  heightM: number;
  /** Level surfaces are laid along x and z; upright ones along x or z, and up. */
  isLevel: boolean;
  runsAlongX: boolean;
};

/** Result of {@link tileAt}, reused: read it before the next call. */
export const tile: Tile = { u: 0, v: 0, tone: 0.5, lengthM: 0, heightM: 0, isLevel: false, runsAlongX: true };

/** Length and height of what a class is laid of, metres; null: not laid. */
const sizes: Readonly<Partial<Record<(typeof surfaceClasses)[number], readonly [lengthM: number, heightM: number]>>> = {
  ground: [1, 1],
  wall: [0.8, 0.4],
  arch: [0.8, 0.4],
  pier: [0.64, 0.48],
  column: [4, 0.9],
  plinth: [1.1, 0.5],
  stair: [1, 0.18],
};
const sizeOfClass = surfaceClasses.map((name) => sizes[name] ?? null);
const saltTile = 0x711e;

/**
 * The tile of a surface of this class at a world point, into {@link tile}. Courses are shifted by half a stone from one
 * to the next; level surfaces are laid in a square grid.
 * @param classIndex into `surfaceClasses` @param nx normal, which tells level from upright
 */
export function tileAt(
  seed: number,
  classIndex: number,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
): void {
  const size = sizeOfClass[classIndex];
  if (size === null || size === undefined) {
    tile.u = 0.5;
    tile.v = 0.5;
    tile.tone = 0.5;
    tile.lengthM = 0;
    tile.heightM = 0;
    return;
  }
  const isLevel = Math.abs(ny) > 0.7;
  const lengthM = isLevel ? Math.max(size[0], size[1]) : size[0];
  const heightM = isLevel ? lengthM : size[1];
  // Upright surfaces run along the axis that they face least.
  const runsAlongX = isLevel || Math.abs(nz) >= Math.abs(nx);
  const along = runsAlongX ? x : z;
  const up = isLevel ? z : y;
  const row = Math.floor(up / heightM);
  const shifted = along / lengthM + (!isLevel && (row & 1) === 1 ? 0.5 : 0);
  const column = Math.floor(shifted);
  tile.u = shifted - column;
  tile.v = up / heightM - row;
  tile.tone = hashToUnit(hash3(seed ^ saltTile, column, row, classIndex * 4 + (isLevel ? 0 : runsAlongX ? 1 : 2)));
  tile.lengthM = lengthM;
  tile.heightM = heightM;
  tile.isLevel = isLevel;
  tile.runsAlongX = runsAlongX;
}
