import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTrueColliders } from '../../../../src/bench/physics/true-colliders';
import { accelerationOf } from '../../../../src/bench/physics/gravity';
import { planPhysics } from '../../../../src/bench/physics/plan';
import { quantileOf } from '../../../../src/bench/physics/quantile';
import { planThrows } from '../../../../src/bench/physics/throw-plan';
import { planWorld } from '../../../../src/bench/world/plan';
import { createPose } from '../../../../src/math/pose';
import { loadPhysics } from '../../../../src/physics/physics-world';
import { addOrnateShapes } from '../../../../workers/backends/simulator/ornament';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { DistrictMap } from '../../../../workers/layout/districts/district-map';
import { SceneWindow } from '../../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../../workers/layout/spawn';
import { hit, traceRay } from '../../../../workers/layout/trace';

describe('the truth of throws', () => {
  test.each([
    ['courtyards', new CourtyardMap(7)],
    ['districts', new DistrictMap(7)],
  ] as const)('is the geometry that the rays of the teacher hit: %s', async (_, map) => {
    const physics = await loadPhysics();
    physics.setGround(null, -5);
    const spawn = chooseSpawn(map);
    const origin = { x: spawn[12], y: 1.55, z: spawn[14] };
    addTrueColliders(physics, map, origin.x, origin.z, 16);
    physics.step(1 / 120);
    const scene = new SceneWindow(map, addOrnateShapes, 6);
    scene.centreOn(origin.x, origin.z);
    let things = 0;
    let off = 0;
    let rays = 0;
    // Whole numbers: doubles would crowd near zero.
    const angle = fc.integer({ min: 0, max: 9999 }).map((k) => k / 10_000);
    fc.assert(
      fc.property(angle, angle, (a, b) => {
        const [up, turn] = [1.2 * (b - 0.6), 2 * Math.PI * a];
        const [dx, dy, dz] = [Math.cos(up) * Math.cos(turn), Math.sin(up), Math.cos(up) * Math.sin(turn)];
        if (!traceRay(scene, origin.x, origin.y, origin.z, dx, dy, dz, 12, false)) return;
        const true_ = hit.distance;
        if (true_ < 0.3) return;
        if (hit.primitive >= 0) things++;
        const found = physics.world.castRay(new physics.rapier.Ray(origin, { x: dx, y: dy, z: dz }), 13, true);
        rays++;
        if (!found || Math.abs(found.timeOfImpact - true_) > 0.03) off++;
      }),
      { numRuns: 800 },
    );
    expect(things).toBeGreaterThan(60);
    // Rays that graze the rim of a tuft of leaves or of an arch see the difference of its pieces.
    expect(off / rays).toBeLessThan(0.04);
  });

  test('its worlds are held out, and none is one of the suite "world"', () => {
    const others = new Set(planWorld(false, 6).walks.map(({ seed }) => seed));
    const { worldSeeds, throwsPerWorld } = planPhysics(false, 6);
    expect(worldSeeds.length * throwsPerWorld).toBe(200);
    for (const seed of worldSeeds) {
      expect(seed).toBeGreaterThanOrEqual(1_000_000);
      expect(others.has(seed)).toBe(false);
    }
  });

  test('throws are the same for the same seed, as fast as people throw, and mostly into view', () => {
    const pose = createPose();
    const throws = planThrows(pose, 200, 3);
    expect(planThrows(pose, 200, 3)).toEqual(throws);
    for (const { spec, speedMps } of throws) {
      expect(speedMps).toBeGreaterThanOrEqual(2);
      expect(speedMps).toBeLessThanOrEqual(10);
      expect(Math.hypot(...Array.from(spec.velocityMps))).toBeCloseTo(speedMps, 6);
    }
    expect(throws.filter(({ aim }) => aim === 'elsewhere').length).toBeLessThan(50);
    const at = planThrows(pose, 50, 3, () => [0, 1, -6]).filter(({ aim }) => aim === 'thing');
    expect(at.length).toBeGreaterThan(10);
    for (const { spec } of at) expect(spec.velocityMps[2]).toBeLessThan(-1);
  });
});

test('an acceleration is that of the parabola, wherever it begins', () => {
  fc.assert(
    fc.property(fc.double({ min: -20, max: 20, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true }), (g, v) => {
      const heights = Array.from({ length: 50 }, (_, k) => 3 + (v * k) / 90 - (g / 2) * (k / 90) ** 2);
      expect(accelerationOf(heights, 1 / 90)).toBeCloseTo(g, 6);
    }),
  );
});

test('quantiles pass over what was not measured', () => {
  expect(quantileOf([3, Number.NaN, 1, 2], 0.5)).toBe(2);
  expect(quantileOf([0, 10], 0.95)).toBeCloseTo(9.5);
  expect(quantileOf([Number.NaN], 0.5)).toBeNaN();
});
