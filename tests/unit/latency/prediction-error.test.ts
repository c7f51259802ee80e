import { describe, expect, test } from 'vitest';
import { createTrace, setSample, type HeadTrace } from '../../../src/latency/head-traces/head-trace';
import { syntheticNames, syntheticTrace } from '../../../src/latency/head-traces/synthetic';
import {
  constantVelocityPredictor,
  evaluate,
  holdPredictor,
  productPredictor,
  type PredictionError,
} from '../../../src/latency/prediction-error';
import { createRandom } from '../../../src/math/hash';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';

const horizonsMs = [20, 50, 100];
const deg = Math.PI / 180;

/** A trace with as much noise as tracking has: 0.1 mm and 0.02 degrees a coordinate. */
function noisy(trace: HeadTrace): HeadTrace {
  const random = createRandom(5);
  const gauss = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const rotations = trace.rotations.map((value) => value + 0.01 * deg * gauss());
  for (let k = 0; k < rotations.length; k += 4) {
    const length = Math.hypot(...rotations.subarray(k, k + 4));
    for (let i = 0; i < 4; i++) rotations[k + i]! /= length;
  }
  return { ...trace, positions: trace.positions.map((value) => value + 1e-4 * gauss()), rotations };
}

/** The error that matters on a trace, as a root mean square: what it does most of, degrees or metres. */
function rms(name: string, { rotationErrDeg, positionErrM }: PredictionError): number {
  return name === 'sine-yaw' || name === 'turn' ? rotationErrDeg.rms : positionErrM.rms;
}

function overshoot(name: string, { overshootDeg, overshootM }: PredictionError): number {
  return name === 'sine-yaw' || name === 'turn' ? overshootDeg.rms : overshootM.rms;
}

describe('the product predicts', () => {
  const cells = syntheticNames.flatMap((name) => horizonsMs.map((horizonMs) => [name, horizonMs] as const));

  test.each(cells)('%s, %i ms ahead, better than constant velocity and far better than not at all', (name, horizonMs) => {
    const trace = syntheticTrace(name);
    const product = evaluate(trace, productPredictor(), horizonMs);
    const steady = evaluate(trace, constantVelocityPredictor(), horizonMs);
    const held = evaluate(trace, holdPredictor(), horizonMs);
    expect(rms(name, product)).toBeLessThan(0.9 * rms(name, steady));
    expect(rms(name, product)).toBeLessThan(0.35 * rms(name, held));
    // Who walks on in a circle never stops: what is past the truth there is 2 % of the way at most.
    const least = name === 'walk' ? (0.02 * horizonMs) / 1000 : 0;
    expect(overshoot(name, product)).toBeLessThan(Math.max(0.9 * overshoot(name, steady), least));
  });

  test.each(cells)('%s, %i ms ahead, no worse than constant velocity when the tracking is noisy', (name, horizonMs) => {
    const trace = noisy(syntheticTrace(name));
    const product = evaluate(trace, productPredictor(), horizonMs);
    const steady = evaluate(trace, constantVelocityPredictor(), horizonMs);
    expect(rms(name, product)).toBeLessThan(1.02 * rms(name, steady));
  });

  test('past a sudden stop much less than constant velocity does', () => {
    const trace = syntheticTrace('step-stop');
    for (const horizonMs of [50, 100]) {
      const product = evaluate(trace, productPredictor(), horizonMs);
      const steady = evaluate(trace, constantVelocityPredictor(), horizonMs);
      expect(product.positionErrM.rms).toBeLessThan(0.8 * steady.positionErrM.rms);
      expect(product.overshootM.p99).toBeLessThan(0.85 * steady.overshootM.p99);
    }
  });
});

describe('the error of a prediction', () => {
  /** A head that turns and walks steadily, 1 m/s and 50 degrees/s, and stands from half time on. */
  function stopping(): HeadTrace {
    const trace = createTrace(201, 100, 'Test', 'synthetic');
    const pose = createPose();
    for (let k = 0; k <= 200; k++) {
      const s = Math.min(k, 100) / 100;
      setSample(trace, k, poseFromYawPitch([0, 1.6, -s], 50 * deg * s, 0, 0, pose));
    }
    return trace;
  }

  test('without prediction is the way of the head, and never goes past the truth', () => {
    const error = evaluate(stopping(), holdPredictor(), 40);
    expect(error.positionErrM.max).toBeCloseTo(0.04, 4);
    expect(error.rotationErrDeg.max).toBeCloseTo(2, 2);
    expect(error.overshootDeg.max).toBeLessThan(1e-3);
    expect(error.overshootM.max).toBeLessThan(1e-5);
  });

  test('with constant velocity is none while it lasts, and all of it past the stop', () => {
    const error = evaluate(stopping(), constantVelocityPredictor(), 40);
    expect(error.positionErrM.p50).toBeLessThan(1e-5);
    expect(error.positionErrM.max).toBeCloseTo(0.04, 3);
    expect(error.overshootM.max).toBeCloseTo(0.04, 3);
    expect(error.overshootDeg.max).toBeCloseTo(2, 1);
  });

  test('counts a head that turns back as over-predicted, by as much as both go apart', () => {
    const trace = createTrace(101, 100, 'Test', 'synthetic');
    for (let k = 0; k <= 100; k++) {
      setSample(trace, k, poseFromYawPitch([0, 1.6, -0.01 * Math.abs(50 - k)], 0, 0));
    }
    // 1 m/s one way, then 1 m/s the other: a tenth of a second ahead, 20 cm too far.
    expect(evaluate(trace, constantVelocityPredictor(), 100).overshootM.max).toBeCloseTo(0.2, 3);
  });
});
