import { mat4, quat, vec3 } from 'gl-matrix';
import type { Pose } from '../math/types';
import { poseHistoryCapacity, readPosition, readRotation, type PoseHistory } from './pose-history';

export { clearPoses, createPoseHistory, pushPose, type PoseHistory } from './pose-history';

const deg = Math.PI / 180;

/** Limits of the prediction; the horizon as in QUASAR's pose simulator (PoseSendRecvSimulator.h). */
export const predictionLimits = Object.freeze({
  /** Faster than a run of 3.2 m/s; a measured speed above it is noise. */
  speedMps: 4,
  /** Half a turn in a second is at 270 degrees/s in its middle: QUASAR's 200 would lag behind it. */
  angularRadPerS: 360 * deg,
  /** A step of 25 cm in 0.4 s begins with 9.4 m/s², half a turn in a second with 1080 degrees/s²; more is noise. */
  accelerationMps2: 12,
  angularRadPerS2: 2500 * deg,
  /** Further ahead the head is held where it would be then: over-prediction is worse than lag. */
  horizonMs: 100,
  /** Velocity and acceleration are taken over this much of the newest past, half against half. */
  windowMs: 67,
  /** Samples further apart than this say nothing about the velocity now. */
  gapMs: 150,
});

/** Accelerations of this size are as likely noise of the tracking as not (0.1 mm, 0.02 degrees), and count half. */
const doubtMps2 = 0.3;
const doubtRadPerS2 = 45 * deg;
/**
 * A head that speeds up does so for a short while, one that slows down until it stands: found on the traces of
 * `src/latency/head-traces`, with and without noise.
 */
const speedUpS = 0.03;
const slowDownS = 0.1;
/** A head has turned back when it went back since the last sample at this share of the speed found for now. */
const turnSeen = 0.25;
/** Samples may come this much late and still be in the window. */
const slackMs = 2;

const rotation: quat = [0, 0, 0, 1];
const middleRotation: quat = [0, 0, 0, 1];
const oldRotation: quat = [0, 0, 0, 1];
const delta: quat = [0, 0, 0, 1];
const position: vec3 = [0, 0, 0];
const middlePosition: vec3 = [0, 0, 0];
const oldPosition: vec3 = [0, 0, 0];
const newer: vec3 = [0, 0, 0];
const older: vec3 = [0, 0, 0];
const last: vec3 = [0, 0, 0];
const middleVelocity: vec3 = [0, 0, 0];

/**
 * Where the head will be at `atMs`, written into `out`. Velocity and acceleration come from two halves of the newest past;
 * the acceleration fades, and a head that slows down stops where its speed is used up, so that it is not predicted past
 * its stop. All within {@link predictionLimits}. For a time before the newest sample it is the newest sample; without
 * samples, the origin.
 */
export function predictPose(history: PoseHistory, atMs: number, out: Pose): Pose {
  if (history.count === 0) return mat4.identity(out) as Pose;
  const { newest, timesMs } = history;
  readRotation(rotation, history, newest);
  readPosition(position, history, newest);
  const aheadMs = Math.min(atMs - timesMs[newest]!, predictionLimits.horizonMs);
  const old = aheadMs > 0 ? oldestInWindow(history) : -1;
  if (old >= 0) {
    const middle = middleSample(history, old);
    const before = (newest - 1 + poseHistoryCapacity) % poseHistoryCapacity;
    const aheadS = aheadMs / 1000;
    const newerS = (timesMs[newest]! - timesMs[middle]!) / 1000;
    const lastS = (timesMs[newest]! - timesMs[before]!) / 1000;
    const olderS = (timesMs[middle]! - timesMs[old]!) / 1000;
    readPosition(middlePosition, history, middle);
    readPosition(oldPosition, history, old);
    vec3.subtract(newer, position, middlePosition);
    vec3.subtract(older, middlePosition, oldPosition);
    readPosition(last, history, before);
    vec3.subtract(last, position, last);
    moveAhead(newerS, olderS, lastS, aheadS, predictionLimits.speedMps, predictionLimits.accelerationMps2, doubtMps2);
    vec3.add(position, position, newer);
    readRotation(middleRotation, history, middle);
    readRotation(oldRotation, history, old);
    rotationVector(newer, middleRotation, rotation);
    rotationVector(older, oldRotation, middleRotation);
    readRotation(oldRotation, history, before);
    rotationVector(last, oldRotation, rotation);
    const { angularRadPerS, angularRadPerS2 } = predictionLimits;
    moveAhead(newerS, olderS, lastS, aheadS, angularRadPerS, angularRadPerS2, doubtRadPerS2);
    turn(rotation, newer);
  }
  return mat4.fromRotationTranslation(out, rotation, position) as Pose;
}

/** Ring index of the oldest sample within the window, or of the one before the newest; -1 when there is none to use. */
function oldestInWindow(history: PoseHistory): number {
  const newestMs = history.timesMs[history.newest]!;
  let found = -1;
  for (let back = 1; back < history.count; back++) {
    const index = (history.newest - back + poseHistoryCapacity) % poseHistoryCapacity;
    const ageMs = newestMs - history.timesMs[index]!;
    if (ageMs > (back === 1 ? predictionLimits.gapMs : predictionLimits.windowMs + slackMs)) break;
    found = index;
  }
  return found;
}

/** The sample nearest to the middle of the window; the oldest itself when there is nothing between it and the newest. */
function middleSample(history: PoseHistory, old: number): number {
  const { timesMs, newest } = history;
  const middleMs = (timesMs[newest]! + timesMs[old]!) / 2;
  let best = old;
  let bestMs = Number.POSITIVE_INFINITY;
  const between = (newest - old + poseHistoryCapacity) % poseHistoryCapacity;
  for (let back = 1; back < between; back++) {
    const index = (newest - back + poseHistoryCapacity) % poseHistoryCapacity;
    const offMs = Math.abs(timesMs[index]! - middleMs);
    if (offMs < bestMs) {
      best = index;
      bestMs = offMs;
    }
  }
  return best;
}

/**
 * Where a point (or a rotation vector) goes from here. Takes the ways of the two halves of the past in `newer` and `older`
 * and the way since the last sample in `last`; `newer` becomes the way of the next `aheadS` seconds.
 * @param olderS 0: there is only the newer half
 */
function moveAhead(
  newerS: number,
  olderS: number,
  lastS: number,
  aheadS: number,
  mostSpeed: number,
  mostAcceleration: number,
  doubt: number,
): void {
  vec3.scale(newer, newer, 1 / newerS);
  if (olderS > 0) {
    vec3.scale(older, older, 1 / olderS);
    const spanS = (newerS + olderS) / 2;
    // From here on `older` is the acceleration, and `newer` the mean velocity until it is brought up to now.
    const mean = newerS / (newerS + olderS);
    for (let i = 0; i < 3; i++) {
      const acceleration = (newer[i]! - older[i]!) / spanS;
      newer[i] = mean * newer[i]! + (1 - mean) * older[i]!;
      older[i] = acceleration;
    }
    const size = vec3.length(older);
    const trust = (size * size) / (size * size + doubt * doubt);
    vec3.scale(older, older, size > 0 ? (trust * Math.min(size, mostAcceleration)) / size : 0);
    vec3.copy(middleVelocity, newer);
    // The mean velocity is that of the middle of the window.
    vec3.scaleAndAdd(newer, newer, older, (newerS + olderS) / 2);
    const seen = vec3.dot(newer, last) / lastS;
    if (seen < 0 || (vec3.dot(newer, middleVelocity) < 0 && seen < turnSeen * vec3.squaredLength(newer))) {
      // It was slowing down, and has not been seen to turn back: it stands, as far as that way goes.
      vec3.normalize(newer, newer);
      vec3.scaleAndAdd(older, older, newer, -vec3.dot(older, newer));
      vec3.zero(newer);
    }
  } else {
    vec3.zero(older);
  }
  const speed = vec3.length(newer);
  if (speed > mostSpeed) vec3.scale(newer, newer, mostSpeed / speed);
  wayAhead(newer, older, aheadS);
  const way = vec3.length(newer);
  if (way > mostSpeed * aheadS) vec3.scale(newer, newer, (mostSpeed * aheadS) / way);
}

/** Velocity and a fading acceleration become a way, written into `velocity`. */
function wayAhead(velocity: vec3, acceleration: vec3, aheadS: number): void {
  const speed = vec3.length(velocity);
  // Without a motion there is none to slow down.
  const along = speed > 0 ? vec3.dot(velocity, acceleration) / speed : 0;
  if (along < 0) {
    // The speed is v + a tau (1 - e^(-t / tau)): where that is used up the head stands, and does not turn back.
    const left = 1 + speed / (along * slowDownS);
    const stopS = left > 0 ? Math.min(aheadS, -slowDownS * Math.log(left)) : aheadS;
    const straight = speed * stopS + along * fadingWay(slowDownS, stopS);
    const bend = fadingWay(speedUpS, stopS);
    for (let i = 0; i < 3; i++) {
      const unit = velocity[i]! / speed;
      velocity[i] = unit * straight + (acceleration[i]! - along * unit) * bend;
    }
    return;
  }
  const gain = fadingWay(speedUpS, aheadS);
  for (let i = 0; i < 3; i++) velocity[i] = velocity[i]! * aheadS + acceleration[i]! * gain;
}

/** Way from rest, for an acceleration of 1 that fades with the time constant. */
function fadingWay(fadeS: number, s: number): number {
  return fadeS * (s - fadeS * (1 - Math.exp(-s / fadeS)));
}

/** Rotation vector (radians, world axes) from one rotation to another, the short way round. */
function rotationVector(out: vec3, from: quat, to: quat): void {
  quat.conjugate(from, from);
  quat.multiply(delta, to, from);
  quat.conjugate(from, from);
  const sine = Math.hypot(delta[0], delta[1], delta[2]);
  const scale = sine < 1e-9 ? 0 : (2 * Math.atan2(sine, Math.abs(delta[3]))) / sine;
  const sign = delta[3] < 0 ? -scale : scale;
  vec3.set(out, delta[0] * sign, delta[1] * sign, delta[2] * sign);
}

function turn(out: quat, by: vec3): void {
  const angleRad = vec3.length(by);
  if (angleRad < 1e-9) return;
  vec3.scale(by, by, 1 / angleRad);
  quat.setAxisAngle(delta, by, angleRad);
  quat.multiply(out, delta, out);
  quat.normalize(out, out);
}
