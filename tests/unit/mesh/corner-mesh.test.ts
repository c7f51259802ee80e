import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maxPictureTexels, meshUnitsPerTexel, type FrameMesh } from '../../../src/world/contracts';
import { nearSideOfCut } from '../../../src/world/contracts';
import { onCut, texelFlags } from '../../../workers/mesh/corner-flags';
import { CornerMesher, maxIndices, maxVertices } from '../../../workers/mesh/corner-mesh';
import { maxContinuation } from '../../../workers/mesh/edge-slope';
import { plane, render, room, squareCamera } from './depth-scenes';

function build(depth: Float32Array | null, width: number, height: number, mesher = new CornerMesher()): FrameMesh {
  const vertices = new Uint16Array(4 * maxVertices(width, height));
  return mesher.build(depth, width, height, vertices, new Uint32Array(maxIndices(width, height)));
}

/** Where a vertex stands, texels. */
function placeOf(mesh: FrameMesh, vertex: number) {
  return { x: mesh.vertices[vertex * 4] / meshUnitsPerTexel, y: mesh.vertices[vertex * 4 + 1] / meshUnitsPerTexel };
}

/** The corner that a vertex belongs to. */
function cornerOf(mesh: FrameMesh, vertex: number) {
  const { x, y } = placeOf(mesh, vertex);
  return { x: Math.round(x), y: Math.round(y) };
}

/** The texel that a quad (its first index is at `first`) stands on: its up left corner. */
function texelOf(mesh: FrameMesh, first: number) {
  return cornerOf(mesh, mesh.indices[first]);
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

/** The two ways to split a square into triangles, by its corners. */
const splits = ['0,0 0,1 1,0 1,0 0,1 1,1', '0,0 0,1 1,1 1,1 1,0 0,0'];

/** Twice the area of a triangle on the screen, square texels: positive where it is counter-clockwise. */
function screenArea(mesh: FrameMesh, first: number): number {
  const [a, b, c] = [0, 1, 2].map((k) => placeOf(mesh, mesh.indices[first + k]));
  return (c.x - a.x) * (b.y - a.y) - (b.x - a.x) * (c.y - a.y);
}

describe('CornerMesher', () => {
  it('gives every valid texel exactly two triangles on its own corners, and invalid ones none', () => {
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
            const corner = cornerOf(mesh, v);
            return [corner.x - x, corner.y - y].join();
          });
          expect(splits).toContain(corners.join(' '));
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

  it('keeps sky exactly 0, anything finite above 0, and every vertex near the range of the texels around it', () => {
    fc.assert(
      fc.property(anything, ({ width, height, depth }) => {
        const mesh = build(depth, width, height);
        for (let i = 0; i < mesh.indexCount; i += 6) {
          const { x, y } = texelOf(mesh, i);
          const own = depth[y * width + x];
          for (let k = 0; k < 6; k++) {
            const v = mesh.indices[i + k];
            const corner = cornerOf(mesh, v);
            // On a cut the surface is continued to the vertex, by so much at most.
            const beyond = mesh.vertices[v * 4 + 3] & onCut ? maxContinuation : 0;
            const around: number[] = [];
            for (const ty of [corner.y - 1, corner.y]) {
              for (const tx of [corner.x - 1, corner.x]) {
                const d = tx >= 0 && ty >= 0 && tx < width && ty < height ? depth[ty * width + tx] : NaN;
                if (d >= 0) around.push(d);
              }
            }
            const value = decoded(mesh, i + k);
            expect(value === 0).toBe(own === 0);
            expect(value).toBeGreaterThanOrEqual((1 - beyond) * Math.min(...around) - mesh.inverseDepthStep);
            expect(value).toBeLessThanOrEqual((1 + beyond) * Math.max(...around) + mesh.inverseDepthStep);
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
      const { x, y } = placeOf(mesh, v);
      const quantised = mesh.vertices[v * 4 + 2];
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
        const { x, y } = placeOf(mesh, mesh.indices[i + k]);
        return [(x - camera.cx) / camera.fx, -(y - camera.cy) / camera.fy];
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
        for (let v = 0; v < mesh.vertexCount; v++) expect(placeOf(mesh, v)).toEqual(cornerOf(mesh, v));
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
      const { x, y } = placeOf(mesh, v);
      const flags = mesh.vertices[v * 4 + 3];
      expect((flags & onCut) === 1, `corner ${x}, ${y}`).toBe(x === 4);
      expect((flags & 31) === 0, `corner ${x}, ${y}`).toBe(x !== 4);
    }
    const atCut = Array.from({ length: mesh.vertexCount }, (_, v) => mesh.vertices.subarray(v * 4, v * 4 + 4))
      .filter(([x, y]) => x === 4 * meshUnitsPerTexel && y === 3 * meshUnitsPerTexel)
      .map(([, , , flags]) => flags);
    const [upLeft, upRight, downLeft, downRight] = texelFlags;
    // The left side is the nearer one.
    expect(atCut).toEqual([onCut | upLeft | downLeft | nearSideOfCut, onCut | upRight | downRight]);
  });

  it('draws a frame without depth as a coarse grid at infinity that covers the picture', () => {
    const mesh = build(null, 100, 60);
    expect(mesh.vertexCount).toBe(14 * 9);
    let area = 0;
    for (let i = 0; i < mesh.indexCount; i += 6) {
      const { x, y } = texelOf(mesh, i);
      const far = placeOf(mesh, mesh.indices[i + 5]);
      // Never split the other way: nothing moves here.
      area += (far.x - x) * (far.y - y);
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
    const one = new Float32Array(1);
    const tooWide = () => mesher.build(one, maxPictureTexels + 1, 1, new Uint16Array(8), new Uint32Array(8));
    expect(tooWide).toThrow(/too large for the mesh; the most is 4095/);
  });

  it('stands all vertices of a corner at one place and turns nothing over: closed as its own camera sees it', () => {
    fc.assert(
      fc.property(anything, ({ width, height, depth }) => {
        const mesh = build(depth, width, height);
        const places = new Map<string, string>();
        for (let v = 0; v < mesh.vertexCount; v++) {
          const corner = Object.values(cornerOf(mesh, v)).join();
          const place = Object.values(placeOf(mesh, v)).join();
          expect(places.get(corner) ?? place).toBe(place);
          places.set(corner, place);
          const isOnCut = (mesh.vertices[v * 4 + 3] & onCut) !== 0;
          expect(isOnCut || place === corner, `vertex away from cuts at ${place}`).toBe(true);
        }
        for (let i = 0; i < mesh.indexCount; i += 3) expect(screenArea(mesh, i)).toBeGreaterThan(0);
      }),
    );
  });

  it('continues a tilted floor to its cut edge: no vertex is off the plane, whatever way the edge runs', () => {
    const camera = squareCamera(64, 90);
    const floor = plane([0, 1, 0], 1.6);
    const sampled = render(camera, floor);
    for (const slope of [0, 0.2, 0.7, 1, 3]) {
      // The floor ends at a slanted edge before the sky, and no texel of it is nearly at the horizon.
      const isFloor = (x: number, y: number) => y > 40.3 + slope * (x - 40);
      const depth = sampled.map((d, i) => (d > 0.05 && isFloor((i % 64) + 0.5, Math.floor(i / 64) + 0.5) ? d : 0));
      const mesh = build(depth, 64, 64);
      let worstMean = 0;
      let worst = 0;
      for (let v = 0; v < mesh.vertexCount; v++) {
        const [, , quantised, flags] = mesh.vertices.subarray(v * 4, v * 4 + 4);
        const { x, y } = placeOf(mesh, v);
        if (quantised === 0 || (flags & onCut) === 0 || x < 3 || y < 3 || x > 61 || y > 61) continue;
        const truth = floor((x - camera.cx) / camera.fx, -(y - camera.cy) / camera.fy);
        worst = Math.max(worst, Math.abs(quantised * mesh.inverseDepthStep - truth) / truth);
        // What the mean of the texels alone would give: it lies up to half a texel and the displacement off.
        const corner = cornerOf(mesh, v);
        const around = [0, 1, 2, 3]
          .filter((k) => flags & texelFlags[k])
          .map((k) => depth[(corner.y - 1 + (k >> 1)) * 64 + corner.x - 1 + (k & 1)]);
        const mean = around.reduce((a, b) => a + b) / around.length;
        worstMean = Math.max(worstMean, Math.abs(mean - truth) / truth);
      }
      const percent = (share: number) => `${(100 * share).toFixed(2)} %`;
      console.log(`floor cut at slope ${slope}: ${percent(worst)} off, the mean alone ${percent(worstMean)}`);
      expect(worst).toBeLessThan(0.001);
    }
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
