import fc from 'fast-check';
import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { backgroundGrid } from '../../../workers/mesh/background-grid';

test('every cell on the picture looks along the ray of a texel and lies wholly on it', () => {
  const length = fc.integer({ min: 24, max: 700 });
  const angle = fc.double({ min: 0.3, max: 2.4, noNaN: true });
  fc.assert(
    fc.property(length, length, fc.integer({ min: 60, max: 300 }), angle, (w, h, side, fov) => {
      fc.pre(Math.min(w, h) * 12 > Math.max(w, h));
      const picture = { ...intrinsicsFromFov(w, h, fov), cx: 0.47 * w, cy: 0.55 * h };
      const grid = backgroundGrid(picture, side);
      const { camera, margin, stride, firstTexel } = grid;
      expect(Math.max(grid.innerWidth, grid.innerHeight)).toBeLessThanOrEqual(side);
      expect([camera.width, camera.height]).toEqual([grid.innerWidth + 2 * margin, grid.innerHeight + 2 * margin]);
      for (const k of [0, grid.innerWidth - 1]) {
        const texel = firstTexel + stride * k;
        expect((k + margin + 0.5 - camera.cx) / camera.fx).toBeCloseTo((texel + 0.5 - picture.cx) / picture.fx, 9);
        expect(texel + 0.5 - stride / 2).toBeGreaterThanOrEqual(0);
        expect(texel + 0.5 + stride / 2).toBeLessThanOrEqual(w);
      }
      for (const k of [0, grid.innerHeight - 1]) {
        const texel = firstTexel + stride * k;
        expect((k + margin + 0.5 - camera.cy) / camera.fy).toBeCloseTo((texel + 0.5 - picture.cy) / picture.fy, 9);
        expect(texel + 0.5 + stride / 2).toBeLessThanOrEqual(h);
      }
    }),
  );
});

test('the cells are as small as their number allows, and whole texels', () => {
  for (const [side, stride] of [[64, 2], [112, 2], [128, 1], [240, 1]] as const) {
    expect(backgroundGrid(intrinsicsFromFov(128, 128, (100 * Math.PI) / 180), side).stride).toBe(stride);
  }
});

test('too few cells are refused', () => {
  const picture = intrinsicsFromFov(128, 128, 1);
  expect(() => backgroundGrid(picture, 7)).toThrow('A background of 7 cells a side is too small');
});
