import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { randomFor } from './plan';

export const eyeHeightM = 1.6;
/** Time between the model frames of the walk, ms: five a second. */
export const stepMs = 200;
const speedMps = 1;
/** Looks to the side while walking, radians: once left, once right, straight on at the end. */
const lookRad = Math.PI / 6;
/** Change of direction over the whole walk, radians. */
const curveRad = 0.5;
/** Room wanted along the way, and round its end, where the lattice lies, metres. */
const wayRoomM = 0.45;
const endRoomM = 0.9;
/** Nobody looks at a wall from here, metres. */
const freeAheadM = 2.5;
const tries = 4000;
/** The walk ends within this distance of the origin, metres. */
const placesM = 30;

export type Walk = { poses: Pose[]; timesMs: number[] };

/**
 * A short walk on level ground that ends at the source pose of a lattice: what the model was shown on the way there.
 * @returns one pose a model frame, the last one is the source pose
 * @throws Error when the scene has no free way
 */
export function findWalk(sceneSeed: number, frames: number, seed: number): Walk {
  const collider = new MapCollider(new CourtyardMap(sceneSeed));
  const random = randomFor(seed, `walk ${sceneSeed}`);
  for (let k = 0; k < tries; k++) {
    const x = (random() - 0.5) * 2 * placesM;
    const z = (random() - 0.5) * 2 * placesM;
    const yaw = random() * 2 * Math.PI;
    const turn = (random() < 0.5 ? -1 : 1) * curveRad;
    const look = random() < 0.5 ? -lookRad : lookRad;
    const walk = walkTo(x, z, yaw, turn, look, frames);
    if (isFree(collider, walk, yaw)) return walk;
  }
  throw new Error(`World ${sceneSeed} has no free way of ${(frames * stepMs) / 1000} m; choose another --seed.`);
}

/** Backwards from the end: the heading was `yaw - turn` at the begin and is `yaw` at the end. */
function walkTo(endX: number, endZ: number, yaw: number, turn: number, look: number, frames: number): Walk {
  const strideM = (speedMps * stepMs) / 1000;
  const poses: Pose[] = [];
  const timesMs: number[] = [];
  let x = endX;
  let z = endZ;
  for (let k = frames - 1; k >= 0; k--) {
    const done = frames > 1 ? k / (frames - 1) : 1;
    const heading = yaw - turn * (1 - done);
    poses.unshift(poseFromYawPitch([x, eyeHeightM, z], heading + look * Math.sin(2 * Math.PI * done), -0.05));
    timesMs.unshift(k * stepMs);
    x += Math.sin(heading) * strideM;
    z += Math.cos(heading) * strideM;
  }
  return { poses, timesMs };
}

function isFree(collider: MapCollider, { poses }: Walk, yaw: number): boolean {
  const end = poses[poses.length - 1];
  if (roomAt(collider, end[12], end[14], endRoomM) < endRoomM) return false;
  for (let m = 0.5; m <= freeAheadM; m += 0.5) {
    if (roomAt(collider, end[12] - Math.sin(yaw) * m, end[14] - Math.cos(yaw) * m, 0.3) < 0.3) return false;
  }
  return poses.every((pose) => roomAt(collider, pose[12], pose[14], wayRoomM) >= wayRoomM);
}

/** Free space round a place on the ground, metres; 0 on steps and platforms, since the walk is level. */
export function roomAt(collider: MapCollider, x: number, z: number, upToM: number): number {
  return collider.groundHeight(x, z) > 0 ? 0 : collider.clearance(x, z, 0, upToM);
}
