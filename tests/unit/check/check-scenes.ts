import { createAction } from '../../../src/action/action-codec';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createRandom } from '../../../src/math/hash';
import { createPose, invertRigid, poseFromYawPitch } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import { Simulator } from '../../../workers/backends/simulator/simulator';
import { sanitiseInverseDepth } from '../../../workers/mesh/sanitise';

/** One frame as a model hands it over. */
export type Shot = { color: Uint8ClampedArray; inverseDepth: Float32Array; camera: Intrinsics; worldFromCamera: Pose };

/** Where a head goes, beside the place where the visit starts: metres right, up, ahead, radians left, up, roll. */
export type HeadMotion = (frame: number) => [right: number, up: number, ahead: number, yaw: number, pitch: number, roll: number];

/** A person who looks about and shifts their weight: every axis moves, none in step with another. */
export function lively(seed: number): HeadMotion {
  const random = createRandom(seed);
  const phase = Array.from({ length: 6 }, () => 2 * Math.PI * random());
  const pace = Array.from({ length: 6 }, () => 0.28 + 0.35 * random());
  const width = [0.35, 0.15, 0.3, 0.45, 0.2, 0.1];
  return (k) => width.map((w, axis) => w * Math.sin(pace[axis] * k + phase[axis])) as ReturnType<HeadMotion>;
}

/** Poses of a motion around `start`, upright by the start's heading. */
export function posesOf(start: Pose, motion: HeadMotion, frames: number): Pose[] {
  const yaw0 = Math.atan2(start[8], start[10]);
  return Array.from({ length: frames }, (_, k) => {
    const [right, up, ahead, yaw, pitch, roll] = motion(k);
    const x = start[12] + right * Math.cos(yaw0) - ahead * Math.sin(yaw0);
    const z = start[14] - right * Math.sin(yaw0) - ahead * Math.cos(yaw0);
    return poseFromYawPitch([x, start[13] + up, z], yaw0 + yaw, pitch, roll);
  });
}

/** Exact pictures of the courtyards along a motion. */
export async function filmOf(seed: number, motion: HeadMotion, frames: number, size = 96): Promise<Shot[]> {
  const simulator = new Simulator(size);
  const { worldFromHead } = await simulator.open(seed, null);
  return filmAlong(simulator, posesOf(worldFromHead, motion, frames));
}

export async function filmAlong(simulator: Simulator, poses: readonly Pose[]): Promise<Shot[]> {
  const action = createAction();
  const shots: Shot[] = [];
  for (const pose of poses) {
    action.worldFromPredictedHead.set(pose);
    const { color, inverseDepth, camera } = await simulator.step(action);
    shots.push({
      color: color.slice(),
      inverseDepth: (inverseDepth as Float32Array).slice(),
      camera,
      worldFromCamera: pose.slice(),
    });
  }
  return shots;
}

/** Uniform errors of up to `most` steps of 255 in every colour. */
export function withNoise(shots: readonly Shot[], most: number, seed: number): Shot[] {
  const random = createRandom(seed);
  return shots.map((shot) => ({
    ...shot,
    color: shot.color.map((value) => value + (2 * random() - 1) * most),
  }));
}

const eachDepth = (shots: readonly Shot[], of: (d: number) => number): Shot[] =>
  shots.map((shot) => {
    const inverseDepth = shot.inverseDepth.map(of);
    sanitiseInverseDepth(inverseDepth);
    return { ...shot, inverseDepth };
  });

const eachPose = (shots: readonly Shot[], of: (pose: Pose) => Pose): Shot[] =>
  shots.map((shot) => ({ ...shot, worldFromCamera: of(shot.worldFromCamera) }));

const eachTexel = (shots: readonly Shot[], from: (x: number, y: number, size: number) => number): Shot[] =>
  shots.map((shot) => {
    const size = shot.camera.width;
    const color = shot.color.slice();
    const inverseDepth = shot.inverseDepth.slice();
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) {
        const i = from(x, y, size);
        color.set(shot.color.subarray(4 * i, 4 * i + 4), 4 * (y * size + x));
        inverseDepth[y * size + x] = shot.inverseDepth[i];
      }
    }
    return { ...shot, color, inverseDepth };
  });

/** What a model with a wrong convention would hand over for the same walk; pictures stay true, words about them do not. */
export const faults = {
  /** The declared pose is that of the frame `lag` steps before (the true one comes `lag` frames later). */
  poseOfAnotherFrame: (shots: readonly Shot[], lag: number) =>
    shots.map((shot, k) => ({
      ...shot,
      worldFromCamera: shots[Math.min(shots.length - 1, Math.max(0, k - lag))].worldFromCamera,
    })),
  /** Declares a camera whose right focal length is `factor` times the declared one. */
  focalLength: (shots: readonly Shot[], factor: number) =>
    shots.map((shot) => {
      const focal = shot.camera.fy / factor;
      const declared = intrinsicsFromFov(shot.camera.width, shot.camera.height, 2 * Math.atan(shot.camera.height / 2 / focal));
      return { ...shot, camera: declared };
    }),
  transposedRotation: (shots: readonly Shot[]) =>
    eachPose(shots, (p) => Float32Array.of(p[0], p[4], p[8], 0, p[1], p[5], p[9], 0, p[2], p[6], p[10], 0, p[12], p[13], p[14], 1)),
  rowMajor: (shots: readonly Shot[]) => eachPose(shots, (p) => p.map((_, i) => p[(i % 4) * 4 + (i >> 2)])),
  inverted: (shots: readonly Shot[]) => eachPose(shots, (p) => invertRigid(createPose(), p)),
  /** Camera axes as OpenCV has them, in a world with y up. */
  yDown: (shots: readonly Shot[]) => eachPose(shots, (p) => p.map((value, i) => (i >= 4 && i < 12 ? -value : value))),
  /** Camera and world as OpenCV has them. */
  yDownWorld: (shots: readonly Shot[]) =>
    eachPose(shots, (p) => p.map((value, i) => ((i % 4 === 1 || i % 4 === 2) !== (i >= 4 && i < 12) ? -value : value))),
  mirrored: (shots: readonly Shot[]) => eachTexel(shots, (x, y, size) => y * size + size - 1 - x),
  upsideDown: (shots: readonly Shot[]) => eachTexel(shots, (x, y, size) => (size - 1 - y) * size + x),
  turnedRound: (shots: readonly Shot[]) => eachTexel(shots, (x, y, size) => (size - 1 - y) * size + size - 1 - x),
  /** The right inverse depth is `factor` times what is given. */
  depthScale: (shots: readonly Shot[], factor: number) => eachDepth(shots, (d) => d / factor),
  distanceForInverse: (shots: readonly Shot[]) => eachDepth(shots, (d) => 1 / d),
  complement: (shots: readonly Shot[]) => eachDepth(shots, (d) => Math.max(0, 1 - d)),
  constantDepth: (shots: readonly Shot[], value: number) => eachDepth(shots, () => value),
  eightBit: (shots: readonly Shot[]) => eachDepth(shots, (d) => Math.round(255 * Math.min(d, 1)) / 255),
  invalid: (shots: readonly Shot[], share: number) => {
    const random = createRandom(5);
    return eachDepth(shots, (d) => (random() < share ? NaN : d));
  },
} as const;

