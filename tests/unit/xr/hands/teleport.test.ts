import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { MapCollider } from '../../../../workers/layout/collision';
import { chooseSpawn } from '../../../../workers/layout/spawn';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { reachM, TeleportArc, type Landing } from '../../../../src/xr/hands/teleport';
import { bodyRadiusM, type Collider } from '../../../../src/xr/locomotion';

const deg = Math.PI / 180;
const plane: Landing = { collider: null, hasWalls: true, floorY: 0 };

/** Evenly spread, unlike `fc.double`, which loves numbers close to nought. */
const between = (min: number, max: number) => fc.integer({ min: 0, max: 1_000_000 }).map((k) => min + ((max - min) * k) / 1_000_000);

function aimed(yawDeg: number, pitchDeg: number, landing: Landing = plane, heightM = 1.1, kind: 'hand' | 'pinch' = 'hand') {
  const arc = new TeleportArc();
  arc.aim(poseFromYawPitch([0, heightM, 0], yawDeg * deg, pitchDeg * deg), kind, landing);
  return arc;
}

/** A wall across the way, two decimetres thick, `topM` high, and a platform beyond it. */
function wallAt(z: number, topM: number, platformM = 0): Collider {
  const toWall = (pz: number) => Math.abs(pz - z) - 0.1;
  return {
    slide: () => {},
    groundHeight: (_x, pz) => (pz < z - 1 ? platformM : 0),
    clearance: (_x, pz, feetY, radiusM) => Math.min(feetY + 0.4 < topM ? toWall(pz) : 1, radiusM + 0.05),
    distance: (_x, py, pz, withinM) => Math.min(withinM, Math.max(toWall(pz), py - topM)),
  };
}
const behind = (collider: Collider, hasWalls = true): Landing => ({ collider, hasWalls, floorY: 0 });

describe('an arc over a plane', () => {
  test('lands where a thrown stone would', () => {
    fc.assert(
      fc.property(between(-60, 30), between(0.4, 1.8), (pitch, h) => {
        const { target, isValid } = aimed(0, pitch, plane, h);
        const [vx, vy] = [7.5 * Math.cos(pitch * deg), 7.5 * Math.sin(pitch * deg)];
        const s = (vy + Math.sqrt(vy * vy + 2 * 9.81 * h)) / 9.81;
        expect(isValid).toBe(true);
        expect(-target.z).toBeCloseTo(vx * s, 1);
        expect(Math.abs(-target.z - vx * s)).toBeLessThan(0.04);
        expect(target.y).toBe(0);
      }),
    );
  });

  test('goes where the hand points, on the floor wherever that is', () => {
    const { target } = aimed(90, -10, { ...plane, floorY: -3 });
    expect(target.x).toBeLessThan(-4);
    expect(Math.abs(target.z)).toBeLessThan(1e-3);
    expect(target.y).toBe(-3);
  });

  test('ends nowhere when the floor is out of reach', () => {
    const { isValid, isEnded, target } = aimed(0, 20, { ...plane, floorY: -30 });
    expect([isValid, isEnded]).toEqual([false, false]);
    expect(-target.z).toBeLessThanOrEqual(reachM);
  });

  test('has points close together from the hand to the target', () => {
    const { points, pointCount, target } = aimed(0, 10);
    expect(points.slice(0, 3)).toEqual(Float32Array.of(0, 1.1, 0));
    expect(points[3 * pointCount - 1]).toBeCloseTo(target.z, 5);
    for (let i = 3; i < 3 * pointCount; i += 3) {
      expect(Math.hypot(points[i]! - points[i - 3]!, points[i + 1]! - points[i - 2]!, points[i + 2]! - points[i - 1]!)).toBeLessThan(0.16);
    }
  });

  test('leads straight along the ray of the eyes', () => {
    const { target, isValid } = aimed(0, -30, plane, 1.6, 'pinch');
    expect(isValid).toBe(true);
    expect(-target.z).toBeCloseTo(1.6 / Math.tan(30 * deg), 2);
  });
});

describe('walls', () => {
  test('end the arc, and nobody goes there', () => {
    const { target, isValid, isEnded } = aimed(0, 0, behind(wallAt(-2, 3)));
    expect([isValid, isEnded]).toEqual([false, true]);
    expect(-target.z).toBeGreaterThan(1.6);
    expect(-target.z).toBeLessThan(2);
  });

  test('are flown over when they are low', () => {
    const { target, isValid } = aimed(0, 20, behind(wallAt(-2, 0.7)));
    expect(isValid).toBe(true);
    expect(-target.z).toBeGreaterThan(4);
  });

  test('keep a landing as far away as a body is thick', () => {
    const straightDown = Math.atan2(-1.6, 1.75) / deg;
    const { target, isValid } = aimed(0, straightDown, behind(wallAt(-2, 3)), 1.6, 'pinch');
    expect(isValid).toBe(true);
    expect(target.z).toBeCloseTo(-1.9 + bodyRadiusM, 2);
  });

  test('do not count when they are switched off', () => {
    expect(aimed(0, 0, behind(wallAt(-2, 3), false)).isValid).toBe(true);
  });

  test('leave no landing in a gap that is too narrow', () => {
    const gap: Collider = {
      ...wallAt(-2, 3),
      clearance: (x, _z, _y, radiusM) => Math.min(0.2 - Math.abs(x), radiusM + 0.05),
      distance: (x, _y, _z, withinM) => Math.min(withinM, 0.2 - Math.abs(x)),
    };
    const { isValid, isEnded, target } = aimed(0, -20, behind(gap));
    expect([isValid, isEnded]).toEqual([false, true]);
    expect(Math.abs(target.x)).toBeLessThan(0.2);
  });
});

describe('platforms', () => {
  test('are landed on from above, at their own height', () => {
    const { target, isValid } = aimed(0, 25, behind(wallAt(-2, 0.1, 0.8)));
    expect(isValid).toBe(true);
    expect(target.y).toBe(0.8);
  });

  test('refuse who aims at their side', () => {
    const { isValid, isEnded, target } = aimed(0, 5, behind(wallAt(-2, 0, 1.2)), 0.9);
    expect([isValid, isEnded]).toEqual([false, true]);
    expect(-target.z).toBeLessThan(3.2);
  });
});

describe('in a world of the simulator', () => {
  const start = chooseSpawn(new CourtyardMap(6));
  const collider = new MapCollider(new CourtyardMap(6));

  test('a landing has room for a body, and nothing solid lies on the way', () => {
    let landings = 0;
    fc.assert(
      fc.property(between(-180, 180), between(-70, 40), (yaw, pitch) => {
        const arc = new TeleportArc();
        arc.aim(poseFromYawPitch([start[12]!, 1.2, start[14]!], yaw * deg, pitch * deg), 'hand', { collider, hasWalls: true, floorY: 0 });
        for (let i = 0; i + 1 < arc.pointCount; i++) {
          const [x, y, z] = arc.points.subarray(3 * i, 3 * i + 3);
          expect(collider.distance(x!, y!, z!, 0.2)).toBeGreaterThan(0);
        }
        if (!arc.isValid) return;
        landings++;
        const { x, y, z } = arc.target;
        expect(collider.clearance(x, z, y, bodyRadiusM)).toBeGreaterThan(bodyRadiusM - 0.01);
        expect(collider.groundHeight(x, z)).toBeCloseTo(y, 1);
      }),
      { numRuns: 300 },
    );
    expect(landings).toBeGreaterThan(100);
  });
});
