import type { Pose } from '../../math/types';
import type { CollisionMesh, FrameTimes, ModelFrame } from '../../world/contracts';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { defaultLayerBudget } from '../../world/layer-budget';
import { CollisionMesher } from '../../../workers/mesh/collision-mesh';
import { findCuts } from '../../../workers/mesh/cut';
import { BufferPool } from '../../../workers/mesh/pool';
import type { OpenedWorld } from '../world/opened-world';
import { strollPoses } from '../world/stroller';

/** How often the page asks for surfaces, as in `src/app/host-settings.ts`. */
const surfacesHz = 4;
const frameMs = 1000 / 30;
const framesPerMesh = 8;
const timedMeshes = 20;

/** What a short walk through a painted world leaves for bodies to bounce off. */
export type PaintedSpot = {
  /** Of the last frame: where the visitor stands and throws. */
  worldFromHead: Pose;
  /** Meshes as the page gets them during the walk, the newest last. */
  meshes: CollisionMesh[];
  /** The newest frame without cuts: a sheet of rubber from near to far, sky left out. */
  uncut: CollisionMesh;
  /** What the worker pays for one mesh: the least of a few, ms. */
  meshMs: number;
};

/** Walks on the true map, so that truth and painting are of the same place, through the worker's own assembler. */
export async function walkToSpot(world: OpenedWorld, seed: number, frames: number): Promise<PaintedSpot> {
  const start = await world.begin(seed, 'day');
  const assembler = new FrameAssembler();
  assembler.reset(world.model.info);
  assembler.configure({ ...defaultLayerBudget, olderFrames: 0, backgroundSide: 0 }, surfacesHz);
  const meshes: CollisionMesh[] = [];
  const poses = strollPoses(world.map, start, frames);
  let uncut: CollisionMesh | null = null;
  let meshMs = Number.NaN;
  for (const [k, pose] of poses.entries()) {
    const painted = await world.step(pose);
    const { frame } = assembler.assemble(painted, k, timesOf(k));
    if (frame.collision) meshes.push(frame.collision);
    if (k < frames - 1) continue;
    uncut = uncutMesh(painted);
    meshMs = costOf(painted);
  }
  const last = poses.at(-1)!;
  // The newest frame of all: the visitor stands still when throwing.
  for (let k = frames; k < frames + framesPerMesh; k++) {
    const { frame } = assembler.assemble(await world.step(last), k, timesOf(k));
    if (frame.collision) meshes.push(frame.collision);
  }
  if (!uncut) throw new RangeError(`A walk has at least one frame, not ${frames}.`);
  return { worldFromHead: last, meshes, uncut, meshMs };
}

function uncutMesh({ inverseDepth, camera, worldFromCamera }: ModelFrame): CollisionMesh {
  if (!inverseDepth) throw new Error('This world paints no depth, so nothing can bounce off it.');
  const none = new Uint8Array(camera.width * camera.height);
  return new CollisionMesher(new BufferPool()).build({ inverseDepth, cutRight: none, cutBelow: none, camera }, worldFromCamera, 1);
}

function costOf({ inverseDepth, camera, worldFromCamera }: ModelFrame): number {
  const pool = new BufferPool();
  const mesher = new CollisionMesher(pool);
  const cutRight = new Uint8Array(camera.width * camera.height);
  const cutBelow = new Uint8Array(camera.width * camera.height);
  findCuts(inverseDepth!, camera.width, camera.height, cutRight, cutBelow);
  let least = Number.POSITIVE_INFINITY;
  for (let k = 0; k < timedMeshes; k++) {
    const begunMs = performance.now();
    const mesh = mesher.build({ inverseDepth: inverseDepth!, cutRight, cutBelow, camera }, worldFromCamera, k);
    least = Math.min(least, performance.now() - begunMs);
    pool.release(mesh.positions.buffer);
    pool.release(mesh.indices.buffer);
  }
  return least;
}

function timesOf(k: number): FrameTimes {
  const at = k * frameMs;
  return { actionAtMs: at, stepBegunMs: at, inferenceBegunMs: at, inferenceEndedMs: at, readBackMs: Number.NaN, meshedMs: at, sentMs: at };
}
