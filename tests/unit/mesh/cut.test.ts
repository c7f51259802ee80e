import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { findCuts } from '../../../workers/mesh/cut';
import { ballAndWall, plane, render, squareCamera } from './depth-scenes';

function cutsOf(depth: Float32Array, width: number, height: number) {
  const horizontal = new Uint8Array(width * height).fill(9);
  const vertical = new Uint8Array(width * height).fill(9);
  const count = findCuts(depth, width, height, horizontal, vertical);
  return { horizontal, vertical, count };
}

/** Calls back for every edge: its two texels and whether it was cut. */
function forEachEdge(
  width: number,
  height: number,
  cuts: { horizontal: Uint8Array; vertical: Uint8Array },
  visit: (a: number, b: number, cut: boolean) => void,
): void {
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) visit(i, i + 1, cuts.horizontal[i] === 1);
      if (y + 1 < height) visit(i, i + width, cuts.vertical[i] === 1);
    }
  }
}

describe('findCuts', () => {
  it('never cuts sky from sky, and always sky from anything finite and an invalid texel from everything', () => {
    const values = [0, 0.001, 0.5, 20, NaN];
    for (const a of values) {
      for (const b of values) {
        const isCut = Number.isNaN(a) || Number.isNaN(b) || (a === 0) !== (b === 0) || (a !== b && a > 0 && b > 0);
        expect(cutsOf(new Float32Array([a, b]), 2, 1).count, `${a} beside ${b}`).toBe(isCut ? 1 : 0);
        expect(cutsOf(new Float32Array([a, b]), 1, 2).count, `${a} above ${b}`).toBe(isCut ? 1 : 0);
      }
    }
  });

  it('writes every entry, counts what it writes, and leaves the last column and row alone', () => {
    const value = fc.oneof(fc.constantFrom(0, NaN), fc.float({ min: 0, max: 20, noNaN: true }));
    const side = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(side, side, fc.infiniteStream(value), (w, h, stream) => {
        const depth = Float32Array.from({ length: w * h }, () => stream.next().value as number);
        const { horizontal, vertical, count } = cutsOf(depth, w, h);
        expect([...horizontal, ...vertical].every((v) => v === 0 || v === 1)).toBe(true);
        expect([...horizontal, ...vertical].reduce((sum, v) => sum + v, 0)).toBe(count);
        for (let y = 0; y < h; y++) expect(horizontal[y * w + w - 1]).toBe(0);
        for (let x = 0; x < w; x++) expect(vertical[(h - 1) * w + x]).toBe(0);
      }),
    );
  });

  it('does not depend on which way the picture is turned: mirrored and transposed give the same cuts', () => {
    const depth = fc.constantFrom(0, NaN, 0.1, 0.105, 0.12, 0.2, 0.3, 1, 5);
    const depths = fc.array(depth, { minLength: 25, maxLength: 25 });
    fc.assert(
      fc.property(depths, (values) => {
        const straight = cutsOf(Float32Array.from(values), 5, 5);
        const transposed = cutsOf(Float32Array.from(values, (_, i) => values[(i % 5) * 5 + Math.floor(i / 5)]), 5, 5);
        const mirrored = cutsOf(Float32Array.from(values, (_, i) => values[24 - i]), 5, 5);
        for (let y = 0; y < 5; y++) {
          for (let x = 0; x < 4; x++) {
            expect(transposed.vertical[x * 5 + y]).toBe(straight.horizontal[y * 5 + x]);
            expect(mirrored.horizontal[(4 - y) * 5 + 3 - x]).toBe(straight.horizontal[y * 5 + x]);
          }
        }
      }),
    );
  });

  it('leaves planes whole at any tilt up to 85 degrees: under 1 % of the edges between their texels are cut', () => {
    const camera = squareCamera(96);
    const unit = fc.tuple(fc.double({ min: 0, max: 85, noNaN: true }), fc.double({ min: 0, max: 360, noNaN: true }));
    fc.assert(
      fc.property(unit, fc.double({ min: 0.3, max: 5, noNaN: true }), ([tiltDeg, aroundDeg], distance) => {
        const tilt = (tiltDeg * Math.PI) / 180;
        const around = (aroundDeg * Math.PI) / 180;
        const normal = [Math.sin(tilt) * Math.cos(around), Math.sin(tilt) * Math.sin(around), Math.cos(tilt)] as const;
        const depth = render(camera, plane(normal, distance));
        let edges = 0;
        let wrong = 0;
        forEachEdge(96, 96, cutsOf(depth, 96, 96), (a, b, cut) => {
          if (depth[a] === 0 || depth[b] === 0) return;
          edges++;
          if (cut) wrong++;
        });
        expect(wrong / edges).toBeLessThan(0.01);
      }),
    );
  });

  it('leaves a floor whole from a hand above it to eye height, also with 1 % noise', () => {
    const camera = squareCamera(256);
    const random = createRandom(4);
    for (const height of [0.1, 0.5, 1.6]) {
      for (const noise of [0, 0.01]) {
        const depth = render(camera, (_, y) => Math.max(-y / height, 1 / 60));
        // Irwin-Hall: four uniform numbers make a bell of standard deviation 1 / sqrt(3).
        for (let i = 0; i < depth.length; i++) {
          depth[i] *= 1 + noise * Math.sqrt(3) * (random() + random() + random() + random() - 2);
        }
        const { count } = cutsOf(depth, 256, 256);
        expect(count / (2 * 256 * 255), `${height} m, noise ${noise}`).toBeLessThan(0.01);
      }
    }
  });

  it('cuts two planes at 0.5 m and 3 m along their border, exactly there and nowhere else', () => {
    const size = 64;
    const disc = (i: number) => Math.hypot((i % size) - 30.3, Math.floor(i / size) - 33.1) < 15.2;
    const depth = Float32Array.from({ length: size * size }, (_, i) => (disc(i) ? 2 : 1 / 3));
    let onBorder = 0;
    const cuts = cutsOf(depth, size, size);
    forEachEdge(size, size, cuts, (a, b, cut) => {
      expect(cut).toBe(disc(a) !== disc(b));
      if (cut) onBorder++;
    });
    expect(cuts.count).toBe(onBorder);
    expect(onBorder).toBeGreaterThan(100);
  });

  it('finds over 99 % of the silhouette of a ball, and cuts the ball and the wall nowhere else', () => {
    const camera = squareCamera(128);
    const ball = { centre: [0.2, -0.1, -1] as const, radius: 0.4 };
    const depth = render(camera, ballAndWall(ball, 3));
    let edges = 0;
    let found = 0;
    let wrong = 0;
    forEachEdge(128, 128, cutsOf(depth, 128, 128), (a, b, cut) => {
      const border = depth[a] > 0.34 !== depth[b] > 0.34;
      if (border) edges++;
      if (border && cut) found++;
      if (!border && cut) wrong++;
    });
    expect(found / edges).toBeGreaterThan(0.99);
    expect(wrong / (2 * 128 * 127)).toBeLessThan(0.001);
  });
});
