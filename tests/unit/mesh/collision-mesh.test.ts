import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { CollisionMesh } from '../../../src/world/contracts';
import { CollisionMesher, maxTriangles } from '../../../workers/mesh/collision-mesh';
import { findCuts } from '../../../workers/mesh/cut';
import { BufferPool } from '../../../workers/mesh/pool';
import { ballAndWall, plane, render, room, squareCamera } from './depth-scenes';

function meshOf(d: Float32Array, camera: Intrinsics, pose: Pose = createPose(), mesher = new CollisionMesher(new BufferPool())): CollisionMesh {
  const cutRight = new Uint8Array(d.length);
  const cutBelow = new Uint8Array(d.length);
  findCuts(d, camera.width, camera.height, cutRight, cutBelow);
  return mesher.build({ inverseDepth: d, cutRight, cutBelow, camera }, pose, 1);
}

/** Corners of each triangle in camera space of a mesh that was made at the origin. */
function trianglesOf({ positions, indices, indexCount }: CollisionMesh): number[][] {
  return Array.from({ length: indexCount / 3 }, (_, t) =>
    [0, 1, 2].flatMap((k) => Array.from(positions.subarray(3 * indices[3 * t + k]!, 3 * indices[3 * t + k]! + 3))),
  );
}

describe('surfaces for bodies', () => {
  test('no triangle joins what stands before something with what it stands before', () => {
    fc.assert(
      fc.property(
        fc.record({ left: fc.integer({ min: 4, max: 40 }), top: fc.integer({ min: 4, max: 40 }), width: fc.integer({ min: 3, max: 20 }) }),
        fc.integer({ min: 70, max: 400 }).map((k) => k / 100),
        fc.integer({ min: 130, max: 400 }).map((k) => k / 100),
        ({ left, top, width }, nearM, farther) => {
          const camera = squareCamera(64);
          const farM = nearM * farther;
          const d = new Float32Array(64 * 64).fill(1 / farM);
          for (let y = top; y < top + width; y++) d.fill(1 / nearM, y * 64 + left, y * 64 + left + width);
          const triangles = trianglesOf(meshOf(d, camera));
          for (const corners of triangles) {
            const depths = [-corners[2]!, -corners[5]!, -corners[8]!];
            const isNear = Math.abs(depths[0]! - nearM) < 1e-4;
            for (const depth of depths) expect(Math.abs(depth - (isNear ? nearM : farM))).toBeLessThan(1e-3 * farM);
          }
          // Both are there, whole: the areas of their pictures add up to the picture.
          const area = triangles.reduce((sum, t) => sum + pictureArea(t, camera), 0);
          expect(area).toBeCloseTo(64 * 64, 0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('every point of every triangle lies on the depth it came from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -80, max: 80 }).map((k) => k / 100),
        fc.integer({ min: -80, max: 80 }).map((k) => k / 100),
        fc.integer({ min: 50, max: 300 }).map((k) => k / 100),
        (nx, ny, radius) => {
          const camera = squareCamera(64);
          const length = Math.hypot(nx, ny, 1);
          const wall = plane([nx / length, ny / length, 1 / length], 3);
          const ball = ballAndWall({ centre: [0.5, 0, -4 - radius], radius }, Infinity);
          const scene = (x: number, y: number): number => Math.max(wall(x, y), ball(x, y));
          const mesh = meshOf(render(camera, scene), camera);
          expect(mesh.indexCount).toBeGreaterThan(0);
          for (const t of trianglesOf(mesh)) {
            const [x, y, z] = [0, 1, 2].map((k) => (t[k]! + t[3 + k]! + t[6 + k]!) / 3) as [number, number, number];
            const fromWall = Math.abs((nx * x + ny * y + z) / length + 3);
            const fromBall = Math.abs(Math.hypot(x - 0.5, y, z + 4 + radius) - radius);
            // The tolerance, and a texel's width where a surface ends.
            expect(Math.min(fromWall, fromBall)).toBeLessThan(0.02 - z / camera.fx);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  test('a floor takes few triangles, and they face the camera', () => {
    const camera = squareCamera(128);
    const pose = poseFromYawPitch([2, 1.6, -3], 0.7, -0.9);
    const { positions, indices, indexCount, ...mesh } = meshOf(render(camera, plane([0, Math.cos(0.9), Math.sin(0.9)], 1.6)), camera, pose);
    expect(indexCount / 3).toBeLessThan(1200);
    for (let i = 0; i < mesh.vertexCount; i++) expect(Math.abs(positions[3 * i + 1]!)).toBeLessThan(0.02);
    for (let t = 0; t < indexCount; t += 3) {
      const [a, b, c] = [3 * indices[t]!, 3 * indices[t + 1]!, 3 * indices[t + 2]!];
      const up =
        (positions[b + 2]! - positions[a + 2]!) * (positions[c]! - positions[a]!) -
        (positions[b]! - positions[a]!) * (positions[c + 2]! - positions[a + 2]!);
      expect(up).toBeGreaterThan(0);
    }
  });

  test('sky, far things, holes and crumbs are left out', () => {
    const camera = squareCamera(64);
    const d = new Float32Array(64 * 64);
    d.fill(1 / 40, 0, 64 * 20);
    d.fill(Number.NaN, 64 * 20, 64 * 30);
    d.fill(1 / 3, 64 * 44);
    for (const crumb of [64 * 35 + 9, 64 * 35 + 10, 64 * 38 + 40]) d[crumb] = 1;
    const mesh = meshOf(d, camera);
    // Four rows in blocks of four, then sixteen in blocks of eight.
    expect(mesh.indexCount / 3).toBe(2 * 16 + 2 * 16);
    for (let i = 0; i < mesh.vertexCount; i++) expect(mesh.positions[3 * i + 2]).toBeCloseTo(-3, 3);
  });

  test('the same picture gives the same mesh, in squares that share no vertex', () => {
    const camera = squareCamera(100);
    const mesher = new CollisionMesher(new BufferPool());
    const first = meshOf(room(camera), camera, createPose(), mesher);
    const second = meshOf(room(camera), camera, createPose(), mesher);
    expect(second.positions.subarray(0, 3 * second.vertexCount)).toEqual(first.positions.subarray(0, 3 * first.vertexCount));
    expect(second.indices.subarray(0, second.indexCount)).toEqual(first.indices.subarray(0, first.indexCount));
    expect(second.partStarts).toEqual(first.partStarts);
    const { partStarts, indices } = first;
    expect(partStarts.length / 2 - 1).toBe(Math.ceil(100 / first.partTexels) ** 2);
    for (let part = 0; part < partStarts.length - 2; part += 2) {
      for (const index of indices.subarray(partStarts[part + 1]!, partStarts[part + 3]!)) {
        expect(index).toBeGreaterThanOrEqual(partStarts[part]!);
        expect(index).toBeLessThan(partStarts[part + 2]!);
      }
    }
  });

  test('a thicket keeps to the budget, and buffers that come back are used again', () => {
    const camera = squareCamera(128);
    const random = createRandom(5);
    // Everywhere bits of a few texels at depths of their own.
    const bits = Float32Array.from({ length: 64 * 64 }, () => 1 / (1 + 9 * random()));
    const d = Float32Array.from({ length: 128 * 128 }, (_, i) => bits[(i >> 8) * 64 + ((i & 127) >> 1)]!);
    const pool = new BufferPool();
    const mesher = new CollisionMesher(pool);
    for (let k = 0; k < 5; k++) {
      const noisy = Float32Array.from(room(camera), (value) => value * (1 + 0.03 * (random() - 0.5)));
      for (const picture of [d, noisy]) {
        const mesh = meshOf(picture, camera, createPose(), mesher);
        expect(mesh.indexCount / 3).toBeLessThanOrEqual(maxTriangles);
        pool.release(mesh.positions.buffer);
        pool.release(mesh.indices.buffer);
      }
    }
    expect(pool.made).toBe(2);
  });
});

/** Area of a triangle in the picture, texels². */
function pictureArea(t: readonly number[], { fx, fy }: Intrinsics): number {
  const [ax, ay, bx, by, cx, cy] = [0, 3, 6].flatMap((k) => [(t[k]! / -t[k + 2]!) * fx, (t[k + 1]! / -t[k + 2]!) * fy]) as [number, number, number, number, number, number];
  return Math.abs((bx - ax) * (cy - ay) - (cx - ax) * (by - ay)) / 2;
}
