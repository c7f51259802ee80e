import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lightLeft } from '../../../src/reproject/body-shadow';

const up = [0, 1, 0] as const;
const floor = (x: number, z: number) => [x, 0, z] as const;

describe('shadows of bodies', () => {
  test('leave between nothing and all of the light, and more bodies never make it lighter', () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const sphere = fc.tuple(number, number, number, fc.double({ min: 0.02, max: 0.5, noNaN: true }));
    fc.assert(
      fc.property(number, number, fc.array(sphere, { maxLength: 6 }), (x, z, spheres) => {
        let before = 1;
        for (let n = 0; n <= spheres.length; n++) {
          const light = lightLeft(floor(x, z), up, up, spheres.slice(0, n).flat());
          expect(light).toBeGreaterThan(0);
          expect(light).toBeLessThanOrEqual(before + 1e-12);
          before = light;
        }
      }),
    );
  });

  test('are darkest under the body, weaker and wider the higher it is', () => {
    const at = (height: number, x: number) => lightLeft(floor(x, 0), up, up, [0, height, 0, 0.1]);
    const lying = at(0.1, 0);
    expect(lying).toBeLessThan(0.15);
    expect(at(0.1, 0.05)).toBeGreaterThan(lying);
    let darkness = 1 - lying;
    for (const height of [0.2, 0.4, 0.8, 1.6]) {
      expect(1 - at(height, 0)).toBeLessThan(darkness);
      darkness = 1 - at(height, 0);
    }
    // Half as dark as in the middle: farther out where the body is higher.
    const reach = (height: number) => {
      let x = 0;
      while (1 - at(height, x) > (1 - at(height, 0)) / 2) x += 0.002;
      return x;
    };
    expect(reach(1.6)).toBeGreaterThan(1.4 * reach(0.3));
  });

  test('fall where the sun says: a body to the side throws its shadow beside it, and nothing above it is dark', () => {
    const slanted = [Math.SQRT1_2, Math.SQRT1_2, 0] as const;
    const sphere = [0, 0.5, 0, 0.1];
    expect(lightLeft(floor(-0.5, 0), up, slanted, sphere)).toBeLessThan(lightLeft(floor(0.5, 0), up, slanted, sphere) - 0.1);
    const ceiling = lightLeft([0, 3, 0], [0, -1, 0], up, sphere);
    expect(ceiling).toBeGreaterThan(0.99);
  });

  test('touch a wall beside the body, but not a wall that looks away', () => {
    const sphere = [0, 0.5, 0, 0.1];
    const wall = lightLeft([-0.1, 0.5, 0], [1, 0, 0], up, sphere);
    expect(wall).toBeLessThan(0.5);
    expect(lightLeft([-0.1, 0.5, 0], [-1, 0, 0], up, sphere)).toBeGreaterThan(0.99);
  });
});
