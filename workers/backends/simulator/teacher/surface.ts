import { footprintM } from '../../../layout/map-detail';
import { surfaceClasses } from '../../../layout/classes';
import { groundColorIndex, groundTone } from '../../../layout/paving';
import { atClass, atColor, atTone, primitiveStride } from '../../../layout/primitives';
import type { SceneWindow } from '../../../layout/scene-window';
import { hitGround, normal, surfaceNormal } from '../../../layout/trace';

const groundClass = surfaceClasses.indexOf('ground');

/** A point that a ray has hit, and what the map says of it. */
export type Surface = {
  /** Index of the primitive, or `hitGround`. */
  primitive: number;
  /** Index into `surfaceClasses`. */
  classIndex: number;
  /** Index into `paletteColors`. */
  color: number;
  /** Lightness, around 1. */
  tone: number;
  /** World metres. */
  x: number;
  y: number;
  z: number;
  /** Outward, unit length. */
  nx: number;
  ny: number;
  nz: number;
  /** Width of a pixel on the surface, metres. */
  pixelM: number;
};

export function createSurface(): Surface {
  return { primitive: hitGround, classIndex: 0, color: 0, tone: 1, x: 0, y: 0, z: 0, nx: 0, ny: 1, nz: 0, pixelM: 0 };
}

/**
 * Fills in the point at distance `t` along a ray that hit `primitive`.
 * @param pixel angle of a pixel, radians; `wayM` the length of the whole way to the eye (longer than t after a mirror)
 */
export function surfaceAt(
  scene: SceneWindow,
  primitive: number,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
  t: number,
  pixel: number,
  wayM: number,
  out: Surface,
): void {
  const x = ox + dx * t;
  const y = oy + dy * t;
  const z = oz + dz * t;
  surfaceNormal(scene, primitive, x, y, z);
  out.primitive = primitive;
  out.x = x;
  out.y = y;
  out.z = z;
  out.nx = normal.x;
  out.ny = normal.y;
  out.nz = normal.z;
  out.pixelM = footprintM(wayM, pixel, -(dx * normal.x + dy * normal.y + dz * normal.z));
  if (primitive === hitGround) {
    out.classIndex = groundClass;
    out.color = groundColorIndex(x, z);
    out.tone = groundTone(x, z);
    return;
  }
  const at = primitive * primitiveStride;
  out.classIndex = scene.primitives[at + atClass]!;
  out.color = scene.primitives[at + atColor]!;
  out.tone = scene.primitives[at + atTone]!;
}
