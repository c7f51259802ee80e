import { poseStride } from '../../physics/physics-settings';
import { poseFromQuaternion } from '../../math/pose';
import type { Pose } from '../../math/types';

/** The bodies as the physics shows them. */
export type ShownBodies = { readonly poses: Float32Array; readonly ids: Int32Array; readonly count: number };

/** @returns its place in `poses` and `ids`; -1: there is no such body (any more) */
export function indexOfBody({ ids, count }: ShownBodies, id: number): number {
  for (let i = 0; i < count; i++) if (ids[i] === id) return i;
  return -1;
}

/** Where a body is drawn, as a rigid pose. @returns false when there is no such body */
export function poseOfBody(bodies: ShownBodies, id: number, out: Pose): boolean {
  const index = indexOfBody(bodies, id);
  if (index < 0) return false;
  const at = index * poseStride;
  const p = bodies.poses;
  poseFromQuaternion(out, p[at]!, p[at + 1]!, p[at + 2]!, p[at + 3]!, p[at + 4]!, p[at + 5]!, p[at + 6]!);
  return true;
}
