import { expect, test } from 'vitest';
import { countRubber, planeAt, rubberQuads, type KnownSurfaces, type LayerQuads } from '../../../../src/bench/reprojection/rubber-sheet';
import { buildUncutMesh } from '../../../../src/bench/reprojection/uncut-mesh';
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

test('two planes: an uncut mesh has a sheet on both sides of each edge, the cut mesh has none', () => {
  const known = seeTwoPlanes({ nearM: 1, farM: 3, halfM: 0.4 }, view);
  const uncut = rubberOf(known, buildUncutMesh(known.inverseDepth, size, size));
  // Corners between two texels hang half way: one quad on each side of two edges, in every row.
  expect(uncut).toBe(4 * size);
  expect(rubberOf(known, cutMesh(known))).toBe(0);
});

test('a floor at any angle is no rubber in either mesh', () => {
  const inverseDepth = new Float32Array(size * size);
  const normals = new Float32Array(3 * size * size);
  for (let i = 0; i < inverseDepth.length; i++) {
    inverseDepth[i] = Math.max(1 / 60, (Math.floor(i / size) + 0.5 - view.cy) / view.fy / 1.6);
    if (inverseDepth[i] > 1 / 60) normals[3 * i + 1] = 1;
    else normals[3 * i + 2] = 1;
  }
  const known = { camera: view, inverseDepth, normals };
  // Where the floor meets the far wall a corner is shared by both; nowhere else.
  expect(rubberOf(known, buildUncutMesh(inverseDepth, size, size))).toBeLessThanOrEqual(2 * size);
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

test('the plane of a texel goes through its centre and is as steep as its normal says', () => {
  // A floor 1.6 m below: d = down / 1.6.
  const inverseDepth = new Float32Array(size * size);
  const normals = new Float32Array(3 * size * size);
  for (let i = 0; i < inverseDepth.length; i++) {
    inverseDepth[i] = Math.max(0, (Math.floor(i / size) + 0.5 - view.cy) / view.fy / 1.6);
    normals[3 * i + 1] = 1;
  }
  const known = { camera: view, inverseDepth, normals };
  const texel = 50 * size + 20;
  expect(planeAt(known, texel, 20.5, 50.5)).toBeCloseTo(inverseDepth[texel], 6);
  expect(planeAt(known, texel, 3, 51)).toBeCloseTo((51 - view.cy) / view.fy / 1.6, 6);
  expect(planeAt(known, 3 * size, 0, 0)).toBe(0);
});
