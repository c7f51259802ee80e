import { quat, type vec3 } from 'gl-matrix';
import { quaternionFromPose } from '../math/pose';
import type { Pose } from '../math/types';

// Between two samples no head does this: a snap turn, a teleport, a recentred headset. What came before is forgotten.
const jumpRadPerS = (800 * Math.PI) / 180;
const jumpMps = 12;

export const poseHistoryCapacity = 16;

/** The newest {@link poseHistoryCapacity} head poses with their times, in a ring. */
export type PoseHistory = {
  readonly timesMs: Float64Array;
  /** 3 a sample, metres. */
  readonly positions: Float64Array;
  /** 4 a sample: x, y, z, w. */
  readonly rotations: Float64Array;
  /** Samples held, at most the ring's length. */
  count: number;
  /** Ring index of the newest sample. */
  newest: number;
};

export function createPoseHistory(): PoseHistory {
  return {
    timesMs: new Float64Array(poseHistoryCapacity),
    positions: new Float64Array(poseHistoryCapacity * 3),
    rotations: new Float64Array(poseHistoryCapacity * 4),
    count: 0,
    newest: 0,
  };
}

/** Forgets all samples, e.g. when a visit starts elsewhere. */
export function clearPoses(history: PoseHistory): void {
  history.count = 0;
}

const rotation: quat = [0, 0, 0, 1];
const otherRotation: quat = [0, 0, 0, 1];

/**
 * Adds a pose measured at `atMs`. A sample that is not newer than the newest one replaces it when the times are equal
 * and is ignored otherwise. A jump (a snap turn, a teleport) starts the history afresh.
 */
export function pushPose(history: PoseHistory, atMs: number, pose: Pose): void {
  let index = 0;
  if (history.count > 0) {
    const elapsedMs = atMs - history.timesMs[history.newest];
    if (!(elapsedMs >= 0)) return;
    index = elapsedMs === 0 ? history.newest : (history.newest + 1) % poseHistoryCapacity;
    quaternionFromPose(rotation, pose);
    readRotation(otherRotation, history, history.newest);
    const s = Math.max(elapsedMs, 1) / 1000;
    if (angleBetweenRotations(rotation, otherRotation) > jumpRadPerS * s || distanceTo(history, pose) > jumpMps * s) {
      history.count = 0;
    }
    if (elapsedMs === 0 && history.count > 0) history.count--;
  }
  quaternionFromPose(rotation, pose);
  history.timesMs[index] = atMs;
  for (let i = 0; i < 3; i++) history.positions[index * 3 + i] = pose[12 + i];
  for (let i = 0; i < 4; i++) history.rotations[index * 4 + i] = rotation[i];
  history.newest = index;
  history.count = Math.min(history.count + 1, poseHistoryCapacity);
}

export function readPosition(out: vec3, history: PoseHistory, index: number): void {
  for (let i = 0; i < 3; i++) out[i] = history.positions[index * 3 + i];
}

export function readRotation(out: quat, history: PoseHistory, index: number): void {
  for (let i = 0; i < 4; i++) out[i] = history.rotations[index * 4 + i];
}

function angleBetweenRotations(a: quat, b: quat): number {
  return 2 * Math.acos(Math.min(Math.abs(quat.dot(a, b)), 1));
}

function distanceTo(history: PoseHistory, pose: Pose): number {
  const at = history.newest * 3;
  const { positions } = history;
  return Math.hypot(pose[12] - positions[at], pose[13] - positions[at + 1], pose[14] - positions[at + 2]);
}
