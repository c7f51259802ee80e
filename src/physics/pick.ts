import { poseStride } from './physics-settings';

export type RayHit = { id: number; distanceM: number };

/** Bodies are picked as balls: easier to hit than they are, and a cube needs no turning. */
const cubeReach = 1.2;

/** Of bodies as `PhysicsWorld.poses` has them. @returns the id of the one whose surface is nearest, null beyond `withinM` */
export function nearestBody(
  poses: Float32Array,
  ids: Int32Array,
  count: number,
  x: number,
  y: number,
  z: number,
  withinM: number,
): number | null {
  let least = withinM;
  let found: number | null = null;
  for (let i = 0, p = 0; i < count; i++, p += poseStride) {
    const distance = Math.hypot(poses[p]! - x, poses[p + 1]! - y, poses[p + 2]! - z) - poses[p + 7]!;
    if (distance > least) continue;
    least = distance;
    found = ids[i]!;
  }
  return found;
}

/** @param direction of any length @returns the first body along the ray within `maxM` metres */
export function rayNearestBody(
  poses: Float32Array,
  ids: Int32Array,
  count: number,
  origin: ArrayLike<number>,
  direction: ArrayLike<number>,
  maxM: number,
): RayHit | null {
  const length = Math.hypot(direction[0]!, direction[1]!, direction[2]!);
  if (!(length > 0)) return null;
  let least = maxM;
  let found: number | null = null;
  for (let i = 0, p = 0; i < count; i++, p += poseStride) {
    const [x, y, z] = [poses[p]! - origin[0]!, poses[p + 1]! - origin[1]!, poses[p + 2]! - origin[2]!];
    const along = (x * direction[0]! + y * direction[1]! + z * direction[2]!) / length;
    const radius = poses[p + 7]! * cubeReach;
    const inside = radius * radius - (x * x + y * y + z * z - along * along);
    if (inside < 0 || along < -radius) continue;
    const distance = Math.max(0, along - Math.sqrt(inside));
    if (distance > least) continue;
    least = distance;
    found = ids[i]!;
  }
  return found === null ? null : { id: found, distanceM: least };
}
