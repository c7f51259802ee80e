import { mat4, quat, vec3 } from 'gl-matrix';
import type { Pose } from '../math/types';

/** Limits of the prediction; horizon and angular speed as in QUASAR's pose simulator (PoseSendRecvSimulator.h). */
export const predictionLimits = Object.freeze({
  /** Faster than a run of 3.2 m/s; a measured speed above it is noise. */
  speedMps: 4,
  angularRadPerS: (200 * Math.PI) / 180,
  /** Further ahead the head is held where it would be then: over-prediction is worse than lag. */
  horizonMs: 100,
  /** The velocity is the mean over this much of the newest past: two to four display frames. */
  windowMs: 45,
  /** Samples further apart than this say nothing about the velocity now. */
  gapMs: 150,
});

// Between two samples no head does this: a snap turn, a teleport, a recentred headset. What came before is forgotten.
const jumpRadPerS = (800 * Math.PI) / 180;
const jumpMps = 12;

const capacity = 16;

/** The newest {@link capacity} head poses with their times, in a ring. */
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
    timesMs: new Float64Array(capacity),
    positions: new Float64Array(capacity * 3),
    rotations: new Float64Array(capacity * 4),
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
const delta: quat = [0, 0, 0, 1];
const position: vec3 = [0, 0, 0];
const axis: vec3 = [0, 0, 0];

/**
 * Adds a pose measured at `atMs`. A sample that is not newer than the newest one replaces it when the times are equal
 * and is ignored otherwise. A jump (a snap turn, a teleport) starts the history afresh.
 */
export function pushPose(history: PoseHistory, atMs: number, pose: Pose): void {
  let index = 0;
  if (history.count > 0) {
    const elapsedMs = atMs - history.timesMs[history.newest];
    if (!(elapsedMs >= 0)) return;
    index = elapsedMs === 0 ? history.newest : (history.newest + 1) % capacity;
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
  history.count = Math.min(history.count + 1, capacity);
}

/**
 * Where the head will be at `atMs`, written into `out`: constant linear and angular velocity, within
 * {@link predictionLimits}. For a time before the newest sample it is the newest sample; without samples, the origin.
 */
export function predictPose(history: PoseHistory, atMs: number, out: Pose): Pose {
  if (history.count === 0) return mat4.identity(out) as Pose;
  const { newest } = history;
  readRotation(rotation, history, newest);
  readPosition(position, history, newest);
  const aheadMs = Math.min(atMs - history.timesMs[newest], predictionLimits.horizonMs);
  const past = aheadMs > 0 ? referenceSample(history) : -1;
  if (past >= 0) {
    const spanMs = history.timesMs[newest] - history.timesMs[past];
    movePosition(history, past, aheadMs, spanMs);
    turnRotation(history, past, aheadMs, spanMs);
  }
  return mat4.fromRotationTranslation(out, rotation, position) as Pose;
}

/** Ring index of the oldest sample within the window, or of the one before the newest; -1 when there is none to use. */
function referenceSample(history: PoseHistory): number {
  const newestMs = history.timesMs[history.newest];
  let found = -1;
  for (let back = 1; back < history.count; back++) {
    const index = (history.newest - back + capacity) % capacity;
    const ageMs = newestMs - history.timesMs[index];
    if (ageMs > (back === 1 ? predictionLimits.gapMs : predictionLimits.windowMs)) break;
    found = index;
  }
  return found;
}

function movePosition(history: PoseHistory, past: number, aheadMs: number, spanMs: number): void {
  readPosition(axis, history, past);
  vec3.subtract(axis, position, axis);
  const speedMps = (vec3.length(axis) / spanMs) * 1000;
  const clamp = speedMps > predictionLimits.speedMps ? predictionLimits.speedMps / speedMps : 1;
  vec3.scaleAndAdd(position, position, axis, (aheadMs / spanMs) * clamp);
}

function turnRotation(history: PoseHistory, past: number, aheadMs: number, spanMs: number): void {
  readRotation(otherRotation, history, past);
  quat.conjugate(otherRotation, otherRotation);
  quat.multiply(delta, rotation, otherRotation);
  if (delta[3] < 0) quat.scale(delta, delta, -1);
  const sine = Math.hypot(delta[0], delta[1], delta[2]);
  if (sine < 1e-9) return;
  const angleRad = 2 * Math.atan2(sine, delta[3]);
  vec3.set(axis, delta[0] / sine, delta[1] / sine, delta[2] / sine);
  const rateRadPerS = Math.min((angleRad / spanMs) * 1000, predictionLimits.angularRadPerS);
  quat.setAxisAngle(delta, axis, (rateRadPerS * aheadMs) / 1000);
  quat.multiply(rotation, delta, rotation);
  quat.normalize(rotation, rotation);
}

function readPosition(out: vec3, history: PoseHistory, index: number): void {
  for (let i = 0; i < 3; i++) out[i] = history.positions[index * 3 + i];
}

function readRotation(out: quat, history: PoseHistory, index: number): void {
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

// gl-matrix's mat4.getRotation allocates on every call, and this runs for every display frame.
function quaternionFromPose(out: quat, m: Pose): quat {
  const trace = m[0] + m[5] + m[10];
  if (trace > 0) {
    const s = Math.sqrt(trace + 1) * 2;
    quat.set(out, (m[6] - m[9]) / s, (m[8] - m[2]) / s, (m[1] - m[4]) / s, s / 4);
  } else if (m[0] > m[5] && m[0] > m[10]) {
    const s = Math.sqrt(1 + m[0] - m[5] - m[10]) * 2;
    quat.set(out, s / 4, (m[1] + m[4]) / s, (m[8] + m[2]) / s, (m[6] - m[9]) / s);
  } else if (m[5] > m[10]) {
    const s = Math.sqrt(1 + m[5] - m[0] - m[10]) * 2;
    quat.set(out, (m[1] + m[4]) / s, s / 4, (m[6] + m[9]) / s, (m[8] - m[2]) / s);
  } else {
    const s = Math.sqrt(1 + m[10] - m[0] - m[5]) * 2;
    quat.set(out, (m[8] + m[2]) / s, (m[6] + m[9]) / s, s / 4, (m[1] - m[4]) / s);
  }
  return quat.normalize(out, out);
}
