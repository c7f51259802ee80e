import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createStanding, follow, type Standing } from '../../../../src/app/lab/lazy-follow';
import { poseFromYawPitch } from '../../../../src/math/pose';

const dtS = 1 / 72;

function placed(): Standing {
  const standing = createStanding();
  follow(standing, poseFromYawPitch([0, 1.6, 0], 0, 0), dtS);
  return standing;
}

const distance = (standing: Standing, head: readonly [number, number, number]): number =>
  Math.hypot(standing.x - head[0], standing.y - head[1], standing.z - head[2]);

describe('a panel that follows lazily', () => {
  test('appears an arm ahead of the eyes, a little to the left, and faces them', () => {
    const standing = placed();
    expect(standing.z).toBeLessThan(-0.9);
    expect(standing.x).toBeLessThan(-0.2);
    // Its front looks along +z turned by its yaw: from the panel straight to the head.
    expect(Math.atan2(-standing.x, -standing.z)).toBeCloseTo(standing.yaw, 5);
  });

  test('stays in the world while the head looks about and leans', () => {
    const standing = placed();
    const before = { ...standing };
    for (let k = 0; k < 200; k++) {
      const yaw = 0.5 * Math.sin(k / 10);
      follow(standing, poseFromYawPitch([0.2 * Math.sin(k / 7), 1.6, 0.1], yaw, -0.3), dtS);
    }
    expect(standing).toEqual(before);
  });

  test('comes after a person who walked off or turned round, from wherever and however', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
        (x, z, yaw) => {
          const standing = placed();
          const pose = poseFromYawPitch([x, 1.6, z], yaw, 0);
          for (let k = 0; k < 72 * 4; k++) follow(standing, pose, dtS);
          expect(standing.isMoving).toBe(false);
          // Left alone or come after: it is within reach of the eyes either way.
          expect(distance(standing, [x, 1.6, z])).toBeLessThan(1.2 + 0.9 + 0.1);
          const off = standing.yaw - yaw - 2 * Math.PI * Math.round((standing.yaw - yaw) / (2 * Math.PI));
          expect(Math.abs(off)).toBeLessThan(0.55 + 1.05 + 0.05);
        },
      ),
    );
  });

  test('glides: no display frame moves it by more than a tenth of the way', () => {
    const standing = placed();
    const pose = poseFromYawPitch([5, 1.6, 0], 2, 0);
    let { x, z } = standing;
    for (let k = 0; k < 60; k++) {
      follow(standing, pose, dtS);
      expect(Math.hypot(standing.x - x, standing.z - z)).toBeLessThan(0.1 * 6.5);
      ({ x, z } = standing);
    }
    expect(Math.abs(x - placed().x)).toBeGreaterThan(3);
  });
});
