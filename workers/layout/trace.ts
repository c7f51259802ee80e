import { cellSize } from './grid';
import { epsilon, intersect } from './intersect';
import {
  atBox,
  atHalfSpan,
  atSpring,
  kindArchX,
  kindArchZ,
  kindCylinder,
  kindEllipsoid,
  kindSphere,
  primitiveStride,
} from './primitives';
import type { SceneWindow } from './scene-window';

/** What a ray hit: a primitive's index, or one of these. */
export const hitSky = -2;
export const hitGround = -1;

/** Result of {@link traceRay}, reused: read it before the next call. */
export const hit = { primitive: hitSky, distance: Number.POSITIVE_INFINITY };

/** Result of {@link surfaceNormal}, reused. */
export const normal = { x: 0, y: 1, z: 0 };

/**
 * Nearest hit of a ray with everything in the window and the ground (y = 0). Walks the cells the ray crosses, nearest
 * first (Amanatides & Woo 1987). Direction must have unit length.
 * @param anyHit stop at the first hit found (shadow rays); the ground is then not asked.
 * @returns true when something was hit before `tMax`; details in {@link hit}.
 */
export function traceRay(
  scene: SceneWindow,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
  tMax: number,
  anyHit: boolean,
): boolean {
  const { primitives, start, count, top, width, highest } = scene;
  const ix = 1 / dx;
  const iy = 1 / dy;
  const iz = 1 / dz;
  let best = tMax;
  let found = hitSky;
  if (!anyHit && dy < -1e-9) {
    const ground = -oy * iy;
    if (ground > epsilon && ground < best) {
      best = ground;
      found = hitGround;
    }
  }
  let i = Math.floor(ox / cellSize);
  let j = Math.floor(oz / cellSize);
  const stepI = dx > 0 ? 1 : -1;
  const stepJ = dz > 0 ? 1 : -1;
  const deltaX = Math.abs(cellSize * ix);
  const deltaZ = Math.abs(cellSize * iz);
  let nextX = Math.abs(dx) < 1e-12 ? Number.POSITIVE_INFINITY : ((i + (dx > 0 ? 1 : 0)) * cellSize - ox) * ix;
  let nextZ = Math.abs(dz) < 1e-12 ? Number.POSITIVE_INFINITY : ((j + (dz > 0 ? 1 : 0)) * cellSize - oz) * iz;
  i -= scene.originI;
  j -= scene.originJ;
  let enter = 0;
  while (i >= 0 && j >= 0 && i < width && j < width && enter < best) {
    const leave = nextX < nextZ ? nextX : nextZ;
    const enterY = oy + dy * enter;
    if (dy >= 0 && enterY > highest) break;
    const slot = j * width + i;
    const n = count[slot]!;
    const lowest = dy >= 0 ? enterY : oy + dy * leave;
    if (n > 0 && lowest <= top[slot]!) {
      let at = start[slot]! * primitiveStride;
      for (let k = 0; k < n; k++, at += primitiveStride) {
        const t = intersect(primitives, at, ox, oy, oz, dx, dy, dz, ix, iy, iz, best);
        if (t < best) {
          best = t;
          found = start[slot]! + k;
          if (anyHit) {
            hit.primitive = found;
            hit.distance = best;
            return true;
          }
        }
      }
      // A shape lies inside its cell, so a hit before the cell's end cannot be beaten by a later cell.
      if (found >= 0 && best <= leave) break;
    }
    enter = leave;
    if (nextX < nextZ) {
      nextX += deltaX;
      i += stepI;
    } else {
      nextZ += deltaZ;
      j += stepJ;
    }
  }
  hit.primitive = found;
  hit.distance = found === hitSky ? Number.POSITIVE_INFINITY : best;
  return found !== hitSky;
}

/** Outward normal of primitive `index` at a point on its surface, into {@link normal}. */
export function surfaceNormal(scene: SceneWindow, index: number, x: number, y: number, z: number): void {
  if (index < 0) {
    setNormal(0, 1, 0);
    return;
  }
  const p = scene.primitives;
  const at = index * primitiveStride;
  const b = at + atBox;
  const kind = p[at];
  if (kind === kindSphere) {
    const r = (p[b + 3]! - p[b]!) * 0.5;
    setNormal((x - p[b]! - r) / r, (y - p[b + 1]! - r) / r, (z - p[b + 2]! - r) / r);
    return;
  }
  if (kind === kindCylinder) {
    const r = (p[b + 3]! - p[b]!) * 0.5;
    const rx = x - p[b]! - r;
    const rz = z - p[b + 2]! - r;
    const radial = Math.hypot(rx, rz);
    const toSide = Math.abs(radial - r);
    const toTop = Math.abs(p[b + 4]! - y);
    const toBottom = Math.abs(y - p[b + 1]!);
    if (toSide <= toTop && toSide <= toBottom) return setNormal(rx / radial, 0, rz / radial);
    return setNormal(0, toTop < toBottom ? 1 : -1, 0);
  }
  if (kind === kindEllipsoid) {
    // The gradient of (x / a)^2 + (y / b)^2 + (z / c)^2.
    const a = (p[b + 3]! - p[b]!) * 0.5;
    const h = (p[b + 4]! - p[b + 1]!) * 0.5;
    const c = (p[b + 5]! - p[b + 2]!) * 0.5;
    const gx = (x - p[b]! - a) / (a * a);
    const gy = (y - p[b + 1]! - h) / (h * h);
    const gz = (z - p[b + 2]! - c) / (c * c);
    const length = Math.hypot(gx, gy, gz);
    return setNormal(gx / length, gy / length, gz / length);
  }
  const toFace = boxNormal(p, b, x, y, z);
  if (kind === kindArchX || kind === kindArchZ) {
    const spring = p[at + atSpring]!;
    const centre = kind === kindArchX ? (p[b]! + p[b + 3]!) * 0.5 : (p[b + 2]! + p[b + 5]!) * 0.5;
    const along = (kind === kindArchX ? x : z) - centre;
    const up = Math.max(0, y - spring);
    const length = Math.hypot(along, up);
    if (Math.abs(length - p[at + atHalfSpan]!) >= toFace) return;
    // Not on the slab's outside: the inner side of the opening, facing the opening's middle.
    if (kind === kindArchX) setNormal(-along / length, -up / length, 0);
    else setNormal(0, -up / length, -along / length);
  }
}

/** Normal of the nearest face of a box; returns the distance to it. */
function boxNormal(p: Float32Array, b: number, x: number, y: number, z: number): number {
  let least = Math.abs(x - p[b]!);
  setNormal(-1, 0, 0);
  let d = Math.abs(x - p[b + 3]!);
  if (d < least) {
    least = d;
    setNormal(1, 0, 0);
  }
  d = Math.abs(y - p[b + 4]!);
  if (d < least) {
    least = d;
    setNormal(0, 1, 0);
  }
  d = Math.abs(y - p[b + 1]!);
  if (d < least) {
    least = d;
    setNormal(0, -1, 0);
  }
  d = Math.abs(z - p[b + 2]!);
  if (d < least) {
    least = d;
    setNormal(0, 0, -1);
  }
  d = Math.abs(z - p[b + 5]!);
  if (d < least) {
    least = d;
    setNormal(0, 0, 1);
  }
  return least;
}

function setNormal(x: number, y: number, z: number): void {
  normal.x = x;
  normal.y = y;
  normal.z = z;
}
