import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { CollisionMesh } from '../../../src/world/contracts';
import type { PhysicsWorld } from '../../../src/physics/physics-world';
import { CollisionMesher } from '../../../workers/mesh/collision-mesh';
import { findCuts } from '../../../workers/mesh/cut';
import { BufferPool } from '../../../workers/mesh/pool';
import { squareCamera } from '../mesh/depth-scenes';

/** Distance along a ray of unit-free direction to the first surface, Infinity for none. */
export type Scene = (origin: readonly number[], direction: readonly number[]) => number;

export const floorAt =
  (y: number): Scene =>
  (origin, direction) =>
    direction[1]! < 0 ? (y - origin[1]!) / direction[1]! : Number.POSITIVE_INFINITY;

/** A wall across the view: seen from +z. */
export const wallAt =
  (z: number, fromX = -20, toX = 20, height = 3): Scene =>
  (origin, direction) => {
    const t = (z - origin[2]!) / direction[2]!;
    const x = origin[0]! + direction[0]! * t;
    const y = origin[1]! + direction[1]! * t;
    return t > 0 && x >= fromX && x <= toX && y <= height ? t : Number.POSITIVE_INFINITY;
  };

export const both =
  (...scenes: Scene[]): Scene =>
  (origin, direction) =>
    Math.min(...scenes.map((scene) => scene(origin, direction)));

/** Someone of 1.6 m who looks down a little along -z. */
export const standing = poseFromYawPitch([0, 1.6, 0], 0, -0.5);

let nextFrame = 1;

/** A frame's surfaces as the worker makes them. @param noise multiplies each depth */
export function seenFrom(scene: Scene, pose: Pose = standing, noise: () => number = () => 1, camera: Intrinsics = squareCamera(64, 100)): CollisionMesh {
  const d = new Float32Array(camera.width * camera.height);
  const m = pose;
  for (let y = 0; y < camera.height; y++) {
    for (let x = 0; x < camera.width; x++) {
      const [cx, cy] = [(x + 0.5 - camera.cx) / camera.fx, -(y + 0.5 - camera.cy) / camera.fy];
      const direction = [0, 1, 2].map((k) => m[k]! * cx + m[4 + k]! * cy - m[8 + k]!);
      d[y * camera.width + x] = 1 / (scene([m[12]!, m[13]!, m[14]!], direction) * noise());
    }
  }
  const cutRight = new Uint8Array(d.length);
  const cutBelow = new Uint8Array(d.length);
  findCuts(d, camera.width, camera.height, cutRight, cutBelow);
  return new CollisionMesher(new BufferPool()).build({ inverseDepth: d, cutRight, cutBelow, camera }, pose, nextFrame++);
}

/** Gives the world a frame and waits until it has taken it in. */
export function show(physics: PhysicsWorld, mesh: CollisionMesh): void {
  physics.setSurfaces(mesh);
  for (let k = 0; k < 200 && physics.surfaces.busy; k++) physics.step(1 / 120);
  if (physics.surfaces.busy) throw new Error('The surfaces of a frame were not taken in within 200 steps.');
}

export function poseAt(x: number, y: number, z: number): Pose {
  const pose = createPose();
  pose[12] = x;
  pose[13] = y;
  pose[14] = z;
  return pose;
}

export const still = [0, 0, 0] as const;

export function ballAt(x: number, y: number, z: number, radiusM = 0.1, velocityMps: readonly number[] = still) {
  return { shape: 'ball' as const, radiusM, worldFromBody: poseAt(x, y, z), velocityMps, angularRadPerS: still };
}
