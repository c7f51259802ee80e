import type { Collider } from '@dimforge/rapier3d-compat';
import type { Intrinsics, Pose } from '../math/types';

/** Points of a part that stand for it when frames are compared. */
export const samplesPerPart = 14;
/** Numbers of one sample: position, normal towards the camera. */
export const sampleStride = 6;

/** A square of a frame's surface: as much as comes and goes as one. */
export type SurfacePart = {
  collider: Collider;
  frameId: number;
  /** Where it was seen from: the side that it has. */
  eye: readonly [number, number, number];
  triangles: number;
  /** {@link sampleStride} numbers each, world metres. */
  samples: Float32Array;
  sampleCount: number;
  /** Rays of the newest frame that ended on it, and that found it in front of what they see. */
  seen: number;
  seenThrough: number;
};

/** Triangles spread evenly over a part: their middles and normals. @returns how many were written */
export function samplePart(
  positions: Float32Array,
  indices: Uint32Array,
  fromIndex: number,
  toIndex: number,
  out: Float32Array,
): number {
  const triangles = (toIndex - fromIndex) / 3;
  const count = Math.min(samplesPerPart, triangles);
  for (let k = 0; k < count; k++) {
    const t = fromIndex + 3 * Math.floor(((k + 0.5) * triangles) / count);
    const [a, b, c] = [3 * indices[t]!, 3 * indices[t + 1]!, 3 * indices[t + 2]!];
    const at = k * sampleStride;
    for (let d = 0; d < 3; d++) out[at + d] = (positions[a + d]! + positions[b + d]! + positions[c + d]!) / 3;
    const [ux, uy, uz] = [positions[b]! - positions[a]!, positions[b + 1]! - positions[a + 1]!, positions[b + 2]! - positions[a + 2]!];
    const [vx, vy, vz] = [positions[c]! - positions[a]!, positions[c + 1]! - positions[a + 1]!, positions[c + 2]! - positions[a + 2]!];
    const [nx, ny, nz] = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    const length = Math.hypot(nx, ny, nz) || 1;
    out[at + 3] = nx / length;
    out[at + 4] = ny / length;
    out[at + 5] = nz / length;
  }
  return count;
}

/** Which square of a picture a world point falls into, `row * columns + column`; -1 outside. */
export function squareOf(worldFromCamera: Pose, camera: Intrinsics, partTexels: number, x: number, y: number, z: number): number {
  const m = worldFromCamera;
  const [dx, dy, dz] = [x - m[12]!, y - m[13]!, z - m[14]!];
  const ahead = -(m[8]! * dx + m[9]! * dy + m[10]! * dz);
  if (ahead < 0.05) return -1;
  const px = camera.cx + (camera.fx * (m[0]! * dx + m[1]! * dy + m[2]! * dz)) / ahead;
  const py = camera.cy - (camera.fy * (m[4]! * dx + m[5]! * dy + m[6]! * dz)) / ahead;
  if (px < 0 || py < 0 || px >= camera.width || py >= camera.height) return -1;
  return Math.floor(py / partTexels) * Math.ceil(camera.width / partTexels) + Math.floor(px / partTexels);
}
