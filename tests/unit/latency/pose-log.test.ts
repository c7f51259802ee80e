import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PoseLog } from '../../../src/latency/pose-log';
import { angleOf, distanceOf, rotationBetween, sampleLength, writeSample } from '../../../src/latency/rotation';
import { angleBetween, distanceBetween, poseFromYawPitch } from '../../../src/math/pose';

const angle = fc.double({ min: -3, max: 3, noNaN: true });
const pose = fc.tuple(angle, angle, angle, angle).map(([x, yaw, pitch, roll]) => poseFromYawPitch([x, 1.6, -x], yaw, pitch, roll));

describe('rotations', () => {
  test('agree with the matrices they come from', () => {
    fc.assert(
      fc.property(pose, pose, (a, b) => {
        const [p, q, vector] = [new Float64Array(sampleLength), new Float64Array(sampleLength), new Float64Array(3)];
        writeSample(p, 0, a);
        writeSample(q, 0, b);
        expect(angleOf(p, 0, q, 0)).toBeCloseTo(angleBetween(a, b), 3);
        expect(distanceOf(p, 0, q, 0)).toBeCloseTo(distanceBetween(a, b), 6);
        rotationBetween(vector, p, 0, q, 0);
        expect(Math.hypot(...vector)).toBeCloseTo(angleOf(p, 0, q, 0), 9);
      }),
    );
  });

  test('have their axis in the world: a turn to the left is about +Y, whatever way one faces', () => {
    const [p, q, vector] = [new Float64Array(sampleLength), new Float64Array(sampleLength), new Float64Array(3)];
    writeSample(p, 0, poseFromYawPitch([0, 0, 0], 2, 0.4));
    writeSample(q, 0, poseFromYawPitch([0, 0, 0], 2.1, 0.4));
    rotationBetween(vector, p, 0, q, 0);
    expect(vector[1]).toBeCloseTo(0.1, 5);
    expect(Math.hypot(vector[0]!, vector[2]!)).toBeLessThan(1e-5);
  });
});

describe('the log of head poses', () => {
  /** A head that turns at 90 degrees a second and walks at 1 m/s, sampled every 10 ms. */
  const poseAt = (ms: number) => poseFromYawPitch([ms / 1000, 1.6, 0], (ms / 1000) * (Math.PI / 2), 0);
  function turning(capacity = 64, samples = 40): PoseLog {
    const log = new PoseLog(capacity);
    for (let k = 0; k < samples; k++) log.push(10 * k, poseAt(10 * k));
    return log;
  }

  test('knows where the head was between two samples', () => {
    const log = turning();
    const [found, truth] = [new Float64Array(sampleLength), new Float64Array(sampleLength)];
    for (const ms of [0, 3, 123.4, 390]) {
      expect(log.at(ms, found)).toBe(true);
      writeSample(truth, 0, poseAt(ms));
      expect(angleOf(found, 0, truth, 0)).toBeLessThan(1e-5);
      expect(distanceOf(found, 0, truth, 0)).toBeLessThan(1e-5);
    }
  });

  test('knows nothing before its samples, after them, or of what it has forgotten', () => {
    const found = new Float64Array(sampleLength);
    expect(new PoseLog().at(0, found)).toBe(false);
    expect(turning().at(-1, found)).toBe(false);
    expect(turning().at(391, found)).toBe(false);
    expect(turning(16).at(100, found)).toBe(false);
    expect(turning(16).at(245, found)).toBe(true);
    const log = turning();
    log.clear();
    expect(log.at(100, found)).toBe(false);
  });

  test('knows nothing in the middle of a snap turn, a teleport or a gap', () => {
    const found = new Float64Array(sampleLength);
    for (const [atMs, x, yaw] of [[400, 0.4, 2.4], [400, 5, 0.6], [600, 0.6, 0.9]] as const) {
      const log = turning();
      log.push(atMs, poseFromYawPitch([x, 1.6, 0], yaw, 0));
      expect(log.at(395, found)).toBe(false);
      expect(log.at(atMs, found)).toBe(true);
      expect(log.isSmooth(200, atMs)).toBe(false);
      expect(log.isSmooth(200, 380)).toBe(true);
    }
  });

  test('ignores a sample that is not newer', () => {
    const log = turning();
    log.push(390, poseFromYawPitch([9, 9, 9], 0, 0));
    log.push(200, poseFromYawPitch([9, 9, 9], 0, 0));
    log.push(Number.NaN, poseFromYawPitch([9, 9, 9], 0, 0));
    expect(log.newestMs).toBe(390);
    expect(log.isSmooth(0, 390)).toBe(true);
    expect(log.isSmooth(-50, 390)).toBe(false);
  });
});
