import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillHoles } from '../../../../src/bench/world/fill-holes';
import { MemoryOnlyWorld, mixMemory } from '../../../../src/bench/world/memory-world';
import { intrinsicsFromFov } from '../../../../src/math/camera';
import { createRandom } from '../../../../src/math/hash';
import { psnr, sharpness } from '../../../../src/math/image-metrics';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { Reprojector } from '../../../../workers/memory/reproject';

const size = 32;
const camera = intrinsicsFromFov(size, size, 1.7);
const random = createRandom(9);
const noisy = { color: new Uint8ClampedArray(4 * size * size).map((_, i) => (i % 4 === 3 ? 255 : 255 * random())), inverseDepth: new Float32Array(size * size).fill(0.5) };
const at = (x: number, yaw = 0) => poseFromYawPitch([x, 1.6, 0], yaw, 0);

test('holes are filled between the values around them, and what is known stays', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 23 }), fc.integer(), (width, height, seed) => {
      const dice = createRandom(seed);
      const n = width * height;
      const planes = Float32Array.from({ length: 2 * n }, () => 2 + dice());
      const known = Float32Array.from({ length: n }, () => (dice() < 0.4 ? 1 : 0));
      known[Math.floor(dice() * n)] = 1;
      const before = planes.slice();
      for (let i = 0; i < n; i++) if (known[i] === 0) planes[i] = planes[n + i] = -100;
      fillHoles(planes, 2, known, width, height);
      for (let i = 0; i < 2 * n; i++) {
        expect(known[i % n] === 0 || planes[i] === before[i]).toBe(true);
        expect(planes[i]).toBeGreaterThanOrEqual(1.999);
        expect(planes[i]).toBeLessThanOrEqual(3.001);
      }
    }),
  );
});

test('memory only shows its first frame again exactly, from where it was seen', () => {
  const world = new MemoryOnlyWorld(camera, noisy, at(0));
  expect(psnr(world.step(at(0)).color, noisy.color)).toBe(Infinity);
});

test('the last frame alone turns to fog where keyframes do not', () => {
  const keyframes = new MemoryOnlyWorld(camera, noisy, at(0));
  const last = new MemoryOnlyWorld(camera, noisy, at(0), true);
  for (let k = 1; k <= 12; k++) for (const world of [keyframes, last]) world.step(at(0, k * 0.1));
  for (let k = 12; k >= 1; k--) for (const world of [keyframes, last]) world.step(at(0, k * 0.1));
  const [kept, lost] = [keyframes.step(at(0)).color.slice(), last.step(at(0)).color.slice()];
  expect(psnr(kept, noisy.color)).toBeGreaterThan(psnr(lost, noisy.color) + 6);
  expect(sharpness(lost, size, size)).toBeLessThan(0.6 * sharpness(noisy.color, size, size));
});

test('memory is mixed in half and half, and only where its depth is the map’s', () => {
  const reprojector = new Reprojector(camera);
  const view = reprojector.project([], at(0));
  const n = size * size;
  view.red.fill(1);
  view.mask.fill(1).fill(0, 0, 10);
  view.inverseDepth.fill(0.5);
  const map = new Float32Array(n).fill(0.51).fill(0.6, 20, 30);
  const color = new Uint8ClampedArray(4 * n).fill(100);
  mixMemory(color, view, map);
  expect([color[0], color[4 * 10], color[4 * 10 + 1], color[4 * 25]]).toEqual([100, 178, 50, 100]);
});
