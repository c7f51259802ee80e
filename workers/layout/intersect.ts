import {
  atBox,
  atHalfSpan,
  atSpring,
  kindArchX,
  kindArchZ,
  kindBox,
  kindCylinder,
  kindEllipsoid,
  kindSphere,
} from './primitives';

/** Hits nearer than this are the surface that the ray starts on, metres. */
export const epsilon = 1e-5;

/**
 * Nearest hit of a ray with one primitive.
 * @returns the distance along the (unit) direction, or Infinity. Rays that start inside a shape hit its far side only
 *   for an arch's opening; elsewhere the camera is kept out of shapes.
 */
export function intersect(
  p: Float32Array,
  at: number,
  ox: number,
  oy: number,
  oz: number,
  dx: number,
  dy: number,
  dz: number,
  ix: number,
  iy: number,
  iz: number,
  tMax: number,
): number {
  const b = at + atBox;
  // Slab test of the bounding box: every kind fills or lies inside it.
  let t0 = (p[b]! - ox) * ix;
  let t1 = (p[b + 3]! - ox) * ix;
  let near = t0 < t1 ? t0 : t1;
  let far = t0 < t1 ? t1 : t0;
  t0 = (p[b + 1]! - oy) * iy;
  t1 = (p[b + 4]! - oy) * iy;
  if (t0 > t1) {
    const swap = t0;
    t0 = t1;
    t1 = swap;
  }
  if (t0 > near) near = t0;
  if (t1 < far) far = t1;
  t0 = (p[b + 2]! - oz) * iz;
  t1 = (p[b + 5]! - oz) * iz;
  if (t0 > t1) {
    const swap = t0;
    t0 = t1;
    t1 = swap;
  }
  if (t0 > near) near = t0;
  if (t1 < far) far = t1;
  if (near > far || far < epsilon || near >= tMax) return Number.POSITIVE_INFINITY;

  switch (p[at]) {
    case kindBox:
      return near > epsilon ? near : Number.POSITIVE_INFINITY;
    case kindCylinder: {
      const cx = (p[b]! + p[b + 3]!) * 0.5;
      const cz = (p[b + 2]! + p[b + 5]!) * 0.5;
      const r = (p[b + 3]! - p[b]!) * 0.5;
      const rx = ox - cx;
      const rz = oz - cz;
      const a = dx * dx + dz * dz;
      const half = rx * dx + rz * dz;
      const outside = rx * rx + rz * rz - r * r;
      // Straight down or up: the caps only.
      if (a < 1e-12) return outside < 0 && near > epsilon ? near : Number.POSITIVE_INFINITY;
      const discriminant = half * half - a * outside;
      if (discriminant <= 0) return Number.POSITIVE_INFINITY;
      const root = Math.sqrt(discriminant);
      const enter = (-half - root) / a;
      const leave = (-half + root) / a;
      // The box's y slab is the cylinder's caps: entering it inside the circle is a hit on the cap.
      let y0 = (p[b + 1]! - oy) * iy;
      let y1 = (p[b + 4]! - oy) * iy;
      if (y0 > y1) {
        const swap = y0;
        y0 = y1;
        y1 = swap;
      }
      const t = enter > y0 ? enter : y0;
      const end = leave < y1 ? leave : y1;
      return t < end && t > epsilon ? t : Number.POSITIVE_INFINITY;
    }
    case kindSphere: {
      const r = (p[b + 3]! - p[b]!) * 0.5;
      const rx = ox - (p[b]! + r);
      const ry = oy - (p[b + 1]! + r);
      const rz = oz - (p[b + 2]! + r);
      const half = rx * dx + ry * dy + rz * dz;
      const discriminant = half * half - (rx * rx + ry * ry + rz * rz - r * r);
      if (discriminant <= 0) return Number.POSITIVE_INFINITY;
      const t = -half - Math.sqrt(discriminant);
      return t > epsilon ? t : Number.POSITIVE_INFINITY;
    }
    case kindEllipsoid: {
      // In units of its radii an ellipsoid is the unit sphere; distances along the ray stay what they are.
      const sx = 2 / (p[b + 3]! - p[b]!);
      const sy = 2 / (p[b + 4]! - p[b + 1]!);
      const sz = 2 / (p[b + 5]! - p[b + 2]!);
      const rx = (ox - (p[b]! + p[b + 3]!) * 0.5) * sx;
      const ry = (oy - (p[b + 1]! + p[b + 4]!) * 0.5) * sy;
      const rz = (oz - (p[b + 2]! + p[b + 5]!) * 0.5) * sz;
      const ux = dx * sx;
      const uy = dy * sy;
      const uz = dz * sz;
      const a = ux * ux + uy * uy + uz * uz;
      const half = rx * ux + ry * uy + rz * uz;
      const discriminant = half * half - a * (rx * rx + ry * ry + rz * rz - 1);
      if (discriminant <= 0) return Number.POSITIVE_INFINITY;
      const t = (-half - Math.sqrt(discriminant)) / a;
      return t > epsilon ? t : Number.POSITIVE_INFINITY;
    }
    case kindArchX:
      return outsideOpening(p, at, (p[b]! + p[b + 3]!) * 0.5, ox, oy, dx, dy, ix, iy, near, far);
    case kindArchZ:
      return outsideOpening(p, at, (p[b + 2]! + p[b + 5]!) * 0.5, oz, oy, dz, dy, iz, iy, near, far);
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/**
 * Slab minus opening. The opening (a rectangle with a half circle on top) is convex in the plane of the slab, so a ray
 * is inside it for one interval, the union of its intervals with rectangle and circle.
 * `o`, `d` and `i` are origin, direction and its inverse along the slab's run; `near`, `far` the slab's interval.
 */
function outsideOpening(
  p: Float32Array,
  at: number,
  centre: number,
  o: number,
  oy: number,
  d: number,
  dy: number,
  i: number,
  iy: number,
  near: number,
  far: number,
): number {
  const halfSpan = p[at + atHalfSpan]!;
  const spring = p[at + atSpring]!;
  let a0 = (centre - halfSpan - o) * i;
  let a1 = (centre + halfSpan - o) * i;
  if (a0 > a1) {
    const swap = a0;
    a0 = a1;
    a1 = swap;
  }
  let b0 = (-1 - oy) * iy;
  let b1 = (spring - oy) * iy;
  if (b0 > b1) {
    const swap = b0;
    b0 = b1;
    b1 = swap;
  }
  let open = Number.POSITIVE_INFINITY;
  let close = Number.NEGATIVE_INFINITY;
  const r0 = a0 > b0 ? a0 : b0;
  const r1 = a1 < b1 ? a1 : b1;
  if (r0 < r1) {
    open = r0;
    close = r1;
  }
  const ra = o - centre;
  const ry = oy - spring;
  const a = d * d + dy * dy;
  const half = ra * d + ry * dy;
  const outside = ra * ra + ry * ry - halfSpan * halfSpan;
  const discriminant = half * half - a * outside;
  if (a < 1e-12) {
    // Straight through the slab: in the circle all the way or not at all.
    if (outside < 0) {
      open = Number.NEGATIVE_INFINITY;
      close = Number.POSITIVE_INFINITY;
    }
  } else if (discriminant > 0) {
    const root = Math.sqrt(discriminant);
    const c0 = (-half - root) / a;
    const c1 = (-half + root) / a;
    if (c0 < open) open = c0;
    if (c1 > close) close = c1;
  }
  // Where the ray is first inside the slab: at its face, or at once when it starts inside (a visitor in the doorway).
  const first = near > epsilon ? near : epsilon;
  if (open >= close || first < open || first > close) {
    return near > epsilon ? near : Number.POSITIVE_INFINITY;
  }
  return close < far && close > epsilon ? close : Number.POSITIVE_INFINITY;
}
