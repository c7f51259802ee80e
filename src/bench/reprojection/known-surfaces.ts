import { intersect } from '../../../workers/layout/intersect';
import { kindBox, kindSphere, kindCylinder, primitiveStride } from '../../../workers/layout/primitives';
import { farthestM } from '../../../workers/layout/render-map-view';
import type { SceneWindow } from '../../../workers/layout/scene-window';
import { hit, hitSky, normal, surfaceNormal, traceRay } from '../../../workers/layout/trace';
import type { Intrinsics, Pose } from '../../math/types';

/** Exact surfaces behind a picture: what each texel's centre hits, continued over the texel. */
export type KnownSurfaces = {
  camera: Intrinsics;
  /** 1/m, 0 sky. */
  inverseDepth: Float32Array;
  /** Inverse depth of the texel's own surface at its four corners: up left, up right, down left, down right. 0 sky. */
  corners: Float32Array;
};

/** A plane seen from nearly its own side runs away to infinity within the texel. */
const leastCosine = 1e-3;
/** Two points of one curved thing lie on one side of it when their normals agree so far. */
const sameSide = 0.5;
/** How finely the rim of a curved thing is found, halvings of half a texel. */
const rimSteps = 6;
/** A normal along an axis of the world: a flat face. */
const alongAxis = 0.9999;

/** Inverse depth of the surface of texel `i` at (x, y), texels from the picture's corner; affine on planes. Never negative. */
export function surfaceAt({ camera, inverseDepth, corners }: KnownSurfaces, i: number, x: number, y: number): number {
  if (inverseDepth[i] === 0) return 0;
  const a = x - (i % camera.width);
  const b = y - Math.floor(i / camera.width);
  const top = corners[4 * i] * (1 - a) + corners[4 * i + 1] * a;
  const bottom = corners[4 * i + 2] * (1 - a) + corners[4 * i + 3] * a;
  return Math.max(0, top * (1 - b) + bottom * b);
}

/**
 * Inverse depth at (x, y) of the plane through the point that the ray through (px, py) hits with inverse depth `d`.
 * @param n normal of the plane in camera axes, unit length
 */
export function planeAt(camera: Intrinsics, n: ArrayLike<number>, px: number, py: number, d: number, x: number, y: number): number {
  const { fx, fy, cx, cy } = camera;
  const along = (u: number, v: number): number => (n[0] * (u - cx)) / fx - (n[1] * (v - cy)) / fy - n[2];
  const centre = along(px, py);
  return Math.abs(centre) < leastCosine ? d : (d * along(x, y)) / centre;
}

/** Exact corners of all texels of a picture; see {@link KnownSurfaces}. */
export function cornersOf(scene: SceneWindow, m: Pose, camera: Intrinsics, inverseDepth: Float32Array): Float32Array<ArrayBuffer> {
  const { width, height } = camera;
  const out = new Float32Array(4 * width * height);
  const n = new Float64Array(3);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = Math.floor(i / width);
    setRay(m, camera, x + 0.5, y + 0.5);
    traceRay(scene, m[12], m[13], m[14], ray.x, ray.y, ray.z, farthestM, false);
    const { primitive, distance } = hit;
    if (primitive === hitSky) continue;
    surfaceNormal(scene, primitive, m[12] + ray.x * distance, m[13] + ray.y * distance, m[14] + ray.z * distance);
    const isFlat = isPlane(scene, primitive);
    for (let k = 0; k < 3; k++) n[k] = m[4 * k] * normal.x + m[4 * k + 1] * normal.y + m[4 * k + 2] * normal.z;
    const [nx, ny, nz] = [normal.x, normal.y, normal.z];
    for (let corner = 0; corner < 4; corner++) {
      const dx = (corner & 1) - 0.5;
      const dy = (corner >> 1) - 0.5;
      out[4 * i + corner] = isFlat
        ? planeAt(camera, n, x + 0.5, y + 0.5, inverseDepth[i], x + 0.5 + dx, y + 0.5 + dy)
        : curvedAt(scene, primitive, m, camera, x + 0.5, y + 0.5, dx, dy, inverseDepth[i], nx, ny, nz);
    }
  }
  return out;
}

/** Whether the surface of the normal in {@link normal} is flat. */
function isPlane(scene: SceneWindow, primitive: number): boolean {
  if (primitive < 0) return true;
  const kind = scene.primitives[primitive * primitiveStride];
  if (kind === kindBox) return true;
  if (kind === kindSphere) return false;
  // A cylinder's cap; an arch's faces and jambs. The side of a cylinder may face along an axis and still be round.
  if (kind === kindCylinder) return Math.abs(normal.y) > alongAxis;
  return Math.max(Math.abs(normal.x), Math.abs(normal.y), Math.abs(normal.z)) > alongAxis;
}

/** Of something round: its own depth there, or that of its rim where it ends before the corner. */
function curvedAt(
  scene: SceneWindow,
  primitive: number,
  m: Pose,
  camera: Intrinsics,
  px: number,
  py: number,
  dx: number,
  dy: number,
  d: number,
  nx: number,
  ny: number,
  nz: number,
): number {
  let found = d;
  let inside = 0;
  let beyond = 1;
  for (let step = 0; step <= rimSteps; step++) {
    // The corner itself first; then halfway between what is still on the surface and what is not.
    const share = step === 0 ? 1 : (inside + beyond) / 2;
    const length = setRay(m, camera, px + dx * share, py + dy * share);
    const { x, y, z } = ray;
    const at = primitive * primitiveStride;
    const t = intersect(scene.primitives, at, m[12], m[13], m[14], x, y, z, 1 / x, 1 / y, 1 / z, farthestM);
    let isSame = Number.isFinite(t);
    if (isSame) {
      surfaceNormal(scene, primitive, m[12] + x * t, m[13] + y * t, m[14] + z * t);
      isSame = normal.x * nx + normal.y * ny + normal.z * nz > sameSide;
    }
    if (isSame) {
      found = length / t;
      if (share === 1) return found;
      inside = share;
    } else {
      beyond = share;
    }
  }
  return found;
}

const ray = { x: 0, y: 0, z: 0 };

/** Unit direction through (px, py) in world axes, into {@link ray}; returns the length it had at depth 1. */
function setRay(m: Pose, { fx, fy, cx, cy }: Intrinsics, px: number, py: number): number {
  const rx = (px - cx) / fx;
  const ry = -(py - cy) / fy;
  const length = Math.sqrt(rx * rx + ry * ry + 1);
  ray.x = (m[0] * rx + m[4] * ry - m[8]) / length;
  ray.y = (m[1] * rx + m[5] * ry - m[9]) / length;
  ray.z = (m[2] * rx + m[6] * ry - m[10]) / length;
  return length;
}
