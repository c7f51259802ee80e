import { cellSize } from './grid';
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

/**
 * Distance from a point to the nearest shape or the ground, metres, exact up to `reach` and never more than `reach`.
 * Negative inside a shape. Looks only at the cells within reach. (Shapes: iquilezles.org/articles/distfunctions.)
 */
export function distanceToScene(scene: SceneWindow, x: number, y: number, z: number, reach: number): number {
  return Math.min(y, distanceToShapes(scene, x, y, z, reach));
}

/** As {@link distanceToScene}, without the ground. */
export function distanceToShapes(scene: SceneWindow, x: number, y: number, z: number, reach: number): number {
  const { primitives, start, count, width } = scene;
  const i0 = Math.max(0, Math.floor((x - reach) / cellSize) - scene.originI);
  const i1 = Math.min(width - 1, Math.floor((x + reach) / cellSize) - scene.originI);
  const j0 = Math.max(0, Math.floor((z - reach) / cellSize) - scene.originJ);
  const j1 = Math.min(width - 1, Math.floor((z + reach) / cellSize) - scene.originJ);
  let least = reach;
  for (let j = j0; j <= j1; j++) {
    for (let i = i0; i <= i1; i++) {
      const slot = j * width + i;
      let at = start[slot]! * primitiveStride;
      for (let k = count[slot]!; k > 0; k--, at += primitiveStride) {
        const d = distanceToPrimitive(primitives, at, x, y, z, least);
        if (d < least) least = d;
      }
    }
  }
  return least;
}

/** Distance to one primitive, metres; at least `least` when it is farther than that. Negative inside. */
export function distanceToPrimitive(p: Float32Array, at: number, x: number, y: number, z: number, least: number): number {
  const b = at + atBox;
  const hx = (p[b + 3]! - p[b]!) * 0.5;
  const hy = (p[b + 4]! - p[b + 1]!) * 0.5;
  const hz = (p[b + 5]! - p[b + 2]!) * 0.5;
  const px = x - p[b]! - hx;
  const py = y - p[b + 1]! - hy;
  const pz = z - p[b + 2]! - hz;
  const qx = Math.abs(px) - hx;
  const qy = Math.abs(py) - hy;
  const qz = Math.abs(pz) - hz;
  // The bounding box is never farther than the shape: most shapes are out of reach and end here.
  if (qx > least || qy > least || qz > least) return least;
  const kind = p[at];
  if (kind === kindSphere) return Math.sqrt(px * px + py * py + pz * pz) - hx;
  if (kind === kindCylinder) {
    const radial = Math.sqrt(px * px + pz * pz) - hx;
    return boxLike(radial, qy, -1);
  }
  if (kind === kindEllipsoid) return distanceToEllipse(Math.sqrt(px * px + pz * pz), Math.abs(py), hx, hy);
  const box = boxLike(qx, qy, qz);
  if (kind === kindArchX || kind === kindArchZ) {
    const along = Math.abs(kind === kindArchX ? px : pz);
    const halfSpan = p[at + atHalfSpan]!;
    const above = y - p[at + atSpring]!;
    const opening = above > 0 ? Math.sqrt(along * along + above * above) - halfSpan : along - halfSpan;
    return Math.max(box, -opening);
  }
  return box;
}

/** Rounds of the search below; plants are no slimmer than 1 to 8, where six leave less than a tenth of a millimetre. */
const ellipseRounds = 6;

/**
 * Distance from a point (px, py >= 0) to an ellipse round the origin with half axes a and b; negative inside. An
 * ellipsoid is round in plan, so this plane is enough. Walks along the ellipse by its circles of curvature: no
 * trigonometry, and stable everywhere (Carl Chatfield, "A simple method for distance to ellipse", 2017).
 */
function distanceToEllipse(px: number, py: number, a: number, b: number): number {
  let tx = Math.SQRT1_2;
  let ty = Math.SQRT1_2;
  for (let round = 0; round < ellipseRounds; round++) {
    const ex = ((a * a - b * b) * tx * tx * tx) / a;
    const ey = ((b * b - a * a) * ty * ty * ty) / b;
    const rx = a * tx - ex;
    const ry = b * ty - ey;
    const qx = px - ex;
    const qy = py - ey;
    const away = Math.sqrt(qx * qx + qy * qy);
    if (away < 1e-9) break;
    const scale = Math.sqrt(rx * rx + ry * ry) / away;
    tx = Math.min(1, Math.max(0, (qx * scale + ex) / a));
    ty = Math.min(1, Math.max(0, (qy * scale + ey) / b));
    const length = Math.sqrt(tx * tx + ty * ty);
    if (length === 0) break;
    tx /= length;
    ty /= length;
  }
  const dx = px - a * tx;
  const dy = py - b * ty;
  const distance = Math.sqrt(dx * dx + dy * dy);
  return (px * px) / (a * a) + (py * py) / (b * b) < 1 ? -distance : distance;
}

/** Distance to a box whose signed distances along three axes are given. */
function boxLike(qx: number, qy: number, qz: number): number {
  const ax = qx > 0 ? qx : 0;
  const ay = qy > 0 ? qy : 0;
  const az = qz > 0 ? qz : 0;
  const inside = Math.max(qx, qy, qz);
  return Math.sqrt(ax * ax + ay * ay + az * az) + (inside < 0 ? inside : 0);
}
