import { expect, test } from 'vitest';
import { cornersOf, planeAt, surfaceAt, type KnownSurfaces } from '../../../../src/bench/reprojection/known-surfaces';
import { countRubber, rubberQuads, type LayerQuads } from '../../../../src/bench/reprojection/rubber-sheet';
import { buildUncutMesh } from '../../../../src/bench/reprojection/uncut-mesh';
import { addOrnateShapes } from '../../../../workers/backends/simulator/ornament';
import { CourtyardRenderer } from '../../../../workers/backends/simulator/render';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { atmosphereOf } from '../../../../workers/layout/palettes';
import { SceneWindow } from '../../../../workers/layout/scene-window';
import { chooseSpawn } from '../../../../workers/layout/spawn';
import { PictureMesher } from '../../../../workers/mesh/picture-mesher';
import { BufferPool } from '../../../../workers/mesh/pool';
import type { FrameMesh } from '../../../../src/world/contracts';
import { camera, poseAt, seeTwoPlanes, sourceOf } from './two-planes';

const size = 64;
const view = camera(size);

function cutMesh(known: KnownSurfaces): FrameMesh {
  return new PictureMesher(new BufferPool()).build(Float32Array.from(known.inverseDepth), view, size, poseAt(0));
}

function rubberOf(known: KnownSurfaces, mesh: FrameMesh): number {
  const quads = rubberQuads({ camera: view, color: new Uint8Array(4 * size * size), mesh }, known);
  const layer: LayerQuads = { width: size, height: size, texelsPerQuad: mesh.texelsPerQuad, ...quads };
  return countRubber(sourceOf(size, 1), (code) => (code === 1 ? layer : null));
}

/** A floor 1.6 m below, a wall at 60 m behind it; the corners by the plane of each texel. */
function floorAndWall(): KnownSurfaces {
  const inverseDepth = new Float32Array(size * size);
  const corners = new Float32Array(4 * size * size);
  for (let i = 0; i < inverseDepth.length; i++) {
    const y = Math.floor(i / size) + 0.5;
    const floor = (y - view.cy) / view.fy / 1.6;
    inverseDepth[i] = Math.max(1 / 60, floor);
    const normal = floor > 1 / 60 ? [0, 1, 0] : [0, 0, 1];
    for (let k = 0; k < 4; k++) {
      const cornerX = (i % size) + (k & 1);
      const cornerY = Math.floor(i / size) + (k >> 1);
      corners[4 * i + k] = planeAt(view, normal, (i % size) + 0.5, y, inverseDepth[i], cornerX, cornerY);
    }
  }
  return { camera: view, inverseDepth, corners };
}

test('two planes: an uncut mesh has a sheet on both sides of each edge, the cut mesh has none', () => {
  const known = seeTwoPlanes({ nearM: 1, farM: 3, halfM: 0.4 }, view);
  const uncut = rubberOf(known, buildUncutMesh(known.inverseDepth, size, size));
  // Corners between two texels hang half way: one quad on each side of two edges, in every row.
  expect(uncut).toBe(4 * size);
  expect(rubberOf(known, cutMesh(known))).toBe(0);
});

test('a floor at any angle is no rubber in either mesh', () => {
  const known = floorAndWall();
  // Where the floor meets the far wall a corner is shared by both; nowhere else.
  expect(rubberOf(known, buildUncutMesh(known.inverseDepth, size, size))).toBeLessThanOrEqual(2 * size);
  expect(rubberOf(known, cutMesh(known))).toBeLessThanOrEqual(2 * size);
});

test('sky beside a wall: a sheet to infinity counts', () => {
  const known = seeTwoPlanes({ nearM: 2, farM: 1e9, halfM: 0.8 }, view);
  known.inverseDepth.forEach((d, i) => {
    if (d < 1e-6) known.inverseDepth[i] = 0;
  });
  expect(rubberOf(known, buildUncutMesh(known.inverseDepth, size, size))).toBe(4 * size);
  expect(rubberOf(known, cutMesh(known))).toBe(0);
});

test('guesses, sky and pixels without anything do not count', () => {
  const known = seeTwoPlanes({ nearM: 1, farM: 3, halfM: 0.4 }, view);
  const mesh = buildUncutMesh(known.inverseDepth, size, size);
  const quads = rubberQuads({ camera: view, color: new Uint8Array(0), mesh }, known);
  const layer = { width: size, height: size, texelsPerQuad: 1, ...quads };
  for (const code of [0, 253, 254, 255]) expect(countRubber(sourceOf(size, code), () => layer)).toBe(0);
  expect(countRubber(sourceOf(size, 1), () => null)).toBe(0);
});

test('the surface of a texel goes through its centre and is as steep as its plane', () => {
  const known = floorAndWall();
  const texel = 50 * size + 20;
  expect(surfaceAt(known, texel, 20.5, 50.5)).toBeCloseTo(known.inverseDepth[texel], 6);
  expect(surfaceAt(known, texel, 20.1, 51)).toBeCloseTo((51 - view.cy) / view.fy / 1.6, 6);
  known.inverseDepth[3 * size] = 0;
  expect(surfaceAt(known, 3 * size, 0, 0)).toBe(0);
});

test('corners of the simulator lie on its surfaces: on planes they meet, on round things they stay on them', () => {
  const seed = 2_000_000;
  const scene = new SceneWindow(new CourtyardMap(seed), addOrnateShapes);
  const pose = chooseSpawn(scene.map);
  const inverseDepth = new Float32Array(size * size);
  new CourtyardRenderer(scene, atmosphereOf(seed)).render(pose, view, { edgeSamples: 0 }, new Uint8ClampedArray(4 * size * size), inverseDepth);
  const corners = cornersOf(scene, pose, view, inverseDepth);
  let seen = 0;
  let near = 0;
  let skyCorners = 0;
  for (let i = 0; i < inverseDepth.length; i++) {
    if (inverseDepth[i] === 0) {
      skyCorners += corners[4 * i] + corners[4 * i + 1] + corners[4 * i + 2] + corners[4 * i + 3];
      continue;
    }
    seen++;
    const mean = (corners[4 * i] + corners[4 * i + 1] + corners[4 * i + 2] + corners[4 * i + 3]) / 4;
    if (Math.abs(mean - inverseDepth[i]) < 0.02 * inverseDepth[i]) near++;
  }
  expect(skyCorners).toBe(0);
  expect(seen).toBeGreaterThan(0.3 * size * size);
  // Only rims of round things bend more than that within a texel.
  expect(near / seen).toBeGreaterThan(0.98);
});
