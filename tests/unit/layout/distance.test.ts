import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceToScene, distanceToShapes } from '../../../workers/layout/distance';
import { occlusionAt } from '../../../workers/layout/occlusion';
import { hit, hitGround, normal, surfaceNormal, traceRay } from '../../../workers/layout/trace';
import { pointAt, primitiveCount, solidAt } from './brute-force';
import { anyPoint, anyRay, anyWorld, sceneOf } from './small-worlds';

const anyStepAlong = fc.double({ min: -0.3, max: 0.3, noNaN: true });
const anyStep = fc.tuple(anyStepAlong, anyStepAlong, anyStepAlong);

describe('distanceToScene', () => {
  test('lets a sphere tracer walk up to the hit of the ray walk and never through it', () => {
    let arrived = 0;
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        fc.pre(distanceToScene(scene, ray.ox, ray.oy, ray.oz, 1) > 1e-3);
        fc.pre(traceRay(scene, ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz, 12, false));
        const { distance } = hit;
        let t = 0;
        for (let step = 0; step < 3000 && t < distance - 1e-3; step++) {
          const free = distanceToScene(scene, ...pointAt(ray, t), 3);
          expect(free).toBeLessThanOrEqual(distance - t + 1e-4);
          // Along a face the steps become endless: always go on a little.
          t += Math.max(free, 1e-3);
        }
        expect(t).toBeGreaterThanOrEqual(distance - 1e-3);
        expect(t).toBeLessThan(distance + 2e-3);
        arrived++;
      }),
      { numRuns: 150 },
    );
    expect(arrived).toBe(150);
  });

  test('is negative exactly inside shapes, and never more than its reach', () => {
    fc.assert(
      fc.property(anyWorld, anyPoint, fc.double({ min: 0.1, max: 3, noNaN: true }), (world, { x, y, z }, reach) => {
        const scene = sceneOf(world);
        const isInside = Array.from({ length: primitiveCount(scene) }, (_, k) => solidAt(scene, k)).some((solid) =>
          solid.inside([x, y, z]),
        );
        const distance = distanceToShapes(scene, x, y, z, reach);
        expect(distance < 0).toBe(isInside);
        expect(distance).toBeLessThanOrEqual(reach);
        expect(distanceToScene(scene, x, y, z, reach)).toBe(Math.min(y, distance));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  test('changes no faster than one moves', () => {
    fc.assert(
      fc.property(anyWorld, anyPoint, anyStep, (world, p, by) => {
        const scene = sceneOf(world);
        const here = distanceToScene(scene, p.x, p.y, p.z, 2);
        const there = distanceToScene(scene, p.x + by[0], p.y + by[1], p.z + by[2], 2);
        expect(Math.abs(there - here)).toBeLessThanOrEqual(Math.hypot(...by) + 1e-6);
      }),
    );
  });
});

describe('occlusionAt', () => {
  test('lies between 0 and 0.75 on every surface', () => {
    const seen: number[] = [];
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        fc.pre(distanceToScene(scene, ray.ox, ray.oy, ray.oz, 1) > 1e-3);
        fc.pre(traceRay(scene, ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz, 40, false));
        const { primitive } = hit;
        const [x, y, z] = pointAt(ray, hit.distance);
        surfaceNormal(scene, primitive, x, y, z);
        const hidden = occlusionAt(scene, primitive, x, y, z, normal.x, normal.y, normal.z);
        seen.push(hidden);
        expect(hidden).toBeGreaterThanOrEqual(0);
        expect(hidden).toBeLessThanOrEqual(0.75);
      }),
      { numRuns: 300 },
    );
    expect(Math.max(...seen)).toBeGreaterThan(0.2);
  });

  test('is nothing on open ground and grows towards the foot of whatever stands there', () => {
    const open: number[] = [];
    const shut: number[] = [];
    fc.assert(
      fc.property(anyWorld, anyPoint, (world, { x, z }) => {
        const scene = sceneOf(world);
        const room = distanceToShapes(scene, x, 0.05, z, 3);
        fc.pre(room > 0);
        const hidden = occlusionAt(scene, hitGround, x, 0, z, 0, 1, 0);
        if (room > 2) open.push(hidden);
        else if (room < 0.1) shut.push(hidden);
      }),
      { numRuns: 1000 },
    );
    expect(open.length).toBeGreaterThan(20);
    expect(Math.max(...open)).toBeLessThan(1e-6);
    expect(shut.length).toBeGreaterThan(5);
    expect(Math.min(...shut)).toBeGreaterThan(0.02);
  });
});
