import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestSpheres } from '../../../../src/app/objects/shadow-spheres';

const coordinate = fc.double({ min: -20, max: 20, noNaN: true });

test('a body that looks tiny throws no shadow, however few there are', () => {
  const poses = Float32Array.of(0, 0, -4, 0, 0, 0, 1, 0.1, 0, 0, -20, 0, 0, 0, 1, 0.1, 0, 0, -20, 0, 0, 0, 1, 0.3);
  const out = new Float32Array(12);
  expect(nearestSpheres(poses, 3, 0, 0, 0, out, 3)).toBe(2);
  expect(out[3]).toBeCloseTo(0.1, 6);
  expect(out[7]).toBeCloseTo(0.3, 6);
});

test('the spheres are the nearest bodies, nearest first, as a sort finds them', () => {
  const bodies = fc.array(fc.tuple(coordinate, coordinate, coordinate), { maxLength: 60 });
  fc.assert(
    fc.property(bodies, fc.tuple(coordinate, coordinate, coordinate), fc.integer({ min: 1, max: 24 }), (list, [x, y, z], most) => {
      const poses = new Float32Array(list.length * 8);
      for (const [i, at] of list.entries()) {
        poses.set(at, 8 * i);
        poses[8 * i + 7] = 1 + i;
      }
      const out = new Float32Array(4 * most);
      const count = nearestSpheres(poses, list.length, x, y, z, out, most);
      const away = (i: number): number => Math.hypot(poses[8 * i]! - x, poses[8 * i + 1]! - y, poses[8 * i + 2]! - z);
      const wanted = list.map((_, i) => away(i)).sort((a, b) => a - b).slice(0, most);
      expect(count).toBe(wanted.length);
      for (const [k, distance] of wanted.entries()) {
        const body = out[4 * k + 3]! - 1;
        expect(away(body)).toBeCloseTo(distance, 9);
        expect([...out.subarray(4 * k, 4 * k + 3)]).toEqual([...poses.subarray(8 * body, 8 * body + 3)]);
      }
    }),
  );
});
