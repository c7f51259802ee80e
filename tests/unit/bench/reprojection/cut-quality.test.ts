import { expect, test } from 'vitest';
import { countEdges, falseCutsOnFloors } from '../../../../src/bench/reprojection/cut-quality';
import { planeAt } from '../../../../src/bench/reprojection/known-surfaces';
import { camera, seeTwoPlanes } from './two-planes';

test('grazing floors stay whole, and noise that is as large as the rule allows cuts them', () => {
  expect(falseCutsOnFloors(0, 1)).toBeLessThan(1);
  expect(falseCutsOnFloors(0.2, 1)).toBeGreaterThan(20);
});

test('edges of two planes are jumps and all cut; the planes themselves are smooth', () => {
  const size = 64;
  const counts = { jumps: 0, jumpsCut: 0, smooth: 0, smoothCut: 0 };
  countEdges(seeTwoPlanes({ nearM: 1, farM: 1.5, halfM: 0.4 }, camera(size)), counts);
  expect(counts).toMatchObject({ jumps: 2 * size, jumpsCut: 2 * size, smoothCut: 0 });
  expect(counts.smooth).toBe(2 * size * (size - 1) - 2 * size);
});

test('where two planes meet there is no jump, however steep they are', () => {
  const size = 64;
  const view = camera(size);
  const inverseDepth = new Float32Array(size * size);
  const corners = new Float32Array(4 * size * size);
  for (let i = 0; i < inverseDepth.length; i++) {
    const down = (Math.floor(i / size) + 0.5 - view.cy) / view.fy;
    const floor = down / 1.6;
    inverseDepth[i] = Math.max(floor, 1 / 4);
    const normal = floor > 1 / 4 ? [0, 1, 0] : [0, 0, 1];
    const [x, y] = [i % size, Math.floor(i / size)];
    for (let k = 0; k < 4; k++) {
      corners[4 * i + k] = planeAt(view, normal, x + 0.5, y + 0.5, inverseDepth[i], x + (k & 1), y + (k >> 1));
    }
  }
  const counts = { jumps: 0, jumpsCut: 0, smooth: 0, smoothCut: 0 };
  countEdges({ camera: view, inverseDepth, corners }, counts);
  expect(counts.jumps).toBe(0);
});
