import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clearPoses, createPoseHistory, predictionLimits, predictPose, pushPose } from '../../../src/action/predict';
import { angleBetween, createPose, distanceBetween, poseFromYawPitch } from '../../../src/math/pose';

const degree = Math.PI / 180;
const frameMs = 1000 / 72;

/** A head that moves steadily: five display frames up to `endMs`. */
function steady(endMs: number, speedMps: number, yawRadPerS: number, pitchRad = 0) {
  const history = createPoseHistory();
  for (let i = 4; i >= 0; i--) {
    const atMs = endMs - i * frameMs;
    pushPose(history, atMs, truth(atMs, speedMps, yawRadPerS, pitchRad));
  }
  return history;
}

function truth(atMs: number, speedMps: number, yawRadPerS: number, pitchRad = 0) {
  const s = atMs / 1000;
  return poseFromYawPitch([speedMps * s, 1.6, -0.5 * speedMps * s], yawRadPerS * s, pitchRad);
}

describe('the predicted head', () => {
  test('follows steady walking and turning exactly, at any yaw and pitch', () => {
    const cases = fc.tuple(
      fc.double({ min: 100, max: 5000, noNaN: true }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: -190, max: 190, noNaN: true }),
      fc.double({ min: -85, max: 85, noNaN: true }),
      fc.double({ min: 0, max: 100, noNaN: true }),
    );
    fc.assert(
      fc.property(cases, ([endMs, speedMps, degreesPerS, pitch, aheadMs]) => {
        const history = steady(endMs, speedMps, degreesPerS * degree, pitch * degree);
        const predicted = predictPose(history, endMs + aheadMs, createPose());
        const real = truth(endMs + aheadMs, speedMps, degreesPerS * degree, pitch * degree);
        expect(distanceBetween(predicted, real)).toBeLessThan(2e-3);
        expect(angleBetween(predicted, real)).toBeLessThan(0.1 * degree);
      }),
    );
  });

  test('is much closer than the last known pose for a swinging head', () => {
    const history = createPoseHistory();
    const yawAt = (ms: number) => 30 * degree * Math.sin((2 * Math.PI * ms) / 1000);
    let errorPredicted = 0;
    let errorHeld = 0;
    for (let ms = 0; ms < 3000; ms += frameMs) {
      const pose = poseFromYawPitch([0, 1.6, 0], yawAt(ms), 0);
      pushPose(history, ms, pose);
      const real = poseFromYawPitch([0, 1.6, 0], yawAt(ms + 40), 0);
      errorPredicted += angleBetween(predictPose(history, ms + 40, createPose()), real);
      errorHeld += angleBetween(pose, real);
    }
    expect(errorPredicted).toBeLessThan(0.35 * errorHeld);
  });

  test('follows a steady acceleration better than a steady velocity does', () => {
    const history = createPoseHistory();
    const wayM = (ms: number) => 0.5 * 2 * (ms / 1000) ** 2;
    for (let ms = 0; ms <= 200; ms += frameMs) pushPose(history, ms, poseFromYawPitch([wayM(ms), 1.6, 0], 0, 0));
    const newestMs = Math.floor(200 / frameMs) * frameMs;
    const real = wayM(newestMs + 50);
    const steadyM = wayM(newestMs) + ((wayM(newestMs) - wayM(newestMs - frameMs)) / frameMs) * 50;
    const predicted = predictPose(history, newestMs + 50, createPose())[12];
    expect(Math.abs(predicted - real)).toBeLessThan(0.8 * Math.abs(steadyM - real));
  });

  test('never turns back and never goes on for long when a head slows down to a stop', () => {
    const slowing = fc.tuple(
      fc.double({ min: 0.3, max: 2, noNaN: true }),
      fc.double({ min: 2, max: 11, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    );
    fc.assert(
      fc.property(slowing, ([speedMps, brakeMps2, share]) => {
        // It walks, then brakes; it is asked somewhere on the way to the stop.
        const stopS = speedMps / brakeMps2;
        const wayM = (s: number) => (s < 0 ? speedMps * s : speedMps * Math.min(s, stopS) - 0.5 * brakeMps2 * Math.min(s, stopS) ** 2);
        const nowS = 0.07 + share * Math.max(0, stopS - 0.07);
        const history = createPoseHistory();
        for (let k = 6; k >= 0; k--) {
          const s = nowS - (k * frameMs) / 1000;
          pushPose(history, 1000 * s + 1000, poseFromYawPitch([wayM(s), 1.6, 0], 0, 0));
        }
        const predicted = predictPose(history, 1000 * nowS + 1100, createPose())[12];
        const newest = wayM(nowS);
        const steadyM = newest + 0.1 * ((newest - wayM(nowS - frameMs / 1000)) / (frameMs / 1000));
        expect(predicted).toBeGreaterThanOrEqual(newest - 1e-4);
        expect(predicted).toBeLessThanOrEqual(steadyM + 1e-4);
      }),
    );
  });

  test('goes no faster than its limits however hard the head is shaken', () => {
    const shaken = fc.array(fc.tuple(fc.double({ min: -0.3, max: 0.3, noNaN: true }), fc.double({ min: -0.3, max: 0.3, noNaN: true })), {
      minLength: 2,
      maxLength: 12,
    });
    fc.assert(
      fc.property(shaken, fc.double({ min: 1, max: 100, noNaN: true }), (places, aheadMs) => {
        const history = createPoseHistory();
        let newest = createPose();
        places.forEach(([x, yaw], k) => pushPose(history, k * 12, (newest = poseFromYawPitch([x, 1.6, 0], yaw, 0))));
        const predicted = predictPose(history, (places.length - 1) * 12 + aheadMs, createPose());
        expect(distanceBetween(predicted, newest)).toBeLessThanOrEqual((predictionLimits.speedMps * aheadMs) / 1000 + 1e-4);
        const mostRad = (predictionLimits.angularRadPerS * aheadMs) / 1000;
        expect(angleBetween(predicted, newest)).toBeLessThanOrEqual(mostRad + 1e-3);
      }),
    );
  });

  test('is held beyond the horizon', () => {
    const history = steady(1000, 1, 1);
    const atHorizon = predictPose(history, 1000 + predictionLimits.horizonMs, createPose());
    expect(predictPose(history, 1000 + 5000, createPose())).toEqual(atHorizon);
  });

  test('never runs ahead faster than the limits allow', () => {
    const history = steady(1000, 9, 600 * degree);
    const newest = truth(1000, 9, 600 * degree);
    const predicted = predictPose(history, 1100, createPose());
    expect(distanceBetween(predicted, newest)).toBeLessThanOrEqual(0.1 * predictionLimits.speedMps + 1e-4);
    expect(distanceBetween(predicted, newest)).toBeGreaterThan(0.35);
    expect(angleBetween(predicted, newest)).toBeCloseTo(36 * degree, 2);
  });

  test.each([60, 72, 90, 120])('does not take a snap turn for a motion, at %i Hz', (hz) => {
    const history = createPoseHistory();
    for (let i = 0; i < 6; i++) {
      pushPose(history, (i * 1000) / hz, poseFromYawPitch([0, 1.6, 0], i < 5 ? 0 : 30 * degree, 0));
    }
    const after = poseFromYawPitch([0, 1.6, 0], 30 * degree, 0);
    expect(angleBetween(predictPose(history, 5000 / hz + 80, createPose()), after)).toBeLessThan(0.01 * degree);
  });

  test('stands still when the last samples are too far apart to tell', () => {
    const history = createPoseHistory();
    pushPose(history, 0, poseFromYawPitch([0, 1.6, 0], 0, 0));
    pushPose(history, 400, poseFromYawPitch([1, 1.6, 0], 0, 0));
    expect(predictPose(history, 450, createPose())[12]).toBe(1);
  });

  test('ignores samples that arrive late and replaces one of the same time', () => {
    const history = createPoseHistory();
    pushPose(history, 100, poseFromYawPitch([0.1, 1.6, 0], 0, 0));
    pushPose(history, 90, poseFromYawPitch([7, 1.6, 0], 0, 0));
    expect(predictPose(history, 100, createPose())[12]).toBeCloseTo(0.1, 6);
    pushPose(history, 100, poseFromYawPitch([0.101, 1.6, 0], 0, 0));
    expect(predictPose(history, 100, createPose())[12]).toBeCloseTo(0.101, 6);
    expect(history.count).toBe(1);
  });

  test('is the origin before the first sample and after clearing', () => {
    const history = steady(1000, 1, 1);
    clearPoses(history);
    expect(predictPose(history, 1000, createPose())).toEqual(createPose());
    expect(predictPose(createPoseHistory(), 1000, createPose())).toEqual(createPose());
  });

  test('stays rigid and finite after hundreds of frames', () => {
    const history = createPoseHistory();
    for (let i = 0; i < 500; i++) pushPose(history, i * frameMs, truth(i * frameMs, 1.6, 1.2, 0.4));
    const pose = predictPose(history, 500 * frameMs, createPose());
    for (let column = 0; column < 3; column++) {
      expect(Math.hypot(pose[column * 4], pose[column * 4 + 1], pose[column * 4 + 2])).toBeCloseTo(1, 5);
    }
  });
});
