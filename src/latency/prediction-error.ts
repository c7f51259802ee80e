import { clearPoses, createPoseHistory, predictPose, pushPose } from '../action/predict';
import { createPose } from '../math/pose';
import type { Pose } from '../math/types';
import { durationMs, poseOfSample, readSample, samplesOf, type HeadTrace } from './head-traces/head-trace';
import { angleOf, distanceOf, mixSamples, rotationBetween, sampleLength, writeSample } from './rotation';
import { summarise, type Summary } from './summary';

/** Something that says where the head will be; it sees the poses in order, one at a time. */
export interface Predictor {
  /** The head was seen there. */
  see(atMs: number, rigFromHead: Pose): void;
  /** Where it will be. @param atMs the time of the newest pose, or later */
  predict(atMs: number, out: Pose): void;
}

/** The product's own prediction. */
export function productPredictor(): Predictor {
  const history = createPoseHistory();
  clearPoses(history);
  return {
    see: (atMs, pose) => pushPose(history, atMs, pose),
    predict: (atMs, out) => void predictPose(history, atMs, out),
  };
}

/** No prediction: the head stays where it was seen last. */
export function holdPredictor(): Predictor {
  const last = createPose();
  return { see: (_atMs, pose) => last.set(pose), predict: (_atMs, out) => out.set(last) };
}

/** The plain thing to beat: constant velocity between the two newest poses, without any limit. */
export function constantVelocityPredictor(): Predictor {
  const before = new Float64Array(sampleLength);
  const newest = new Float64Array(sampleLength);
  const ahead = new Float64Array(sampleLength);
  const turn = new Float64Array(3);
  let beforeMs = Number.NaN;
  let newestMs = Number.NaN;
  return {
    see(atMs, pose) {
      before.set(newest);
      beforeMs = newestMs;
      writeSample(newest, 0, pose);
      newestMs = atMs;
    },
    predict(atMs, out) {
      ahead.set(newest);
      const share = (atMs - newestMs) / (newestMs - beforeMs);
      if (Number.isFinite(share)) {
        for (let i = 0; i < 3; i++) ahead[i]! += (newest[i]! - before[i]!) * share;
        rotationBetween(turn, before, 0, newest, 0);
        turnSample(ahead, turn, share);
      }
      poseOfSample(ahead, out);
    },
  };
}

/** Turns the rotation of a sample by a rotation vector (radians, world axes) times `share`. */
function turnSample(sample: Float64Array, turn: Float64Array, share: number): void {
  const angleRad = Math.hypot(turn[0]!, turn[1]!, turn[2]!);
  const half = (angleRad * share) / 2;
  const s = angleRad > 0 ? Math.sin(half) / angleRad : 0;
  const [ax, ay, az, aw] = [turn[0]! * s, turn[1]! * s, turn[2]! * s, Math.cos(half)];
  const [bx, by, bz, bw] = [sample[3]!, sample[4]!, sample[5]!, sample[6]!];
  sample[3] = aw * bx + ax * bw + ay * bz - az * by;
  sample[4] = aw * by - ax * bz + ay * bw + az * bx;
  sample[5] = aw * bz + ax * by - ay * bx + az * bw;
  sample[6] = aw * bw - ax * bx - ay * by - az * bz;
}

export type ErrorSummary = Summary & { rms: number };

/** How far off predictions were. Over-prediction counts where it goes on past the truth, 0 elsewhere. */
export type PredictionError = {
  rotationErrDeg: ErrorSummary;
  positionErrM: ErrorSummary;
  overshootDeg: ErrorSummary;
  overshootM: ErrorSummary;
};

/** The way of the head is taken over so long before the prediction, ms. */
const motionMs = 20;
const deg = 180 / Math.PI;

/**
 * Plays a trace to a predictor and holds every prediction against where the head really was `horizonMs` later, between two
 * samples of the trace if need be. Pure.
 */
export function evaluate(trace: HeadTrace, predictor: Predictor, horizonMs: number): PredictionError {
  const errors = { rotationErrDeg: [], positionErrM: [], overshootDeg: [], overshootM: [] } as Record<keyof PredictionError, number[]>;
  const pose = createPose();
  const now = new Float64Array(sampleLength);
  const earlier = new Float64Array(sampleLength);
  const truth = new Float64Array(sampleLength);
  const guess = new Float64Array(sampleLength);
  const lastMs = durationMs(trace) - horizonMs;
  for (let k = 0; k < samplesOf(trace); k++) {
    const atMs = (k * 1000) / trace.rateHz;
    if (atMs > lastMs) break;
    readSample(trace, k, now);
    predictor.see(atMs, poseOfSample(now, pose));
    // The first predictions have no past to know anything from.
    if (atMs < 100) continue;
    predictor.predict(atMs + horizonMs, pose);
    writeSample(guess, 0, pose);
    sampleAt(trace, atMs + horizonMs, truth);
    sampleAt(trace, atMs - motionMs, earlier);
    errors.rotationErrDeg.push(angleOf(guess, 0, truth, 0) * deg);
    errors.positionErrM.push(distanceOf(guess, 0, truth, 0));
    errors.overshootDeg.push(overshootRad(earlier, now, guess, truth) * deg);
    errors.overshootM.push(overshootOf(earlier, now, guess, truth));
  }
  return {
    rotationErrDeg: summed(errors.rotationErrDeg),
    positionErrM: summed(errors.positionErrM),
    overshootDeg: summed(errors.overshootDeg),
    overshootM: summed(errors.overshootM),
  };
}

function summed(values: number[]): ErrorSummary {
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  return { ...summarise(values), rms: Math.sqrt(squares / values.length) };
}

/** Where the head was at any time of the trace. */
function sampleAt(trace: HeadTrace, atMs: number, out: Float64Array): void {
  const at = Math.max(0, (atMs * trace.rateHz) / 1000);
  const index = Math.min(Math.floor(at), samplesOf(trace) - 2);
  readSample(trace, index, low);
  readSample(trace, index + 1, high);
  mixSamples(out, low, 0, high, 0, Math.min(1, at - index));
}

/**
 * How far a predicted rotation lies beyond the true one along the way in which the head was turning when it was predicted;
 * for a head that did not turn, along the way in which it was predicted to. At least 0, radians.
 */
export function overshootRad(earlier: Float64Array, now: Float64Array, guess: Float64Array, truth: Float64Array): number {
  rotationBetween(way, earlier, 0, now, 0);
  if (Math.hypot(way[0]!, way[1]!, way[2]!) < 1e-4) rotationBetween(way, now, 0, guess, 0);
  rotationBetween(beyond, truth, 0, guess, 0);
  return along(beyond, way);
}

/** The same for positions, metres. */
export function overshootOf(earlier: Float64Array, now: Float64Array, guess: Float64Array, truth: Float64Array): number {
  for (let i = 0; i < 3; i++) way[i] = now[i]! - earlier[i]!;
  if (Math.hypot(way[0]!, way[1]!, way[2]!) < 1e-4) for (let i = 0; i < 3; i++) way[i] = guess[i]! - now[i]!;
  for (let i = 0; i < 3; i++) beyond[i] = guess[i]! - truth[i]!;
  return along(beyond, way);
}

function along(vector: Float64Array, direction: Float64Array): number {
  const length = Math.hypot(direction[0]!, direction[1]!, direction[2]!);
  if (length === 0) return 0;
  const dot = vector[0]! * direction[0]! + vector[1]! * direction[1]! + vector[2]! * direction[2]!;
  return Math.max(0, dot / length);
}

const low = new Float64Array(sampleLength);
const high = new Float64Array(sampleLength);
const way = new Float64Array(3);
const beyond = new Float64Array(3);
