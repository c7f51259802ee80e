import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameMesh } from '../../../src/world/contracts';
import { CornerMesher, maxIndices, maxVertices, onCut, texelFlags } from '../../../workers/mesh/corner-mesh';
import { room, squareCamera } from './depth-scenes';

function build(depth: Float32Array | null, width: number, height: number, mesher = new CornerMesher()): FrameMesh {
  const vertices = new Uint16Array(4 * maxVertices(width, height));
  return mesher.build(depth, width, height, vertices, new Uint32Array(maxIndices(width, height)));
}

/** The texel that a quad (its first index is at `first`) stands on: its up left corner. */
function texelOf(mesh: FrameMesh, first: number) {
  const v = mesh.indices[first] * 4;
  return { x: mesh.vertices[v], y: mesh.vertices[v + 1] };
}

const decoded = (mesh: FrameMesh, index: number) =>
  mesh.vertices[mesh.indices[index] * 4 + 2] * mesh.inverseDepthStep;

// Ratios of 4 can never be mistaken for a slope, so every border between two of these is a cut.
const level = fc.constantFrom(0, NaN, 0.25, 1, 4, 16);
const size = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));
const patchwork = size.chain(([width, height]) =>
  fc
    .array(level, { minLength: width * height, maxLength: width * height })
    .map((values) => ({ width, height, depth: Float32Array.from(values) })),
);
const anything = size.chain(([width, height]) =>
  fc
    .array(fc.oneof(fc.constantFrom(0, NaN), fc.float({ min: 0, max: 20, noNaN: true })), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((values) => ({ width, height, depth: Float32Array.from(values) })),
);

describe('CornerMesher', () => {
  it('gives every valid texel exactly two triangles that together are its square, and invalid ones none', () => {
    fc.assert(
      fc.property(anything, ({ width, height, depth }) => {
        const mesh = build(depth, width, height);
        expect(mesh.vertexCount).toBeLessThanOrEqual(maxVertices(width, height));
        expect(mesh.indexCount).toBeLessThanOrEqual(maxIndices(width, height));
        const quads = new Map<number, number>();
        for (let i = 0; i < mesh.indexCount; i += 6) {
          const { x, y } = texelOf(mesh, i);
          quads.set(y * width + x, (quads.get(y * width + x) ?? 0) + 1);
          const corners = Array.from(mesh.indices.subarray(i, i + 6), (v) => {
            expect(v).toBeLessThan(mesh.vertexCount);
            return [mesh.vertices[v * 4] - x, mesh.vertices[v * 4 + 1] - y].join();
          });
          expect(corners).toEqual(['0,0', '0,1', '1,0', '1,0', '0,1', '1,1']);
        }
        depth.forEach((d, i) => expect(quads.get(i) ?? 0).toBe(d >= 0 ? 1 : 0));
      }),
    );
  });

  it('never lets a triangle span a cut: in a patchwork each triangle is flat at its own texel', () => {
    fc.assert(
      fc.property(patchwork, ({ width, height, depth }) => {
        const mesh = build(depth, width, height);
        for (let i = 0; i < mesh.indexCount; i++) {
          const { x, y } = texelOf(mesh, i - (i % 6));
          expect(Math.abs(decoded(mesh, i) - depth[y * width + x])).toBeLessThanOrEqual(mesh.inverseDepthStep);
        }
      }),
    );
  });

  it('keeps sky exactly 0, anything finite above 0, and every vertex inside the range of the texels around it', () => {
    fc.assert(
      fc.property(anything, ({ width, height, depth }) => {
        const mesh = build(depth, width, height);
        for (let i = 0; i < mesh.indexCount; i += 6) {
          const { x, y } = texelOf(mesh, i);
          const own = depth[y * width + x];
          for (let k = 0; k < 6; k++) {
            const v = mesh.indices[i + k] * 4;
            const around: number[] = [];
            for (const ty of [mesh.vertices[v + 1] - 1, mesh.vertices[v + 1]]) {
              for (const tx of [mesh.vertices[v] - 1, mesh.vertices[v]]) {
                const d = tx >= 0 && ty >= 0 && tx < width && ty < height ? depth[ty * width + tx] : NaN;
                if (d >= 0) around.push(d);
              }
            }
            const value = decoded(mesh, i + k);
            expect(value === 0).toBe(own === 0);
            expect(value).toBeGreaterThanOrEqual(Math.min(...around) - mesh.inverseDepthStep);
            expect(value).toBeLessThanOrEqual(Math.max(...around) + mesh.inverseDepthStep);
          }
        }
      }),
    );
  });

  it('quantises to within half a step of the mean of the texels that share a corner', () => {
    const width = 16;
    const depth = Float32Array.from({ length: width * width }, (_, i) => 0.5 + 0.01 * (i % width) + 0.004 * (i >> 4));
    const mesh = build(depth, width, width);
    expect(mesh.vertexCount).toBe(17 * 17);
    expect(mesh.inverseDepthStep).toBeCloseTo(Math.max(...depth) / 65535, 12);
    let worst = 0;
    for (let v = 0; v < mesh.vertexCount; v++) {
      const [x, y, quantised] = mesh.vertices.subarray(v * 4, v * 4 + 3);
      const xs = [Math.max(x - 1, 0), Math.min(x, width - 1)];
      const ys = [Math.max(y - 1, 0), Math.min(y, width - 1)];
      const mean = ys.flatMap((ty) => xs.map((tx) => depth[ty * width + tx])).reduce((a, b) => a + b) / 4;
      worst = Math.max(worst, Math.abs(quantised * mesh.inverseDepthStep - mean));
    }
    expect(worst).toBeLessThanOrEqual(0.501 * mesh.inverseDepthStep);
  });

  it('winds every triangle counter-clockwise as the camera sees it', () => {
    const camera = squareCamera(32, 100);
    const mesh = build(room(camera), 32, 32);
    for (let i = 0; i < mesh.indexCount; i += 3) {
      // Normalised device coordinates: x to the right, y up. Where the projected area is positive, the order is
      // counter-clockwise on screen, which WebGL calls the front.
      const [a, b, c] = [0, 1, 2].map((k) => {
        const v = mesh.indices[i + k] * 4;
        return [(mesh.vertices[v] - camera.cx) / camera.fx, -(mesh.vertices[v + 1] - camera.cy) / camera.fy];
      });
      const area = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1]);
      expect(area).toBeGreaterThan(0);
    }
  });

  it('loses exactly one quad to one invalid texel, and no neighbour moves', () => {
    const camera = squareCamera(24);
    const flat = new Float32Array(24 * 24).fill(0.5);
    const whole = build(flat, 24, 24);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: camera.width * camera.height - 1 }), (at) => {
        const holed = Float32Array.from(flat);
        holed[at] = NaN;
        const mesh = build(holed, 24, 24);
        expect(whole.indexCount - mesh.indexCount).toBe(6);
        let worst = 0;
        for (let i = 0; i < mesh.indexCount; i++) worst = Math.max(worst, Math.abs(decoded(mesh, i) - 0.5));
        expect(worst).toBeLessThan(1e-5);
      }),
    );
  });

  it('shares all corners of a smooth surface, and doubles them along a straight cut', () => {
    const width = 8;
    const split = Float32Array.from({ length: 64 }, (_, i) => (i % width < 4 ? 2 : 1 / 3));
    const mesher = new CornerMesher();
    const mesh = build(split, width, width, mesher);
    expect(mesher.cutEdges).toBe(8);
    expect(mesh.vertexCount).toBe(81 + 9);
    for (let v = 0; v < mesh.vertexCount; v++) {
      const [x, y, , flags] = mesh.vertices.subarray(v * 4, v * 4 + 4);
      expect((flags & onCut) === 1, `corner ${x}, ${y}`).toBe(x === 4);
      expect(flags === 0, `corner ${x}, ${y}`).toBe(x !== 4);
    }
    const atCut = Array.from({ length: mesh.vertexCount }, (_, v) => mesh.vertices.subarray(v * 4, v * 4 + 4))
      .filter(([x, y]) => x === 4 && y === 3)
      .map(([, , , flags]) => flags);
    const [upLeft, upRight, downLeft, downRight] = texelFlags;
    expect(atCut).toEqual([onCut | upLeft | downLeft, onCut | upRight | downRight]);
  });

  it('draws a frame without depth as a coarse grid at infinity that covers the picture', () => {
    const mesh = build(null, 100, 60);
    expect(mesh.vertexCount).toBe(14 * 9);
    let area = 0;
    for (let i = 0; i < mesh.indexCount; i += 6) {
      const { x, y } = texelOf(mesh, i);
      const far = mesh.indices[i + 5] * 4;
      area += (mesh.vertices[far] - x) * (mesh.vertices[far + 1] - y);
      expect(decoded(mesh, i)).toBe(0);
    }
    expect(area).toBe(100 * 60);
    expect(mesh.inverseDepthStep).toBeGreaterThan(0);
  });

  it('survives a picture that is all sky or all invalid, a change of size, and refuses small buffers', () => {
    const mesher = new CornerMesher();
    const sky = build(new Float32Array(12), 4, 3, mesher);
    expect([sky.vertexCount, sky.indexCount, mesher.cutEdges]).toEqual([20, 72, 0]);
    expect(sky.inverseDepthStep).toBeGreaterThan(0);
    const nothing = build(new Float32Array(6).fill(NaN), 3, 2, mesher);
    expect([nothing.vertexCount, nothing.indexCount]).toEqual([0, 0]);
    const again = build(new Float32Array(12), 4, 3, mesher);
    expect(again.indices).toEqual(sky.indices);
    expect(() => mesher.build(null, 4, 4, new Uint16Array(8), new Uint32Array(8))).toThrow(/too small/);
  });

  it('does not remember the frame before', () => {
    const camera = squareCamera(32);
    const depth = room(camera);
    const mesher = new CornerMesher();
    const first = build(depth, 32, 32, mesher);
    build(Float32Array.from(depth, (d, i) => (i % 3 ? d : NaN)), 32, 32, mesher);
    expect(build(depth, 32, 32, mesher)).toEqual(first);
  });

  it('prints how long a build takes (never asserted: machines differ)', () => {
    for (const side of [128, 256]) {
      const depth = room(squareCamera(side));
      const mesher = new CornerMesher();
      const vertices = new Uint16Array(4 * maxVertices(side, side));
      const indices = new Uint32Array(maxIndices(side, side));
      const times: number[] = [];
      let mesh: FrameMesh | null = null;
      for (let k = 0; k < 40; k++) {
        const begun = performance.now();
        mesh = mesher.build(depth, side, side, vertices, indices);
        times.push(performance.now() - begun);
      }
      times.sort((a, b) => a - b);
      const shared = (side + 1) ** 2;
      console.log(
        `corner mesh ${side}x${side}: best ${times[0].toFixed(2)} ms, ` +
          `p50 ${times[20].toFixed(2)} ms, p95 ${times[37].toFixed(2)} ms, ` +
          `${mesh!.vertexCount} vertices (+${(100 * (mesh!.vertexCount / shared - 1)).toFixed(1)} %), ` +
          `${mesher.cutEdges} cuts`,
      );
      // A room is mostly smooth: doubling at cuts must stay a small addition.
      expect(mesh!.vertexCount).toBeLessThan(1.1 * shared);
    }
  });
});
