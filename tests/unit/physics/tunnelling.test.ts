import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { energyOf } from '../../../src/bench/physics/energy';
import { impactStride } from '../../../src/physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../../src/physics/physics-world';
import { ballAt, both, floorAt, seenFrom, show, standing, wallAt } from './surface-scenes';

// Whole numbers: doubles would crowd near zero.
const share = (from: number, to: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 1000 }).map((k) => from + ((to - from) * k) / 1000);
const angle = share(0, 1);
const throwArb = fc.record({
  speed: share(2, 20),
  down: angle,
  around: angle,
  radius: share(0.025, 0.3),
  shape: fc.constantFrom('ball' as const, 'cube' as const),
});

/** A bumpy room: floor and a wall 5 m away, with the noise of a painted depth. */
async function bumpyRoom(seed: number): Promise<{ physics: PhysicsWorld; meshes: ReturnType<typeof seenFrom>[] }> {
  const random = createRandom(seed);
  const noise = (): number => 1 + 0.01 * (random() - 0.5);
  const meshes = [0, 1, 2].map(() => seenFrom(both(floorAt(0), wallAt(-5)), standing, noise));
  const physics = await loadPhysics();
  physics.setGround(null, 0);
  show(physics, meshes[0]!);
  return { physics, meshes };
}

describe('whatever is thrown', () => {
  test('stays above the floor and before the wall, while surfaces are replaced', async () => {
    const { physics, meshes } = await bumpyRoom(1);
    fc.assert(
      fc.property(throwArb, ({ speed, down, around, radius, shape }) => {
        const [up, turn] = [-1.4 * down + 0.1, 1.2 * (around - 0.5)];
        const velocity = [-Math.sin(turn) * Math.cos(up) * speed, Math.sin(up) * speed, -Math.cos(turn) * Math.cos(up) * speed];
        physics.clear();
        const id = physics.add({ ...ballAt(0, 1.4, -0.3, radius, velocity), shape });
        for (let k = 0; k < 72; k++) {
          if (k % 12 === 0) physics.setSurfaces(meshes[(k / 12) % 3]!);
          physics.step(1 / 120);
          const { x, y, z } = physics.rigidOf(id)!.translation();
          expect(y).toBeGreaterThan(-0.06);
          const atSeenWall = Math.abs(x) < 4 && y < 2.5;
          expect(atSeenWall && z < -5.1).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('never falls out of a world without any surface', async () => {
    const physics = await loadPhysics();
    const heights = [null, (x: number) => (x > 1 ? 0.36 : x > 0.5 ? 0.18 : 0)];
    fc.assert(
      fc.property(throwArb, fc.constantFrom(...heights), ({ speed, down, around, radius, shape }, known) => {
        physics.setGround(known, 0);
        physics.clear();
        const [up, turn] = [-1.57 * down, 6.28 * around];
        const velocity = [Math.cos(turn) * Math.cos(up) * speed, Math.sin(up) * speed, Math.sin(turn) * Math.cos(up) * speed];
        const id = physics.add({ ...ballAt(0, 1.2, 0, radius, velocity), shape });
        for (let k = 0; k < 240; k++) {
          physics.step(1 / 120);
          const { x, y } = physics.rigidOf(id)!.translation();
          // The known height is asked for every few centimetres of way.
          expect(y).toBeGreaterThan((known ? Math.min(known(x - 0.06), known(x + 0.06)) : 0) - 0.05);
        }
      }),
      { numRuns: 80 },
    );
  });

  test('has no more energy after a bounce than before', async () => {
    const { physics } = await bumpyRoom(2);
    const impacts = new Float32Array(impactStride);
    let bounces = 0;
    fc.assert(
      fc.property(throwArb, ({ speed, down, around, radius, shape }) => {
        const [up, turn] = [-1.4 * down + 0.3, 1.2 * (around - 0.5)];
        const velocity = [-Math.sin(turn) * Math.cos(up) * speed, Math.sin(up) * speed, -Math.cos(turn) * Math.cos(up) * speed];
        physics.clear();
        const id = physics.add({ ...ballAt(0, 1.4, -0.3, radius, velocity), shape });
        for (let k = 0; k < 90; k++) {
          const before = energyOf(physics, id, 0)!;
          physics.takeImpacts(impacts);
          physics.step(1 / 120);
          if (physics.takeImpacts(impacts) === 0) continue;
          bounces++;
          // What the solver rounds, and a millimetre that a corner is pushed out by.
          expect(energyOf(physics, id, 0)!).toBeLessThan(before + 0.02 + 0.002 * before);
        }
      }),
      { numRuns: 80 },
    );
    expect(bounces).toBeGreaterThan(60);
  });

  test('a ball rolls over the edges between triangles without a hop', async () => {
    const physics = await loadPhysics();
    physics.setGround(null, -3);
    show(physics, seenFrom(floorAt(0)));
    const id = physics.add(ballAt(-1, 0.1, -2, 0.1, [3, 0, -0.4]));
    for (let k = 0; k < 90; k++) {
      physics.step(1 / 120);
      expect(physics.rigidOf(id)!.translation().y).toBeLessThan(0.115);
    }
    expect(physics.rigidOf(id)!.translation().x).toBeGreaterThan(0.4);
  });
});
