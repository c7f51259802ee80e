import fc from 'fast-check';
import { expect, test } from 'vitest';
import { coarserCamera, coarserColor, coarserDepth, shrinkFactor } from '../../../workers/mesh/coarser';
import { PictureMesher } from '../../../workers/mesh/picture-mesher';
import { BufferPool } from '../../../workers/mesh/pool';
import { room, squareCamera } from './depth-scenes';

test('a picture within the budget gets a quad a texel, a larger one a coarser mesh over the same picture', () => {
  const mesher = new PictureMesher(new BufferPool());
  const camera = squareCamera(96);
  const depth = room(camera);
  const fine = mesher.build(depth, camera, 96, null);
  expect(fine.texelsPerQuad).toBe(1);
  expect(fine.indexCount).toBe(96 * 96 * 6);
  const coarse = mesher.build(depth, camera, 40, null);
  expect(coarse.texelsPerQuad).toBe(3);
  expect(coarse.indexCount).toBe(32 * 32 * 6);
  const xs = Array.from({ length: coarse.vertexCount }, (_, v) => coarse.vertices[v * 4]!);
  expect(Math.min(...xs)).toBe(0);
  expect(Math.max(...xs)).toBe(96 * 16);
});

test('rays through the corners of a coarser picture are those of the picture', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 200 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 50 }), (size, factor, k) => {
      const camera = squareCamera(size, 77);
      const coarse = coarserCamera(camera, factor);
      const x = Math.min(k, coarse.width);
      expect((x - coarse.cx) / coarse.fx).toBeCloseTo((x * factor - camera.cx) / camera.fx, 10);
      expect(coarse.width * factor).toBeLessThanOrEqual(size);
    }),
  );
  expect([shrinkFactor(128, 128, 128), shrinkFactor(129, 10, 128), shrinkFactor(512, 256, 128)]).toEqual([1, 2, 4]);
});

test('a coarser picture never invents a depth or mixes colours of two surfaces', () => {
  const near = (x: number) => x < 5;
  const depth = Float32Array.from({ length: 64 }, (_, i) => (near(i % 8) ? 1 : 0.1));
  depth[0] = NaN;
  const color = Uint8Array.from({ length: 256 }, (_, i) => (i % 4 === 3 ? 255 : near((i >> 2) % 8) ? 200 : 10));
  const coarse = new Float32Array(16);
  coarserDepth(depth, 8, 8, 2, coarse);
  for (const d of coarse) expect([1, Math.fround(0.1)]).toContain(d);
  const colors = new Uint8Array(64);
  coarserColor(color, depth, 8, 8, 2, coarse, colors);
  for (let i = 0; i < 16; i++) expect(colors[4 * i]).toBe(coarse[i] === 1 ? 200 : 10);
});
