import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aimedPoint, fastestThrowMps, lobVelocity, worldSpin, worldVelocity } from '../../../../src/app/objects/throwing';
import { createPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Collider } from '../../../../src/xr/locomotion';

const coordinate = fc.double({ min: -4, max: 4, noNaN: true });
const place = fc.tuple(coordinate, coordinate, coordinate);

test('a lob passes through its target, whatever the two places are', () => {
  fc.assert(
    fc.property(place, place, fc.double({ min: 2, max: 15, noNaN: true }), (from, to, speedMps) => {
      const v = lobVelocity(from, to, speedMps, [0, 0, 0]);
      const flightS = Math.max(Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]), 0.1) / speedMps;
      expect(from[0] + v[0]! * flightS).toBeCloseTo(to[0], 9);
      expect(from[1] + v[1]! * flightS - (9.81 / 2) * flightS ** 2).toBeCloseTo(to[1], 9);
      expect(from[2] + v[2]! * flightS).toBeCloseTo(to[2], 9);
    }),
  );
});

test('a giant before a model throws as many times faster as the world is larger, and spins no faster', () => {
  const room = poseFromYawPitch([3, 1, -2], Math.PI / 2, 0);
  for (let k = 0; k < 12; k++) room[k]! *= 10;
  // In the room's heading, ahead is -X of the world.
  const velocity = worldVelocity(room, [0, 0.5, -1], [0, 0, 0]);
  expect(velocity[0]).toBeCloseTo(-10, 5);
  expect(velocity[1]).toBeCloseTo(5, 5);
  expect(velocity[2]).toBeCloseTo(0, 5);
  const spin = worldSpin(room, [0, 2, -3], [0, 0, 0]);
  expect(spin[0]).toBeCloseTo(-3, 5);
  expect(spin[1]).toBeCloseTo(2, 5);
});

test('no throw is faster than floors can catch, and its direction stays', () => {
  const room = createPose();
  for (let k = 0; k < 12; k++) room[k]! *= 50;
  const velocity = worldVelocity(room, [3, 4, 0], [0, 0, 0]);
  expect(Math.hypot(...velocity)).toBeCloseTo(fastestThrowMps, 5);
  expect(velocity[0]! / velocity[1]!).toBeCloseTo(0.75, 5);
});

test('a click aims at the floor where the ray meets it, at a wall that is nearer, and never too far', () => {
  const down = Math.SQRT1_2;
  const onFloor = aimedPoint([0, 1.6, 0], [0, -down, -down], null, 0, [0, 0, 0]);
  expect(onFloor[1]).toBeLessThan(0.1);
  expect(onFloor[2]).toBeCloseTo(-1.6, 0);
  const level = aimedPoint([0, 1.6, 0], [0, 0, -1], null, 0, [0, 0, 0]);
  expect(-level[2]!).toBeCloseTo(5, 1);
  const wall: Collider = {
    slide: () => {},
    groundHeight: () => 0,
    clearance: () => 1,
    distance: (_x, _y, z) => z + 2,
  };
  expect(aimedPoint([0, 1.6, 0], [0, 0, -1], wall, 0, [0, 0, 0])[2]).toBeCloseTo(-2, 1);
});
