import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceToScene } from '../../../workers/layout/distance';
import { kindArchX, kindArchZ, kindCylinder } from '../../../workers/layout/primitives';
import type { SceneWindow } from '../../../workers/layout/scene-window';
import { hit, hitGround, hitSky, normal, surfaceNormal, traceRay } from '../../../workers/layout/trace';
import { enterScene, pointAt, primitiveCount, solidAt, type Solid } from './brute-force';
import { anyRay, anyWorld, sceneOf, seeds, type Ray } from './small-worlds';

const farM = 1000;

function trace(scene: SceneWindow, ray: Ray, tMax = farM, anyHit = false): boolean {
  return traceRay(scene, ray.ox, ray.oy, ray.oz, ray.dx, ray.dy, ray.dz, tMax, anyHit);
}

/** A ray that starts in stone has no first surface. */
function startsInTheOpen(scene: SceneWindow, ray: Ray): boolean {
  return distanceToScene(scene, ray.ox, ray.oy, ray.oz, 1) > 1e-3;
}

function solidsOf(scene: SceneWindow, ...kinds: number[]): Solid[] {
  const all = Array.from({ length: primitiveCount(scene) }, (_, k) => solidAt(scene, k));
  return all.filter(({ kind }) => kinds.includes(kind));
}

describe('traceRay', () => {
  test('finds what a search through every shape finds', () => {
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        fc.pre(startsInTheOpen(scene, ray));
        const expected = enterScene(scene, ray, true);
        const isHit = trace(scene, ray);
        expect(isHit).toBe(expected < farM);
        expect([hit.primitive === hitSky, hit.distance === Number.POSITIVE_INFINITY]).toEqual([!isHit, !isHit]);
        expect(Math.min(farM, hit.distance)).toBeCloseTo(Math.min(farM, expected), 4);
        expect(hit.primitive !== hitGround || Math.abs(pointAt(ray, hit.distance)[1]) < 1e-6).toBe(true);
      }),
      // Shrinking would repeat the slow search thousands of times.
      { numRuns: 200, endOnFailure: true },
    );
  });

  test('sees nothing beyond its reach, and what is before it unchanged', () => {
    fc.assert(
      fc.property(anyWorld, anyRay, fc.double({ min: 0.1, max: 0.9, noNaN: true }), (world, ray, share) => {
        const scene = sceneOf(world);
        fc.pre(startsInTheOpen(scene, ray) && trace(scene, ray));
        const { primitive, distance } = hit;
        expect(trace(scene, ray, distance * share)).toBe(false);
        expect(trace(scene, ray, distance / share)).toBe(true);
        expect([hit.primitive, hit.distance]).toEqual([primitive, distance]);
      }),
    );
  });

  test('casts a shadow exactly where a shape would be hit, and no nearer', () => {
    const shadows = { yes: 0, no: 0 };
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        // Shadow rays do not ask for the ground, and upwards there is none.
        const up = { ...ray, dy: Math.abs(ray.dy) };
        fc.pre(startsInTheOpen(scene, up));
        const isShape = trace(scene, up);
        const nearest = hit.distance;
        expect(trace(scene, up, farM, true)).toBe(isShape);
        expect(hit.distance).toBeGreaterThanOrEqual(nearest);
        expect(trace(scene, up, Math.min(farM, nearest - 1e-6), true)).toBe(false);
        shadows[isShape ? 'yes' : 'no']++;
      }),
      { numRuns: 300 },
    );
    // Both happen often enough to mean something: about one in seven at the least.
    expect(Math.min(shadows.yes, shadows.no)).toBeGreaterThan(15);
  });

  test('straight down lands on the top of a column', () => {
    let columns = 0;
    for (const seed of seeds) {
      const scene = sceneOf({ seed, kind: 'plain' });
      for (const { low, high } of solidsOf(scene, kindCylinder)) {
        columns++;
        const ray = { ox: (low[0] + high[0]) / 2, oy: 20, oz: (low[2] + high[2]) / 2, dx: 0, dy: -1, dz: 0 };
        expect(trace(scene, ray)).toBe(true);
        expect(20 - hit.distance).toBeGreaterThanOrEqual(high[1] - 1e-5);
      }
    }
    expect(columns).toBeGreaterThan(10);
  });

  test('level and square to an arch goes through its round part', () => {
    let arches = 0;
    for (const seed of seeds) {
      const scene = sceneOf({ seed, kind: 'plain' });
      for (const { kind, low, high } of solidsOf(scene, kindArchX, kindArchZ)) {
        arches++;
        const middle = [(low[0] + high[0]) / 2, (low[2] + high[2]) / 2] as const;
        // 0.9 m below the top the opening of every arch is still round.
        const [ox, oz, dx, dz] = kind === kindArchX ? [middle[0], low[2] - 0.5, 0, 1] : [low[0] - 0.5, middle[1], 1, 0];
        trace(scene, { ox, oy: high[1] - 0.9, oz, dx, dy: 0, dz }, 1);
        expect(hit.primitive).toBe(hitSky);
        trace(scene, { ox, oy: high[1] - 0.3, oz, dx, dy: 0, dz }, 1);
        expect(hit.primitive).toBeGreaterThanOrEqual(0);
      }
    }
    expect(arches).toBeGreaterThan(10);
  });
});

describe('surfaceNormal', () => {
  test('has unit length, faces the ray and points out of the shape', () => {
    fc.assert(
      fc.property(anyWorld, anyRay, (world, ray) => {
        const scene = sceneOf(world);
        fc.pre(startsInTheOpen(scene, ray) && trace(scene, ray));
        const { primitive, distance } = hit;
        const [x, y, z] = pointAt(ray, distance);
        surfaceNormal(scene, primitive, x, y, z);
        expect(Math.hypot(normal.x, normal.y, normal.z)).toBeCloseTo(1, 6);
        expect(normal.x * ray.dx + normal.y * ray.dy + normal.z * ray.dz).toBeLessThan(1e-6);
        if (primitive < 0) return;
        const { inside } = solidAt(scene, primitive);
        const h = 1e-4;
        expect(inside([x + h * normal.x, y + h * normal.y, z + h * normal.z])).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('is level on the side of a column down to its foot, and on the jamb of an arch up to its face', () => {
    const sides: number[] = [];
    const jambs: number[][] = [];
    for (const seed of seeds) {
      const scene = sceneOf({ seed, kind: 'plain' });
      for (let k = 0; k < primitiveCount(scene); k++) {
        const { kind, low, high } = solidAt(scene, k);
        if (kind === kindCylinder) {
          surfaceNormal(scene, k, high[0], low[1] + 4e-4, (low[2] + high[2]) / 2);
          sides.push(normal.x);
        }
        if (kind !== kindArchX) continue;
        const middle = (low[0] + high[0]) / 2;
        const jamb = { ox: middle, oy: 0.8, oz: low[2] + 1e-3, dx: 1, dy: 0, dz: 0 };
        if (!trace(scene, jamb, 3) || hit.primitive !== k) continue;
        const [x, y, z] = pointAt(jamb, hit.distance);
        surfaceNormal(scene, k, x, y, z);
        jambs.push([normal.x, Math.abs(normal.z)]);
      }
    }
    expect(sides.length).toBeGreaterThan(10);
    expect(Math.min(...sides)).toBeGreaterThan(0.99999);
    expect(jambs.length).toBeGreaterThan(3);
    expect(jambs).toEqual(jambs.map(() => [-1, 0]));
  });
});
