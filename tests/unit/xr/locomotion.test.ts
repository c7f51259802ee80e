import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createPose, distanceBetween, poseFromYawPitch } from '../../../src/math/pose';
import { createControls, type Controls } from '../../../src/xr/controls';
import { bodyRadiusM, createLocomotion, snapTurnRad, type Collider, type Locomotion } from '../../../src/xr/locomotion';
import { headX, headZ, worldFromHead } from '../../../src/xr/rig';
import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../workers/layout/spawn';

const settings = { walkSpeedMps: 1.6, turn: 'snap' as 'snap' | 'smooth', collides: true };
const standing = poseFromYawPitch([0, 1.6, 0], 0, 0);

function wishing(changes: Partial<Controls>): Controls {
  return Object.assign(createControls(), changes);
}

function walk(
  locomotion: Locomotion,
  controls: Controls,
  seconds: number,
  hz = 72,
  head = standing,
  collider: Collider | null = null,
) {
  const frames = Math.round(seconds * hz);
  for (let i = 0; i < frames; i++) locomotion.update(controls, head, 1 / hz, settings, collider);
}

/** A floor at y = 0 with a step to 0.3 m at z < -1, and a wall across the way at z = -2. */
const wallAhead: Collider = {
  slide(_fromX, fromZ, toX, toZ, radiusM, out) {
    out.x = toX;
    out.z = Math.max(toZ, Math.min(fromZ, -2 + radiusM));
  },
  groundHeight: (_x, z) => (z < -1 ? 0.3 : 0),
  clearance: (_x, z) => z + 2,
  distance: (_x, _y, z) => z + 2,
};

describe('walking', () => {
  test.each([4, 30, 72, 120])('covers 4.8 m less a few centimetres in 3 s, at %i frames a second', (hz) => {
    const locomotion = createLocomotion();
    walk(locomotion, wishing({ moveBack: -1 }), 3, hz);
    expect(locomotion.rig.z).toBeCloseTo(-(3 - 0.03) * 1.6, 3);
    expect(locomotion.rig.x).toBeCloseTo(0, 9);
  });

  test('reaches nearly full speed within 80 ms and stops as fast', () => {
    const locomotion = createLocomotion();
    walk(locomotion, wishing({ moveBack: -1 }), 0.08, 100);
    expect(locomotion.speedMps).toBeGreaterThan(0.88 * 1.6);
    walk(locomotion, wishing({}), 0.08, 100);
    expect(locomotion.speedMps).toBeLessThan(0.12 * 1.6);
  });

  test('goes where the head faces, equally fast whatever the pitch of the head', () => {
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    const pitch = fc.double({ min: -1.5, max: 1.5, noNaN: true });
    fc.assert(
      fc.property(angle, angle, pitch, (rigYaw, headYaw, headPitch) => {
        const locomotion = createLocomotion();
        locomotion.rig.yawRad = rigYaw;
        walk(locomotion, wishing({ moveBack: -1 }), 1, 20, poseFromYawPitch([0.4, 1.6, 0.2], headYaw, headPitch));
        const { x, z, y } = locomotion.rig;
        expect(x).toBeCloseTo(-Math.sin(rigYaw + headYaw) * 0.97 * 1.6, 3);
        expect(z).toBeCloseTo(-Math.cos(rigYaw + headYaw) * 0.97 * 1.6, 3);
        expect(y).toBe(0);
      }),
    );
  });

  test('strafes to the right of the view', () => {
    const locomotion = createLocomotion();
    locomotion.rig.yawRad = Math.PI / 2;
    walk(locomotion, wishing({ moveRight: 1 }), 1);
    expect(locomotion.rig.z).toBeLessThan(-1.5);
    expect(Math.abs(locomotion.rig.x)).toBeLessThan(1e-6);
  });

  test('does not leap after a frame that took seconds', () => {
    const locomotion = createLocomotion();
    locomotion.update(wishing({ moveBack: -1 }), standing, 30, settings, null);
    expect(-locomotion.rig.z).toBeLessThan(0.41);
  });

  test('rises only where no floor is known', () => {
    const flying = createLocomotion();
    walk(flying, wishing({ moveUp: 1 }), 1);
    expect(flying.rig.y).toBeGreaterThan(1.5);
    const onFloor = createLocomotion();
    walk(onFloor, wishing({ moveUp: 1 }), 1, 72, standing, wallAhead);
    expect(onFloor.rig.y).toBe(0);
  });
});

describe('a wall', () => {
  test('stops the head, not the origin of the tracked room', () => {
    const head = poseFromYawPitch([0.5, 1.6, -0.8], 0, 0);
    const locomotion = createLocomotion();
    walk(locomotion, wishing({ moveBack: -1, speedFactor: 2 }), 2, 72, head, wallAhead);
    expect(headZ(locomotion.rig, head)).toBeCloseTo(-2 + bodyRadiusM, 5);
    expect(headX(locomotion.rig, head)).toBeCloseTo(0.5, 5);
    expect(locomotion.speedMps).toBeLessThan(0.01);
  });

  test('takes only the motion into it: one slides along', () => {
    const locomotion = createLocomotion();
    locomotion.rig.z = -1.74;
    walk(locomotion, wishing({ moveBack: -1, moveRight: 1 }), 1, 72, standing, wallAhead);
    expect(locomotion.rig.x).toBeGreaterThan(1);
  });

  test('is never jumped over by a late frame, because each slide is short', () => {
    const lengths: number[] = [];
    const recorder: Collider = {
      slide(fromX, fromZ, toX, toZ, _radiusM, out) {
        lengths.push(Math.hypot(toX - fromX, toZ - fromZ));
        out.x = toX;
        out.z = toZ;
      },
      groundHeight: () => Number.NaN,
      clearance: () => 1,
      distance: () => 1,
    };
    const locomotion = createLocomotion();
    walk(locomotion, wishing({ moveBack: -1, speedFactor: 2 }), 1, 3, standing, recorder);
    expect(lengths.length).toBeGreaterThan(6);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(0.2 + 1e-9);
    expect(locomotion.rig.y).toBe(0);
  });

  test('leaves the step under the feet: the floor rises smoothly', () => {
    const locomotion = createLocomotion();
    locomotion.rig.z = -1.5;
    const heights: number[] = [];
    for (let i = 0; i < 72; i++) {
      locomotion.update(wishing({}), standing, 1 / 72, settings, wallAhead);
      heights.push(locomotion.rig.y);
    }
    expect(heights[0]).toBeLessThan(0.06);
    expect(heights.at(-1)).toBeCloseTo(0.3, 3);
    expect(heights).toEqual(heights.toSorted((a, b) => a - b));
  });
});

describe('walls that are switched off', () => {
  test('stop nobody, and the ground carries as before', () => {
    const locomotion = createLocomotion();
    for (let i = 0; i < 3 * 72; i++) {
      locomotion.update(wishing({ moveBack: -1 }), standing, 1 / 72, { ...settings, collides: false }, wallAhead);
    }
    expect(locomotion.rig.z).toBeLessThan(-4.5);
    expect(locomotion.rig.y).toBeCloseTo(0.3, 2);
  });
});

/** Evenly spread, unlike `fc.double`, which loves numbers close to nought. */
const between = (min: number, max: number) => fc.integer({ min: 0, max: 1_000_000 }).map((k) => min + ((max - min) * k) / 1_000_000);

describe('in a world of the simulator', () => {
  const collider = new MapCollider(new CourtyardMap(6));
  const start = chooseSpawn(new CourtyardMap(6));

  /** Walks there as a person in a real room does: the head moves, the rig stands. */
  function headAt(x: number, z: number) {
    const locomotion = createLocomotion();
    Object.assign(locomotion.rig, { x: start[12]!, z: start[14]! });
    return { locomotion, head: poseFromYawPitch([x - start[12]!, 1.6, z - start[14]!], 0, 0) };
  }

  const clearanceAt = (x: number, z: number) => collider.clearance(x, z, collider.groundHeight(x, z), bodyRadiusM);

  test('who stands in a wall, however that came, walks out of it in every direction', () => {
    const place = between(-14, 14);
    let inside = 0;
    fc.assert(
      fc.property(place, place, between(-Math.PI, Math.PI), (dx, dz, yawRad) => {
        const [x, z] = [start[12]! + dx, start[14]! + dz];
        fc.pre(clearanceAt(x, z) < -0.02);
        inside++;
        const { locomotion, head } = headAt(x, z);
        locomotion.rig.yawRad = 0;
        let isOut = false;
        for (let i = 0; i < 3 * 72 && !isOut; i++) {
          const [fromX, fromZ] = [locomotion.rig.x, locomotion.rig.z];
          const wish = wishing({ moveBack: -Math.cos(yawRad), moveRight: -Math.sin(yawRad) });
          locomotion.update(wish, head, 1 / 72, settings, collider);
          // At the speed of a walk: to be cast out is worse than to stand in a wall.
          expect(Math.hypot(locomotion.rig.x - fromX, locomotion.rig.z - fromZ)).toBeLessThan(1.7 / 72);
          isOut = clearanceAt(headX(locomotion.rig, head), headZ(locomotion.rig, head)) >= 0;
        }
        expect(isOut).toBe(true);
      }),
      { numRuns: 60, maxSkipsPerRun: 1000 },
    );
    expect(inside).toBe(60);
  });

  test('who walks into a wall in the real room is not pushed about by it', () => {
    let seen = 0;
    for (let k = 0; k < 400; k++) {
      const { locomotion, head } = headAt(start[12]! + (k % 20) - 10, start[14]! + Math.floor(k / 20) - 10);
      const { x, z } = locomotion.rig;
      if (clearanceAt(headX(locomotion.rig, head), headZ(locomotion.rig, head)) >= 0) continue;
      seen++;
      for (let i = 0; i < 20; i++) locomotion.update(wishing({}), head, 1 / 72, settings, collider);
      expect([locomotion.rig.x, locomotion.rig.z]).toEqual([x, z]);
    }
    expect(seen).toBeGreaterThan(10);
  });
});

describe('turning', () => {
  test('snaps by 30 degrees about the head, which stays in its place', () => {
    const head = poseFromYawPitch([0.7, 1.5, -0.4], 0.3, 0.2);
    const locomotion = createLocomotion();
    const before = worldFromHead(locomotion.rig, head, createPose());
    locomotion.update(wishing({ snapTurn: 1 }), head, 1 / 72, settings, null);
    expect(locomotion.rig.yawRad).toBeCloseTo(snapTurnRad, 9);
    expect(distanceBetween(before, worldFromHead(locomotion.rig, head, createPose()))).toBeLessThan(1e-5);
    for (let i = 0; i < 11; i++) locomotion.update(wishing({ snapTurn: 1 }), head, 1 / 72, settings, null);
    expect(locomotion.rig.yawRad).toBeCloseTo(0, 9);
    expect(distanceBetween(before, worldFromHead(locomotion.rig, head, createPose()))).toBeLessThan(1e-5);
    expect(locomotion.turnRadPerS).toBe(0);
  });

  test('is smooth at 90 degrees a second when the person wants that, and then does not snap', () => {
    const locomotion = createLocomotion();
    const controls = wishing({ stickTurn: -1, snapTurn: -1 });
    for (let i = 0; i < 72; i++) locomotion.update(controls, standing, 1 / 72, { ...settings, turn: 'smooth' }, null);
    expect(locomotion.rig.yawRad).toBeCloseTo(-Math.PI / 2, 6);
  });

  test('leaves the stick alone when it snaps', () => {
    const locomotion = createLocomotion();
    walk(locomotion, wishing({ stickTurn: 1 }), 1);
    expect(locomotion.rig.yawRad).toBe(0);
  });

  test('follows the mouse at once and in full, in pitch up to the limit', () => {
    const locomotion = createLocomotion();
    locomotion.update(wishing({ lookYawRad: 0.25, lookPitchRad: -0.5 }), standing, 1 / 72, settings, null);
    expect(locomotion.rig.yawRad).toBeCloseTo(0.25, 9);
    expect(locomotion.rig.pagePitchRad).toBeCloseTo(-0.5, 9);
  });
});
