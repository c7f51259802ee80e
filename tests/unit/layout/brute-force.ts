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
  primitiveStride,
} from '../../../workers/layout/primitives';
import type { SceneWindow } from '../../../workers/layout/scene-window';
import type { Ray } from './small-worlds';

type Point = [number, number, number];

/** One primitive as a test sees it: whether a point is inside, and where a line may cross its surface. */
export type Solid = {
  kind: number;
  low: Point;
  high: Point;
  inside(point: Point): boolean;
  /** Every distance along the ray at which some part of the surface might be crossed. */
  crossings(ray: Ray): number[];
};

export function primitiveCount(scene: SceneWindow): number {
  const last = scene.width * scene.width - 1;
  return scene.start[last] + scene.count[last];
}

export function solidAt(scene: SceneWindow, index: number): Solid {
  const p = scene.primitives;
  const at = index * primitiveStride;
  const low: Point = [p[at + atBox], p[at + atBox + 1], p[at + atBox + 2]];
  const high: Point = [p[at + atBox + 3], p[at + atBox + 4], p[at + atBox + 5]];
  const middle = low.map((value, axis) => (value + high[axis]) / 2) as Point;
  const kind = p[at];
  const inBox = (q: Point): boolean => q.every((value, axis) => value > low[axis] && value < high[axis]);
  const faces = (ray: Ray): number[] => [0, 1, 2].flatMap((axis) => planes(ray, axis, [low[axis], high[axis]]));
  switch (kind) {
    case kindBox:
      return { kind, low, high, inside: inBox, crossings: faces };
    case kindCylinder: {
      const radius = (high[0] - low[0]) / 2;
      const inside = (q: Point): boolean => inBox(q) && Math.hypot(q[0] - middle[0], q[2] - middle[2]) < radius;
      const caps = [low[1], high[1]];
      const crossings = (ray: Ray): number[] => [...planes(ray, 1, caps), ...round(ray, [0, 2], middle, radius)];
      return { kind, low, high, inside, crossings };
    }
    case kindSphere: {
      const radius = (high[0] - low[0]) / 2;
      // Single precision leaves the box of a sphere a few tenths of a micrometre out of square: as wide as it is in x.
      const centre = low.map((value) => value + radius) as Point;
      const inside = (q: Point): boolean => Math.hypot(...q.map((value, axis) => value - centre[axis])) < radius;
      return { kind, low, high, inside, crossings: (ray) => round(ray, [0, 1, 2], centre, radius) };
    }
    case kindEllipsoid: {
      const radii = low.map((value, axis) => (high[axis] - value) / 2);
      const scaled = (q: Point): Point => q.map((value, axis) => (value - middle[axis]) / radii[axis]) as Point;
      const crossings = (ray: Ray): number[] => {
        const [ox, oy, oz] = scaled([ray.ox, ray.oy, ray.oz]);
        const [dx, dy, dz] = [ray.dx / radii[0], ray.dy / radii[1], ray.dz / radii[2]];
        return round({ ox, oy, oz, dx, dy, dz }, [0, 1, 2], [0, 0, 0], 1);
      };
      return { kind, low, high, inside: (q) => Math.hypot(...scaled(q)) < 1, crossings };
    }
    case kindArchX:
    case kindArchZ: {
      const run = kind === kindArchX ? 0 : 2;
      const half = p[at + atHalfSpan];
      const spring = p[at + atSpring];
      const crown: Point = [...middle];
      crown[1] = spring;
      const open = (q: Point): boolean => Math.hypot(q[run] - middle[run], Math.max(0, q[1] - spring)) < half;
      const jambs = [middle[run] - half, middle[run] + half];
      return {
        kind,
        low,
        high,
        inside: (q) => inBox(q) && !open(q),
        crossings: (ray) => [...faces(ray), ...planes(ray, run, jambs), ...round(ray, [run, 1], crown, half)],
      };
    }
    default:
      throw new Error(`There is no primitive of kind ${kind}.`);
  }
}

/**
 * First entry of a ray that starts outside: between two neighbouring crossings a line is all inside or all outside, so
 * the middle between them tells. Slow, and without a formula in common with the ray walk.
 */
export function enterSolid(solid: Solid, ray: Ray): number {
  const all = [0, ...solid.crossings(ray).filter((t) => t > 0), 1000].sort((a, b) => a - b);
  for (let k = 0; k + 1 < all.length; k++) {
    if (all[k + 1] - all[k] < 1e-9) continue;
    if (solid.inside(pointAt(ray, (all[k] + all[k + 1]) / 2))) return all[k];
  }
  return Number.POSITIVE_INFINITY;
}

/** Nearest hit with every primitive of the window and, if asked, the ground. Infinity: none. */
export function enterScene(scene: SceneWindow, ray: Ray, withGround: boolean): number {
  let nearest = withGround && ray.dy < 0 ? -ray.oy / ray.dy : Number.POSITIVE_INFINITY;
  const count = primitiveCount(scene);
  for (let k = 0; k < count; k++) nearest = Math.min(nearest, enterSolid(solidAt(scene, k), ray));
  return nearest;
}

export function pointAt(ray: Ray, t: number): Point {
  return [ray.ox + ray.dx * t, ray.oy + ray.dy * t, ray.oz + ray.dz * t];
}

function planes(ray: Ray, axis: number, values: number[]): number[] {
  const origin = [ray.ox, ray.oy, ray.oz][axis];
  const slope = [ray.dx, ray.dy, ray.dz][axis];
  return slope === 0 ? [] : values.map((value) => (value - origin) / slope);
}

/** Crossings with a circle or sphere: from the point of the line next to the centre, Pythagoras both ways. */
function round(ray: Ray, axes: number[], centre: Point, radius: number): number[] {
  const origin = axes.map((axis) => [ray.ox, ray.oy, ray.oz][axis] - centre[axis]);
  const slope = axes.map((axis) => [ray.dx, ray.dy, ray.dz][axis]);
  const speed = Math.hypot(...slope);
  if (speed === 0) return [];
  const closest = -origin.reduce((sum, value, k) => sum + value * slope[k], 0) / speed ** 2;
  const distance = Math.hypot(...origin.map((value, k) => value + slope[k] * closest));
  if (distance >= radius) return [];
  const reach = Math.sqrt(radius ** 2 - distance ** 2) / speed;
  return [closest - reach, closest + reach];
}
