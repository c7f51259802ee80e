import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import { SpatialMemory } from '../../../workers/backends/onnx/spatial-memory';

const side = 32;
const n = side * side;
const camera = intrinsicsFromFov(side, side, Math.PI / 2);
const here = poseFromYawPitch([0, 1.6, 0], 0, 0);
const away = poseFromYawPitch([0, 1.6, 0], Math.PI, 0);

test('what was painted is seen again from the same place, and not on the other side', () => {
  const memory = new SpatialMemory(camera);
  expect(memory.view(here).mask.some((value) => value > 0)).toBe(false);
  memory.remember(here, new Uint8ClampedArray(4 * n).fill(51), new Float32Array(n).fill(0.5));
  const seen = memory.view(here);
  expect(seen.mask.filter((value) => value === 1).length).toBe(n);
  expect(seen.red[100]).toBeCloseTo(0.2, 5);
  expect(seen.inverseDepth[100]).toBeCloseTo(0.5, 5);
  expect(memory.view(away).mask.some((value) => value > 0)).toBe(false);
  memory.clear();
  expect(memory.view(here).mask.some((value) => value > 0)).toBe(false);
});

test('depth that cannot be is not remembered as a place', () => {
  const memory = new SpatialMemory(camera);
  const inverseDepth = new Float32Array(n).fill(0.5);
  inverseDepth.fill(NaN, 0, n / 4);
  inverseDepth.fill(-3, n / 4, n / 2);
  memory.remember(here, new Uint8ClampedArray(4 * n).fill(51), inverseDepth);
  const { mask } = memory.view(here);
  expect(mask.subarray(0, n / 2 - side).some((value) => value > 0)).toBe(false);
  expect(mask.subarray(n / 2 + side).every((value) => value === 1)).toBe(true);
});
