import { describe, expect, test } from 'vitest';
import type { FrameMesh } from '../../../src/world/contracts';
import { CornerMesher, maxIndices, maxVertices } from '../../../workers/mesh/corner-mesh';
import { maxInverseDepth, sanitiseInverseDepth } from '../../../workers/mesh/sanitise';
import { plane, render, room, squareCamera } from './depth-scenes';

const side = 64;
const camera = squareCamera(side);

/** What a model's depth goes through. */
function meshOf(raw: Float32Array): { mesh: FrameMesh; invalid: number; cuts: number; depth: Float32Array } {
  const depth = raw.slice();
  const invalid = sanitiseInverseDepth(depth);
  const mesher = new CornerMesher();
  const n = depth.length;
  const mesh = mesher.build(depth, side, n / side, new Uint16Array(4 * maxVertices(side, n / side)), new Uint32Array(maxIndices(side, n / side)));
  return { mesh, invalid, cuts: mesher.cutEdges, depth };
}

/** Indices in range, all vertices inside the picture, depth finite and no nearer than 5 cm. */
function expectWellFormed(mesh: FrameMesh): void {
  expect(mesh.indexCount % 3).toBe(0);
  expect(mesh.vertexCount).toBeLessThanOrEqual(maxVertices(side, side));
  expect(mesh.inverseDepthStep).toBeGreaterThan(0);
  expect(Number.isFinite(mesh.inverseDepthStep)).toBe(true);
  let bad = 0;
  for (let k = 0; k < mesh.indexCount; k++) {
    const vertex = mesh.indices[k];
    const [x, y, steps] = mesh.vertices.subarray(4 * vertex, 4 * vertex + 3);
    const isGood = x <= 16 * side && y <= 16 * side && steps * mesh.inverseDepthStep <= maxInverseDepth * 1.0001;
    if (vertex >= mesh.vertexCount || !isGood) bad++;
  }
  expect(bad).toBe(0);
}

const exact = room(camera);
const filled = (value: number) => new Float32Array(side * side).fill(value);
const spoiled = (value: number) => exact.map((d, i) => (i % 11 === 3 ? value : d));

describe('bad depth is drawn as far as it means something, and never as garbage', () => {
  const all = side * side;
  const some = exact.reduce((sum, _, i) => sum + (i % 11 === 3 ? 1 : 0), 0);
  test.each<[string, Float32Array, invalid: number]>([
    ['NaN everywhere', filled(NaN), all],
    ['NaN here and there', spoiled(NaN), some],
    ['infinity everywhere', filled(Infinity), all],
    ['infinity here and there', spoiled(Infinity), some],
    ['minus infinity here and there', spoiled(-Infinity), some],
    ['negative everywhere', exact.map((d) => -d - 0.01), all],
    ['negative here and there', spoiled(-1), some],
    ['sky everywhere', filled(0), 0],
    ['sky here and there', spoiled(0), 0],
    ['as near as nothing can be', filled(1e30), 0],
    ['near and far swapped', exact.map((d) => 1 / d), 0],
    ['one minus depth', exact.map((d) => 1 - d), exact.filter((d) => d > 1).length],
    ['8-bit', exact.map((d) => Math.round(d * 255) / 255), 0],
    ['numbers at the end of the range', exact.map((_, i) => [1e-38, 1e38, 1e-45, 3e38][i % 4]), 0],
  ])('%s', (_name, raw, invalid) => {
    const { mesh, invalid: found, depth } = meshOf(raw);
    expect(found).toBe(invalid);
    expectWellFormed(mesh);
    // Every valid texel is one quad, and every other one is none.
    expect(mesh.indexCount).toBe(6 * depth.filter((d) => d >= 0).length);
  });

  test('one NaN costs one quad, wherever it is', () => {
    const whole = meshOf(exact);
    for (const texel of [0, side - 1, side * side - 1, 20 * side + 31, 40 * side]) {
      const raw = exact.slice();
      raw[texel] = NaN;
      const { mesh, invalid } = meshOf(raw);
      expect(invalid).toBe(1);
      expectWellFormed(mesh);
      expect(mesh.indexCount).toBe(whole.mesh.indexCount - 6);
    }
  });

  test.each([0, 0.001, 0.5, 20])('constant depth of %d makes one plane without a cut', (value) => {
    const { mesh, cuts } = meshOf(filled(value));
    expect(cuts).toBe(0);
    expect(mesh.vertexCount).toBe((side + 1) ** 2);
    const depths = new Set(Array.from({ length: mesh.vertexCount }, (_, k) => mesh.vertices[4 * k + 2]));
    expect(depths.size).toBe(1);
    expect([...depths][0] * mesh.inverseDepthStep).toBeCloseTo(value, 5);
  });

  /** Share of the edges that are cut on a floor this far below, seen 85 degrees from straight on, horizon included. */
  function cutShare(heightM: number, stored: (d: number) => number): number {
    const tilt = (85 * Math.PI) / 180;
    const floor = render(camera, plane([0, Math.sin(tilt), Math.cos(tilt)], heightM));
    const { mesh, cuts } = meshOf(floor.map(stored));
    expectWellFormed(mesh);
    return cuts / (2 * side * (side - 1));
  }
  /** The horizon is one row of true cuts: floor beside sky. */
  const horizon = 1 / (2 * (side - 1));
  const inverse8 = (d: number) => Math.round(Math.min(1, d) * 255) / 255;
  const metres8 = (d: number) => (d > 0 ? 255 / 60 / Math.min(255, Math.max(1, Math.round(255 / 60 / d))) : 0);

  test.each([0.3, 0.5, 1.6])('a grazing floor %d m below is whole when exact, torn in a few rows by 8 bits', (heightM) => {
    expect(cutShare(heightM, (d) => d)).toBeLessThanOrEqual(horizon + 1e-9);
    // Measured, horizon taken off: 0.8, 0 and 0 % in 8 bits of inverse depth, 5.6, 4.8 and 4.8 % in 8 bits of 60 m.
    expect(cutShare(heightM, inverse8) - horizon).toBeLessThan(0.01);
    expect(cutShare(heightM, metres8) - horizon).toBeLessThan(0.06);
  });
});
