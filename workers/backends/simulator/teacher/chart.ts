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
} from '../../../layout/primitives';
import type { SceneWindow } from '../../../layout/scene-window';
import { hitGround } from '../../../layout/trace';
import type { Surface } from './surface';

/** Faces 0 to 5 are flat (axis * 2 + 1 when the normal points along +axis), these are round. */
const faceSide = 6;
const faceBall = 7;
const faceOpening = 8;
/** Round things have a node every so many radians; clumps of leaves, of which there are many, fewer. */
const roundStep = Math.PI / 6;
const clumpStep = Math.PI / 3;
/** Nodes keep this far from the edges of a face, metres: on an edge they would see along two walls. */
const inset = 0.03;

/** Two coordinates on the face of a primitive, for the nodes of the light cache. */
export const chart = {
  face: 0,
  u: 0,
  v: 0,
  u0: 0,
  u1: 0,
  v0: 0,
  v1: 0,
  /** Fixed spacing of nodes along u and v in radians, or 0: it follows the distance. */
  stepU: 0,
  stepV: 0,
};

/** Point and normal of a node, reused. */
export const node = { x: 0, y: 0, z: 0, nx: 0, ny: 0, nz: 0 };

/** Where a surface point lies on its primitive, into {@link chart}. */
export function chartOf(scene: SceneWindow, s: Surface): void {
  chart.stepU = 0;
  chart.stepV = 0;
  if (s.primitive === hitGround) return setFlat(3, s.x, s.z, -1e9, 1e9, -1e9, 1e9);
  const p = scene.primitives;
  const at = s.primitive * primitiveStride;
  const b = at + atBox;
  const kind = p[at];
  if (kind === kindSphere || kind === kindEllipsoid) {
    chart.face = faceBall;
    chart.u = Math.atan2(s.nz, s.nx);
    chart.v = Math.acos(s.ny > 1 ? 1 : s.ny < -1 ? -1 : s.ny);
    setRange(-Math.PI, Math.PI, 0, Math.PI);
    chart.stepU = kind === kindSphere ? roundStep : clumpStep;
    chart.stepV = chart.stepU;
    return;
  }
  if (kind === kindCylinder && Math.abs(s.ny) < 0.5) {
    chart.face = faceSide;
    chart.u = Math.atan2(s.nz, s.nx);
    chart.v = s.y;
    setRange(-Math.PI, Math.PI, p[b + 1]! + inset, p[b + 4]! - inset);
    chart.stepU = roundStep;
    return;
  }
  if ((kind === kindArchX || kind === kindArchZ) && isOpening(p, at, s)) {
    const alongX = kind === kindArchX;
    const centre = alongX ? (p[b]! + p[b + 3]!) * 0.5 : (p[b + 2]! + p[b + 5]!) * 0.5;
    const along = (alongX ? s.x : s.z) - centre;
    const spring = p[at + atSpring]!;
    const radius = p[at + atHalfSpan]!;
    const quarter = radius * Math.PI * 0.5;
    chart.face = faceOpening;
    chart.u =
      s.y < spring ? Math.sign(along) * (quarter + spring - s.y) : radius * Math.atan2(along, s.y - spring);
    chart.v = alongX ? s.z : s.x;
    const across = alongX ? 2 : 0;
    setRange(-quarter - spring + inset, quarter + spring - inset, p[b + across]! + inset, p[b + across + 3]! - inset);
    return;
  }
  if (Math.abs(s.nx) > 0.5) {
    setFlat(s.nx > 0 ? 1 : 0, s.z, s.y, p[b + 2]! + inset, p[b + 5]! - inset, p[b + 1]! + inset, p[b + 4]! - inset);
  } else if (Math.abs(s.ny) > 0.5) {
    setFlat(s.ny > 0 ? 3 : 2, s.x, s.z, p[b]! + inset, p[b + 3]! - inset, p[b + 2]! + inset, p[b + 5]! - inset);
  } else {
    setFlat(s.nz > 0 ? 5 : 4, s.x, s.y, p[b]! + inset, p[b + 3]! - inset, p[b + 1]! + inset, p[b + 4]! - inset);
  }
}

/** Point and normal at (u, v) of a face, into {@link node}; the inverse of {@link chartOf}. */
export function nodeAt(scene: SceneWindow, primitive: number, face: number, u: number, v: number): void {
  if (primitive === hitGround) return setNode(u, 0, v, 0, 1, 0);
  const p = scene.primitives;
  const at = primitive * primitiveStride;
  const b = at + atBox;
  const cx = (p[b]! + p[b + 3]!) * 0.5;
  const cy = (p[b + 1]! + p[b + 4]!) * 0.5;
  const cz = (p[b + 2]! + p[b + 5]!) * 0.5;
  const rx = cx - p[b]!;
  switch (face) {
    case 0:
      return setNode(p[b]!, v, u, -1, 0, 0);
    case 1:
      return setNode(p[b + 3]!, v, u, 1, 0, 0);
    case 2:
      return setNode(u, p[b + 1]!, v, 0, -1, 0);
    case 3:
      return setNode(u, p[b + 4]!, v, 0, 1, 0);
    case 4:
      return setNode(u, v, p[b + 2]!, 0, 0, -1);
    case 5:
      return setNode(u, v, p[b + 5]!, 0, 0, 1);
    case faceSide: {
      const nx = Math.cos(u);
      const nz = Math.sin(u);
      return setNode(cx + rx * nx, v, cz + rx * nz, nx, 0, nz);
    }
    case faceBall: {
      const flat = Math.sin(v);
      const nx = flat * Math.cos(u);
      const ny = Math.cos(v);
      const nz = flat * Math.sin(u);
      // The point of an ellipsoid with this normal.
      const ry = cy - p[b + 1]!;
      const rz = cz - p[b + 2]!;
      const scale = 1 / Math.hypot(rx * nx, ry * ny, rz * nz);
      return setNode(cx + rx * rx * nx * scale, cy + ry * ry * ny * scale, cz + rz * rz * nz * scale, nx, ny, nz);
    }
    default:
      return openingNode(p, at, cx, cz, u, v);
  }
}

function openingNode(p: Float32Array, at: number, cx: number, cz: number, u: number, v: number): void {
  const radius = p[at + atHalfSpan]!;
  const spring = p[at + atSpring]!;
  const quarter = radius * Math.PI * 0.5;
  const far = Math.abs(u);
  const side = Math.sign(u);
  const angle = far < quarter ? u / radius : side * Math.PI * 0.5;
  const along = radius * Math.sin(angle);
  const y = far < quarter ? spring + radius * Math.cos(angle) : spring - (far - quarter);
  const na = -Math.sin(angle);
  const ny = far < quarter ? -Math.cos(angle) : 0;
  if (p[at] === kindArchX) setNode(cx + along, y, v, na, ny, 0);
  else setNode(v, y, cz + along, 0, ny, na);
}

/** Whether a point of an arch lies on the inner side of its opening: neither face, nor top, nor an end of the slab. */
function isOpening(p: Float32Array, at: number, s: Surface): boolean {
  const b = at + atBox;
  const near = 1e-3;
  if (s.ny > 0.5) return false;
  if (p[at] === kindArchX) {
    return Math.abs(s.nz) < 0.5 && Math.abs(s.x - p[b]!) > near && Math.abs(s.x - p[b + 3]!) > near;
  }
  return Math.abs(s.nx) < 0.5 && Math.abs(s.z - p[b + 2]!) > near && Math.abs(s.z - p[b + 5]!) > near;
}

function setFlat(face: number, u: number, v: number, u0: number, u1: number, v0: number, v1: number): void {
  chart.face = face;
  chart.u = u;
  chart.v = v;
  setRange(u0, u1, v0, v1);
}

/** A face smaller than twice the inset has all its nodes in its middle. */
function setRange(u0: number, u1: number, v0: number, v1: number): void {
  chart.u0 = u0 < u1 ? u0 : (u0 + u1) * 0.5;
  chart.u1 = u0 < u1 ? u1 : chart.u0;
  chart.v0 = v0 < v1 ? v0 : (v0 + v1) * 0.5;
  chart.v1 = v0 < v1 ? v1 : chart.v0;
}

function setNode(x: number, y: number, z: number, nx: number, ny: number, nz: number): void {
  node.x = x;
  node.y = y;
  node.z = z;
  node.nx = nx;
  node.ny = ny;
  node.nz = nz;
}
