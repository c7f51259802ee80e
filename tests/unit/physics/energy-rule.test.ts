import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import { gravityMps2, stepS } from '../../../src/physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../../src/physics/physics-world';
import { both, floorAt, seenFrom, wallAt } from './surface-scenes';

const inertiaShare = { ball: 2 / 5, cube: 2 / 3 } as const;

/** Motion and height, J/kg, from what the engine says of the body. */
function energyOf(physics: PhysicsWorld, id: number): number {
  const rigid = physics.rigidOf(id)!;
  const v = rigid.linvel();
  const w = rigid.angvel();
  const up = v.y - physics.gravityKickMps;
  const inertia = inertiaShare[physics.shapeOf(id)!] * 0.1 ** 2;
  const motion = (v.x ** 2 + up ** 2 + v.z ** 2 + inertia * (w.x ** 2 + w.y ** 2 + w.z ** 2)) / 2;
  return motion + gravityMps2 * rigid.translation().y;
}

test('whatever surfaces do under it, motion never comes from nowhere', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('ball' as const, 'cube' as const),
      fc.double({ min: -4, max: 4, noNaN: true }),
      fc.double({ min: -8, max: 3, noNaN: true }),
      fc.double({ min: -6, max: 0, noNaN: true }),
      async (shape, vx, vy, vz) => {
        const physics = await loadPhysics();
        physics.setGround(null, 0);
        const id = physics.add({
          shape,
          radiusM: 0.1,
          worldFromBody: poseFromYawPitch([0, 1.2, -1.5], 0.3, 0.2),
          velocityMps: [vx, vy, vz],
          angularRadPerS: [3, 0, -2],
        });
        const scene = both(floorAt(0), wallAt(-4));
        let energy = energyOf(physics, id);
        for (let step = 0; step < 360; step++) {
          // Every mesh is off the one before by up to three per cent of its distance.
          if (step % 20 === 0) physics.setSurfaces(seenFrom(scene, undefined, () => 1 + 0.03 * Math.sin(step * 7.3)));
          physics.step(stepS);
          const now = energyOf(physics, id);
          const nowY = physics.rigidOf(id)!.translation().y;
          // A floor that rises may carry it up; that is height, not motion.
          expect(now).toBeLessThan(Math.max(energy, gravityMps2 * nowY) + 0.01);
          energy = now;
        }
        physics.dispose();
      },
    ),
    { numRuns: 12 },
  );
});

test('what another body or a hand gives, it keeps', async () => {
  const physics = await loadPhysics();
  physics.setGround(() => 0, 0);
  const still = physics.add({ shape: 'ball', radiusM: 0.1, worldFromBody: at(0, 0.1, 0), velocityMps: [0, 0, 0], angularRadPerS: [0, 0, 0] });
  for (let k = 0; k < 30; k++) physics.step(stepS);
  const fast = physics.add({ shape: 'ball', radiusM: 0.1, worldFromBody: at(-1, 0.12, 0), velocityMps: [6, 0, 0], angularRadPerS: [0, 0, 0] });
  for (let k = 0; k < 40; k++) physics.step(stepS);
  const velocity = [0, 0, 0];
  physics.velocityOf(still, velocity);
  expect(velocity[0]).toBeGreaterThan(2.5);

  physics.hold(fast, at(2, 1, 0));
  physics.step(stepS);
  physics.release(fast, [0, 5, 0], [0, 0, 0]);
  physics.step(stepS);
  physics.velocityOf(fast, velocity);
  expect(velocity[1]).toBeGreaterThan(4.8);
  physics.dispose();
});

function at(x: number, y: number, z: number): ReturnType<typeof createPose> {
  const pose = createPose();
  pose.set([x, y, z], 12);
  return pose;
}
