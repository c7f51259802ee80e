import { expect, test } from 'vitest';
import { cleanInverseDepth, normaliseColor, writeInverseDepth, writeRgba } from '../../../workers/backends/onnx/outputs';

test('colour is taken from its range, clamped, rounded and opaque; NaN is black', () => {
  const planar = new Float32Array([-1, 0, 1, 2, NaN, -9]); // two pixels: red -1 0, green 1 2, blue NaN -9
  const color = new Float32Array(6);
  normaliseColor(planar, [-1, 1], color);
  expect(Array.from(color)).toEqual([0, 0.5, 1, 1, 0, 0]);
  const rgba = new Uint8ClampedArray(8);
  writeRgba(color, rgba);
  expect(Array.from(rgba)).toEqual([0, 255, 0, 255, 128, 255, 0, 255]);
});

test('inverse depth is scaled to 1/m, and what scatters about zero is sky', () => {
  const out = new Float32Array(6);
  writeInverseDepth(new Float32Array([1, 0.001, -0.001, -1, NaN, Infinity]), { meaning: 'inverse-depth', shape: [1, 1, 8, 8], scale: 2, skyBelow: 0.004 }, out);
  expect(Array.from(out)).toEqual([2, 0, 0, -2, NaN, Infinity]);
});

test('metric depth becomes inverse depth, and what is beyond the sky limit is sky', () => {
  const out = new Float32Array(5);
  writeInverseDepth(new Float32Array([200, 400, 100000, Infinity, NaN]), { meaning: 'depth', shape: [1, 1, 8, 8], scale: 0.01, skyBeyond: 500 }, out);
  expect(Array.from(out)).toEqual([0.5, 0.25, 0, 0, NaN]);
  writeInverseDepth(new Float32Array([200, 0, Infinity, -100, 1]), { meaning: 'depth', shape: [1, 1, 8, 8], scale: 0.01 }, out);
  expect(Array.from(out)).toEqual([0.5, Infinity, 0, -1, 100]);
});

test('what cannot be an inverse depth becomes a hole', () => {
  const out = new Float32Array(5);
  cleanInverseDepth(new Float32Array([1, 0, -1, NaN, Infinity]), 9, out);
  expect(Array.from(out)).toEqual([1, 0, 9, 9, 9]);
});
