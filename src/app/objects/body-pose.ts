import { poseStride } from '../../physics/physics-settings';
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
  const { poses } = bodies;
  const x = poses[at + 3]!;
  const y = poses[at + 4]!;
  const z = poses[at + 5]!;
  const w = poses[at + 6]!;
  out[0] = 1 - 2 * (y * y + z * z);
  out[1] = 2 * (x * y + z * w);
  out[2] = 2 * (x * z - y * w);
  out[3] = 0;
  out[4] = 2 * (x * y - z * w);
  out[5] = 1 - 2 * (x * x + z * z);
  out[6] = 2 * (y * z + x * w);
  out[7] = 0;
  out[8] = 2 * (x * z + y * w);
  out[9] = 2 * (y * z - x * w);
  out[10] = 1 - 2 * (x * x + y * y);
  out[11] = 0;
  out[12] = poses[at]!;
  out[13] = poses[at + 1]!;
  out[14] = poses[at + 2]!;
  out[15] = 1;
  return true;
}
