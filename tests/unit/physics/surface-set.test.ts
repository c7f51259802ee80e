import { beforeEach, describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { poseFromYawPitch } from '../../../src/math/pose';
import { impactStride } from '../../../src/physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../../src/physics/physics-world';
import { maxParts } from '../../../src/physics/surface-set';
import { ballAt, both, floorAt, seenFrom, show, standing, wallAt } from './surface-scenes';

let physics: PhysicsWorld;
beforeEach(async () => {
  physics = await loadPhysics();
  physics.setGround(null, -3);
});

const height = (): number => physics.poses[1]!;
function run(seconds: number): void {
  for (let k = 0; k < seconds * 120; k++) physics.step(1 / 120);
}
const restingBall = (z = -2): number => {
  const id = physics.add(ballAt(0, 0.3, z));
  run(3);
  return id;
};

describe('surfaces that come and go', () => {
  test('frames that agree change nothing, and nothing moves what lies on them', () => {
    const random = createRandom(3);
    const noise = (): number => 1 + 0.004 * (random() - 0.5);
    show(physics, seenFrom(floorAt(0), standing, noise));
    restingBall();
    const { built } = physics.surfaces;
    const lay = height();
    const impacts = new Float32Array(impactStride);
    physics.takeImpacts(impacts);
    for (let k = 0; k < 8; k++) {
      show(physics, seenFrom(floorAt(0), poseFromYawPitch([0.02 * k, 1.6, 0], 0.05 * k, -0.5), noise));
      run(0.2);
    }
    // The view has turned by 23°: what is new in it is built, what was seen stays.
    expect(physics.surfaces.built - built).toBeLessThan(14);
    expect(Math.abs(height() - lay)).toBeLessThan(2e-3);
    expect(physics.takeImpacts(impacts)).toBe(0);
  });

  test('a ball stays on a floor that is replaced again and again by one at another height', () => {
    show(physics, seenFrom(floorAt(0)));
    restingBall();
    const velocity = [0, 0, 0];
    let fastest = 0;
    for (let k = 1; k <= 12; k++) {
      const y = 0.06 * (k % 2);
      physics.setSurfaces(seenFrom(floorAt(y)));
      for (let step = 0; step < 30; step++) {
        physics.step(1 / 120);
        physics.velocityOf(physics.ids[0]!, velocity);
        fastest = Math.max(fastest, velocity[1]!);
        expect(height()).toBeGreaterThan(-0.01);
      }
    }
    expect(physics.surfaces.removed).toBeGreaterThan(20);
    // It falls 6 cm (1.1 m/s), and comes up with less: no kick.
    expect(fastest).toBeLessThan(1.1 * 0.7);
  });

  test('a floor that comes up by more than a ball is high takes the ball along, without throwing it', () => {
    show(physics, seenFrom(floorAt(0)));
    restingBall();
    show(physics, seenFrom(floorAt(0.15)));
    const velocity = [0, 0, 0];
    physics.velocityOf(physics.ids[0]!, velocity);
    expect(Math.abs(velocity[1]!)).toBeLessThan(0.3);
    run(1);
    expect(height()).toBeCloseTo(0.25, 2);
  });

  test('what lies under a new ledge stays there', () => {
    show(physics, seenFrom(floorAt(0)));
    restingBall();
    const ledge = (origin: readonly number[], direction: readonly number[]): number => {
      const t = floorAt(0.4)(origin, direction);
      return Math.abs(origin[0]! + direction[0]! * t) < 0.5 ? t : Number.POSITIVE_INFINITY;
    };
    show(physics, seenFrom(both(floorAt(0), ledge)));
    run(1);
    expect(height()).toBeLessThan(0.12);
  });

  test('what the newest frame looks through is gone', () => {
    show(physics, seenFrom(both(floorAt(0), wallAt(-3, -1, 1))));
    physics.add(ballAt(0, 1, -1.5, 0.1, [0, 2, -6]));
    run(1);
    expect(physics.poses[2]).toBeGreaterThan(-3);
    physics.clear();
    show(physics, seenFrom(floorAt(0)));
    physics.add(ballAt(0, 1, -1.5, 0.1, [0, 2, -6]));
    run(0.6);
    expect(physics.poses[2]).toBeLessThan(-4);
  });

  test('what is out of view is remembered', () => {
    show(physics, seenFrom(floorAt(0)));
    restingBall();
    const lay = height();
    for (let k = 1; k <= 6; k++) show(physics, seenFrom(floorAt(0), poseFromYawPitch([0, 1.6, 0], k * 0.5, -0.5)));
    run(1);
    expect(height()).toBeCloseTo(lay, 2);
    physics.add(ballAt(0.5, 1, -2));
    run(2);
    expect(physics.poses[9]).toBeCloseTo(0.1, 1);
  });

  test('on a long walk no more is kept than there is room for, and work is spread over steps', () => {
    for (let k = 0; k < 60; k++) {
      show(physics, seenFrom(both(floorAt(0.1 * Math.sin(k)), wallAt(-2 - 3 * k)), poseFromYawPitch([0, 1.6, -3 * k], 0, -0.4)));
    }
    expect(physics.surfaces.parts.length).toBeLessThanOrEqual(maxParts);
    expect(physics.surfaces.built).toBeGreaterThan(maxParts);
    expect(physics.surfaces.mostTrianglesInStep).toBeLessThan(1200);
    physics.clearSurfaces();
    expect(physics.surfaces.parts).toHaveLength(0);
    expect(physics.surfaces.triangles).toBe(0);
  });
});
