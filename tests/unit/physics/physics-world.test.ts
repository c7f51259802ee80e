import { beforeEach, describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import { impactStride, maxBodies, poseStride } from '../../../src/physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../../src/physics/physics-world';
import { ballAt, poseAt, still } from './surface-scenes';

let physics: PhysicsWorld;
beforeEach(async () => {
  physics = await loadPhysics();
  physics.setGround(null, -100);
});

const heightOf = (index = 0): number => physics.poses[index * poseStride + 1]!;

describe('a body in the air', () => {
  test.each([72, 90, 120, 144])('falls by the parabola at %i Hz, at most a step behind', (hz) => {
    physics.add(ballAt(0, 0, 0, 0.1, [1, 3, -2]));
    for (let frame = 1; frame <= hz; frame++) {
      physics.step(1 / hz);
      const t = Math.max(0, frame / hz - 1 / 120);
      expect(Math.abs(heightOf() - (3 * t - 4.905 * t * t))).toBeLessThan(2e-3);
      expect(Math.abs(physics.poses[0]! - t)).toBeLessThan(1e-4);
    }
  });

  test('keeps its spin and turns by the shorter way between steps', () => {
    physics.add({ ...ballAt(0, 0, 0), shape: 'cube', angularRadPerS: [0, 20, 0] });
    let before = [0, 0, 0, 1];
    for (let frame = 0; frame < 90; frame++) {
      physics.step(1 / 90);
      const turn = Array.from(physics.poses.subarray(3, 7));
      const cosine = Math.abs(turn.reduce((sum, value, k) => sum + value * before[k]!, 0));
      expect(Math.hypot(...turn)).toBeCloseTo(1, 5);
      expect(2 * Math.acos(Math.min(1, cosine))).toBeLessThan((20 / 90) * 1.3);
      before = turn;
    }
  });

  test('a page that slept goes on where it was', () => {
    physics.add(ballAt(0, 0, 0));
    physics.step(60);
    expect(physics.stepCount).toBe(8);
    expect(heightOf()).toBeGreaterThan(-0.03);
  });
});

describe('bodies', () => {
  test('beyond the most, the oldest goes; order and ids stay', () => {
    const ids = Array.from({ length: maxBodies + 3 }, (_, k) => physics.add(ballAt(k, 0, 0)));
    expect(physics.count).toBe(maxBodies);
    expect(Array.from(physics.ids.subarray(0, physics.count))).toEqual(ids.slice(3));
    physics.remove(ids[10]!);
    physics.remove(ids[10]!);
    expect(Array.from(physics.ids.subarray(0, physics.count))).toEqual(ids.slice(3).filter((id) => id !== ids[10]));
    expect(physics.poses[7 * poseStride]).toBe(11);
    physics.clear();
    expect(physics.count).toBe(0);
    expect(physics.add(ballAt(0, 0, 0))).toBeGreaterThan(ids.at(-1)!);
  });

  test('a body without size or place is refused, with its field named', () => {
    expect(() => physics.add(ballAt(0, 0, 0, 0))).toThrow(/radiusM/);
    expect(() => physics.add(ballAt(0, Number.NaN, 0))).toThrow(/place/);
    expect(() => physics.add(ballAt(0, 0, 0, 0.1, [0, Infinity, 0]))).toThrow(/velocityMps/);
    expect(physics.count).toBe(0);
  });

  test('a held body is exactly where the hand is, pushes others, and leaves with the speed it is given', () => {
    const held = physics.add(ballAt(0, 0, 0));
    physics.hold(held, poseAt(0, 1, 0));
    // Gravity off for the other one: it only waits to be pushed.
    const other = physics.add(ballAt(0.4, 1, 0));
    physics.rigidOf(other)!.setGravityScale(0, true);
    for (let frame = 1; frame <= 45; frame++) {
      const pose = poseFromYawPitch([frame * 0.01, 1, 0], frame * 0.02, 0.1);
      physics.hold(held, pose);
      physics.step(1 / 90);
      expect(physics.poses[0]).toBeCloseTo(pose[12]!, 6);
      expect(physics.poses[1]).toBe(1);
    }
    const pushed = [0, 0, 0];
    physics.velocityOf(other, pushed);
    expect(pushed[0]).toBeGreaterThan(0.5);
    physics.release(held, [0, 2, 5], still);
    for (let k = 0; k < 12; k++) physics.step(1 / 120);
    const t = 11 / 120;
    expect(physics.poses[2]).toBeCloseTo(5 * t, 2);
    expect(heightOf()).toBeCloseTo(1 + 2 * t - 4.905 * t * t, 3);
  });

  test('are found by a point and by a ray, nearest first', () => {
    const near = physics.add(ballAt(0, 0, -2));
    const far = physics.add(ballAt(0, 0, -5, 0.3));
    expect(physics.nearest(0, 0, -1.8, 0.2)).toBe(near);
    expect(physics.nearest(0, 0, -4.5, 0.1)).toBeNull();
    expect(physics.nearest(0, 0, -4.5, 0.5)).toBe(far);
    const hit = physics.rayNearest([0, 0, 0], [0, 0, -3], 10)!;
    expect(hit.id).toBe(near);
    expect(hit.distanceM).toBeCloseTo(1.88, 2);
    expect(physics.rayNearest([0, 0, -3], [0, 0, -1], 10)!.id).toBe(far);
    expect(physics.rayNearest([0, 0, 0], [0, 1, 0], 10)).toBeNull();
    expect(physics.rayNearest([0, 0, 0], [0, 0, -1], 1)).toBeNull();
  });
});

test('an impact tells place, direction, speed and whose it is, once', () => {
  physics.setGround(() => 0, 0);
  const id = physics.add(ballAt(3, 1, 0, 0.1, [0, 0, 1]));
  const impacts = new Float32Array(8 * impactStride);
  let count = 0;
  for (let k = 0; k < 90 && count === 0; k++) {
    physics.step(1 / 120);
    count = physics.takeImpacts(impacts);
  }
  expect(count).toBe(1);
  expect(impacts[7]).toBe(id);
  expect(impacts[4]).toBeGreaterThan(0.85);
  expect(impacts[6]).toBeGreaterThan(3.5);
  expect(impacts[6]).toBeLessThan(4.5);
  expect(Math.abs(impacts[1]!)).toBeLessThan(0.06);
  expect(physics.takeImpacts(impacts)).toBe(0);
});
