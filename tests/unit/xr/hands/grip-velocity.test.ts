import fc from 'fast-check';
import { mat4, quat, type vec3 } from 'gl-matrix';
import { describe, expect, test } from 'vitest';
import type { Pose } from '../../../../src/math/types';
import { GripVelocity } from '../../../../src/xr/hands/grip-velocity';

const component = (most: number) => fc.integer({ min: -1000, max: 1000 }).map((k) => (most * k) / 1000);
const triple = (most: number) => fc.tuple(component(most), component(most), component(most));

/** A hand that moves and turns evenly. @param spin rad/s about the axes of the room */
function poseAt(s: number, position: readonly number[], velocity: readonly number[], spin: readonly number[]): Pose {
  const rate = Math.hypot(...spin);
  const turn = rate > 1e-9 ? quat.setAxisAngle(quat.create(), spin.map((v) => v / rate) as vec3, rate * s) : quat.create();
  const tilted = quat.multiply(quat.create(), turn, quat.fromEuler(quat.create(), 20, 70, -35));
  return mat4.fromRotationTranslation(mat4.create(), tilted, position.map((p, i) => p + velocity[i]! * s) as vec3) as Pose;
}

function track(timesMs: readonly number[], pose: (ms: number) => Pose): GripVelocity {
  const tracker = new GripVelocity();
  for (const ms of timesMs) tracker.push(ms, pose(ms));
  return tracker;
}

const every = (periodMs: number, count: number) => Array.from({ length: count }, (_, i) => 1000 + i * periodMs);
const speed = ({ velocityMps }: GripVelocity) => Math.hypot(...velocityMps);

describe('the velocity of a hand', () => {
  test('is exact for one that moves and turns evenly, whatever the display rate', () => {
    fc.assert(
      fc.property(triple(3), triple(10), triple(12), fc.integer({ min: 24, max: 144 }), (p, v, w, hz) => {
        const { velocityMps, angularRadPerS } = track(every(1000 / hz, 20), (ms) => poseAt((ms - 1000) / 1000, p, v, w));
        for (let i = 0; i < 3; i++) {
          expect(velocityMps[i]).toBeCloseTo(v[i]!, 3);
          expect(angularRadPerS[i]).toBeCloseTo(w[i]!, 2);
        }
      }),
    );
  });

  test('does not suffer from frames that come late', () => {
    const timesMs = [0, 14, 28, 69, 83, 138, 152, 166];
    expect(track(timesMs, (ms) => poseAt(ms / 1000, [0, 1, 0], [2, 1, -3], [0, 0, 0])).velocityMps[2]).toBeCloseTo(-3, 4);
  });

  test('is known from the last two poses when the display has stuttered', () => {
    const stuttered = track([0, 14, 28, 228], (ms) => poseAt(ms / 1000, [0, 1, 0], [2, 0, 0], [0, 0, 0]));
    expect(stuttered.velocityMps[0]).toBeCloseTo(2, 4);
    const slept = track([0, 14, 28, 928], (ms) => poseAt(ms / 1000, [0, 1, 0], [2, 0, 0], [0, 0, 0]));
    expect(speed(slept)).toBe(0);
  });

  test('is the same when a slower tracker repeats its poses', () => {
    // A tracker at 45 Hz under a display at 90 Hz: every pose comes twice, the second time 11 ms too late.
    const { velocityMps } = track(every(1000 / 90, 21), (ms) => {
      const tracked = Math.floor((ms - 1000 + 1e-6) / (1000 / 45)) * (1000 / 45);
      return poseAt(tracked / 1000, [0, 1, 0], [3, 0, -4], [0, 0, 0]);
    });
    expect(velocityMps[0]).toBeCloseTo(3, 3);
    expect(velocityMps[2]).toBeCloseTo(-4, 3);
  });

  test('is nought a tenth of a second after the hand has stopped', () => {
    const tracker = track(every(14, 30), (ms) => poseAt(Math.min(ms - 1000, 200) / 1000, [0, 1, 0], [3, 0, 0], [5, 0, 0]));
    expect(speed(tracker)).toBeCloseTo(0, 6);
    expect(Math.hypot(...tracker.angularRadPerS)).toBeCloseTo(0, 6);
  });

  test('averages the noise of the tracking', () => {
    const noise = fc.array(fc.tuple(component(1), component(1), component(1)), { minLength: 20, maxLength: 20 });
    fc.assert(
      fc.property(noise, (steps) => {
        const at = (ms: number) => poseAt(ms / 1000, [0.001, 0, 0].map((_, i) => 0.001 * steps[Math.round(ms / 11)]![i]!), [0, 2, 0], [0, 0, 0]);
        const { velocityMps } = track(steps.map((_, i) => 11 * i), at);
        // A millimetre either way in each pose: between two neighbours that would be up to 0.18 m/s.
        expect(Math.abs(velocityMps[1]! - 2)).toBeLessThan(0.06);
      }),
    );
  });

  test('takes the short way round when the hand turns past the seam of the quaternions', () => {
    const { angularRadPerS } = track(every(11, 40), (ms) => poseAt((ms - 1000) / 1000, [0, 0, 0], [0, 0, 0], [0, 15, 0]));
    expect(angularRadPerS[1]).toBeCloseTo(15, 3);
  });

  test('forgets a hand that was lost', () => {
    const tracker = track(every(11, 10), (ms) => poseAt(ms / 1000, [0, 0, 0], [3, 0, 0], [0, 0, 0]));
    tracker.clear();
    expect(speed(tracker)).toBe(0);
    tracker.push(1200, poseAt(0, [5, 5, 5], [0, 0, 0], [0, 0, 0]));
    expect(speed(tracker)).toBe(0);
  });

  test('ignores a pose for a time that has passed', () => {
    const tracker = track(every(11, 10), (ms) => poseAt((ms - 1000) / 1000, [0, 0, 0], [3, 0, 0], [0, 0, 0]));
    tracker.push(1050, poseAt(9, [0, 0, 0], [3, 0, 0], [0, 0, 0]));
    expect(tracker.velocityMps[0]).toBeCloseTo(3, 4);
  });
});
