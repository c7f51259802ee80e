import type { Pose } from '../../math/types';

/** What a flat part of the real room can carry: a window, a model, or the visitor. */
export type SurfaceKind = 'wall' | 'top' | 'floor';

/** A flat part of the real room. */
export type Surface = {
  kind: SurfaceKind;
  /** Its points are at y = 0, its normal is ±Y: runtimes differ in which side they call the front. Room metres. */
  roomFromSurface: Pose;
  /** Corners in its own x and z, metres: x0, z0, x1, z1, … around the outline. */
  outline: Float32Array;
};

/** A point on a surface. */
export type SurfaceHit = { surface: Surface; distanceM: number; x: number; y: number; z: number };

/** A straight line that begins at `x, y, z` and runs along the unit vector `dx, dy, dz`; room metres. */
export type Ray = { x: number; y: number; z: number; dx: number; dy: number; dz: number };

const wallSlope = 0.3;
const flatSlope = 0.9;
/** Tables, desks, shelves and window sills, metres above the room's zero. */
const lowestTopM = 0.25;
const highestTopM = 1.4;

/**
 * What a plane is good for, or null: ceilings, slopes, couches.
 * @param label semantic label of the runtime, where it gives one (https://github.com/immersive-web/semantic-labels)
 * @param normalY of its unit normal, up or down
 * @param heightM of its middle above the room's zero
 */
export function kindOfPlane(label: string | undefined, normalY: number, heightM: number): SurfaceKind | null {
  if (Math.abs(normalY) < wallSlope) return 'wall';
  if (Math.abs(normalY) < flatSlope) return null;
  if (label === 'floor') return 'floor';
  if (label === 'ceiling' || label === 'couch' || label === 'bed') return null;
  if (heightM < lowestTopM) return heightM > -lowestTopM ? 'floor' : null;
  return heightM < highestTopM ? 'top' : null;
}

/** The ray of a pose: from its position along its -Z. */
export function rayOf(pose: Pose, out: Ray): Ray {
  out.x = pose[12];
  out.y = pose[13];
  out.z = pose[14];
  out.dx = -pose[8];
  out.dy = -pose[9];
  out.dz = -pose[10];
  return out;
}

/** Where the ray meets a surface of this kind first, within its outline; null when it meets none. */
export function hitOf(surfaces: readonly Surface[], kind: SurfaceKind, ray: Ray, maxM: number): SurfaceHit | null {
  let nearest: SurfaceHit | null = null;
  for (const surface of surfaces) {
    if (surface.kind !== kind) continue;
    const distanceM = distanceAlong(ray, surface);
    if (!(distanceM < Math.min(nearest?.distanceM ?? maxM, maxM))) continue;
    const [x, y, z] = [ray.x + distanceM * ray.dx, ray.y + distanceM * ray.dy, ray.z + distanceM * ray.dz];
    if (insideM(surface, x, y, z) < 0) continue;
    nearest = { surface, distanceM, x, y, z };
  }
  return nearest;
}

/** Along the ray to the surface's plane, metres; NaN when it runs beside or away. */
function distanceAlong(ray: Ray, { roomFromSurface: m }: Surface): number {
  const across = m[4] * ray.dx + m[5] * ray.dy + m[6] * ray.dz;
  if (Math.abs(across) < 1e-4) return Number.NaN;
  const towards = m[4] * (m[12] - ray.x) + m[5] * (m[13] - ray.y) + m[6] * (m[14] - ray.z);
  const distanceM = towards / across;
  return distanceM > 0 ? distanceM : Number.NaN;
}

/** How far inside the outline a point of the room lies, seen along the surface's normal; negative outside. Metres. */
export function insideM({ roomFromSurface: m, outline }: Surface, x: number, y: number, z: number): number {
  const [px, py, pz] = [x - m[12], y - m[13], z - m[14]];
  const u = m[0] * px + m[1] * py + m[2] * pz;
  const v = m[8] * px + m[9] * py + m[10] * pz;
  let isInside = false;
  let nearestM = Number.POSITIVE_INFINITY;
  const corners = outline.length / 2;
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const [ux, vx] = [outline[2 * i]!, outline[2 * i + 1]!];
    const [uy, vy] = [outline[2 * j]!, outline[2 * j + 1]!];
    if (vx > v !== vy > v && u < ((uy - ux) * (v - vx)) / (vy - vx) + ux) isInside = !isInside;
    const lengthSquared = (uy - ux) ** 2 + (vy - vx) ** 2;
    const along = lengthSquared > 0 ? ((u - ux) * (uy - ux) + (v - vx) * (vy - vx)) / lengthSquared : 0;
    const t = Math.min(Math.max(along, 0), 1);
    nearestM = Math.min(nearestM, Math.hypot(u - ux - t * (uy - ux), v - vx - t * (vy - vx)));
  }
  return isInside ? nearestM : -nearestM;
}

/** Middle of the outline's corners, in the room. */
export function middleOf({ roomFromSurface: m, outline }: Surface): [x: number, y: number, z: number] {
  let u = 0;
  let v = 0;
  const corners = outline.length / 2;
  for (let i = 0; i < corners; i++) {
    u += outline[2 * i]! / corners;
    v += outline[2 * i + 1]! / corners;
  }
  return [m[0] * u + m[8] * v + m[12], m[1] * u + m[9] * v + m[13], m[2] * u + m[10] * v + m[14]];
}

/** Height of the real floor: of the largest floor that the runtime knows, else the room's zero. Metres. */
export function floorHeightM(surfaces: readonly Surface[]): number {
  let best = 0;
  let bestExtent = 0;
  for (const surface of surfaces) {
    if (surface.kind !== 'floor') continue;
    const [x, y, z] = middleOf(surface);
    const extent = insideM(surface, x, y, z);
    if (extent > bestExtent) [best, bestExtent] = [y, extent];
  }
  return best;
}
