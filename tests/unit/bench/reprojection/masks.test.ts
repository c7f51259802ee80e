import { expect, test } from 'vitest';
import { bandPx, masksOf, silhouetteBand } from '../../../../src/bench/reprojection/masks';
import { classify, occluded, outside, visible } from '../../../../src/bench/reprojection/visibility';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { camera, poseAt, seeTwoPlanes } from './two-planes';

const size = 128;
const planes = { nearM: 0.5, farM: 3, halfM: 0.2 };

test('what a step to the side uncovers is as wide as geometry says', () => {
  const baselineM = 0.1;
  const before = seeTwoPlanes(planes, camera(size));
  const after = seeTwoPlanes(planes, camera(size), baselineM);
  const { sight, counts } = masksOf(after, before);
  // b (1/Zn - 1/Zf) of focal length, beside one edge of the screen.
  const holePx = baselineM * (1 / planes.nearM - 1 / planes.farM) * (size / 2);
  expect(counts.occluded / size).toBeGreaterThan(holePx - 1.5);
  expect(counts.occluded / size).toBeLessThan(holePx + 1.5);
  // At the right border of the picture the wall comes in by b / Zf.
  const borderPx = (baselineM / planes.farM) * (size / 2);
  expect(counts.outside / size).toBeGreaterThan(borderPx - 1);
  expect(counts.outside / size).toBeLessThan(borderPx + 1);
  expect(counts.coVisible + counts.occluded + counts.outside).toBe(size * size);
  // The screen itself is visible in both.
  const middle = (size / 2) * size + size / 2 - Math.round((baselineM / planes.nearM) * (size / 2));
  expect(after.inverseDepth[middle]).toBeCloseTo(1 / planes.nearM);
  expect(sight[middle]).toBe(visible);
});

test('from the same pose everything is co-visible, behind the back nothing is', () => {
  const here = seeTwoPlanes(planes, camera(size));
  expect(masksOf(here, here).counts).toMatchObject({ coVisible: size * size, occluded: 0, outside: 0 });
  const behind = { ...here, worldFromCamera: poseFromYawPitch([0, 0, 0], Math.PI, 0) };
  expect(masksOf(here, behind).counts).toMatchObject({ coVisible: 0, occluded: 0, outside: size * size });
});

test('sky is where the newest frame has sky in the same direction, wherever it stood', () => {
  const view = camera(size);
  const sky = { worldFromCamera: poseAt(0), camera: view, inverseDepth: new Float32Array(size * size) };
  const moved = { ...sky, worldFromCamera: poseAt(7, 2, -3) };
  expect(masksOf(sky, moved).counts.coVisible).toBe(size * size);
  const wall = { ...sky, inverseDepth: new Float32Array(size * size).fill(0.5) };
  expect(masksOf(sky, wall).counts.occluded).toBe(size * size);
});

test('a floor seen at a grazing angle is recognised, although depth changes much within a texel', () => {
  const view = camera(size);
  const floorFrom = (z: number) => {
    const inverseDepth = new Float32Array(size * size);
    for (let i = 0; i < inverseDepth.length; i++) {
      const down = (Math.floor(i / size) + 0.5 - view.cy) / view.fy;
      inverseDepth[i] = Math.max(0, down / 1.6);
    }
    return { worldFromCamera: poseAt(0, 1.6, z), camera: view, inverseDepth };
  };
  const { counts } = masksOf(floorFrom(-0.13), floorFrom(0));
  expect(counts.occluded / (size * size)).toBeLessThan(0.01);
});

test('several frames together have seen what any of them saw', () => {
  const view = camera(size);
  const now = seeTwoPlanes(planes, view, 0.1);
  const seen = new Uint8Array(size * size);
  const alone = classify(now, seeTwoPlanes(planes, view, 0), seen);
  const both = classify(now, seeTwoPlanes(planes, view, 0.2), seen);
  expect(both).toBeGreaterThan(alone);
  // What the second frame saw covers the hole; only what stays hidden from both, or outside, is left.
  expect(seen.filter((sight) => sight === occluded).length).toBe(0);
  expect(seen.filter((sight) => sight === outside).length).toBeLessThan(size * 3);
});

test('the silhouette band reaches four pixels to both sides of a jump and no further', () => {
  const depth = new Float32Array(40 * 40).fill(0.5);
  for (let y = 0; y < 40; y++) for (let x = 20; x < 40; x++) depth[y * 40 + x] = 2;
  const band = silhouetteBand(depth, 40, 40);
  for (let x = 0; x < 40; x++) {
    expect(band[20 * 40 + x]).toBe(x >= 19 - bandPx && x <= 20 + bandPx ? 1 : 0);
  }
});
