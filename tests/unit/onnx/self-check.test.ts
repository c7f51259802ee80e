import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/world/manifest';
import { decodeSelfCheck, findDifference, findNonFinite, selfCheckBytes } from '../../../workers/backends/onnx/self-check';
import { tinyFiles, tinyUrl } from '../../fixtures/tiny-package';

const files = tinyFiles();
const manifest = parseManifest(JSON.parse(new TextDecoder().decode(files['manifest.json'])), tinyUrl);
const f = (...values: number[]) => Float32Array.from(values);

test('the file holds inputs then outputs in manifest order, without the state', () => {
  expect(selfCheckBytes(manifest)).toBe(4 * (15 * 256 + 18 + 3 * 256 + 256));
  const bytes = new Uint8Array(selfCheckBytes(manifest));
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < bytes.length / 4; i++) view.setFloat32(4 * i, i, true);
  const check = decodeSelfCheck(manifest, bytes);
  expect(Object.keys(check.inputs)).toEqual(['image', 'style']);
  expect(check.inputs['style'][0]).toBe(15 * 256);
  expect(check.outputs['rgb'][0]).toBe(15 * 256 + 18);
  expect(check.outputs['inverseDepth'].at(-1)).toBe(bytes.length / 4 - 1);
});

test('small numbers are compared absolutely and large ones relatively', () => {
  expect(findDifference({ rgb: f(0, 1) }, { rgb: f(0.009, 1.009) }, 0.01)).toBeNull();
  expect(findDifference({ z: f(100) }, { z: f(100.9) }, 0.01)).toBeNull();
  expect(findDifference({ z: f(100) }, { z: f(102) }, 0.01)).toBe('output "z" is off by 0.020, more than 0.01');
});

test('one wrong number among many is enough, and the worst output is named', () => {
  const stored = { rgb: new Float32Array(1000), depth: new Float32Array(1000) };
  const got = { rgb: new Float32Array(1000).fill(0.005), depth: new Float32Array(1000) };
  got.depth[777] = 0.3;
  expect(findDifference(stored, got, 0.02)).toBe('output "depth" is off by 0.30, more than 0.02');
});

test('NaN and infinity never pass', () => {
  expect(findDifference({ rgb: f(0, 0) }, { rgb: f(0, NaN) }, 1)).toBe('output "rgb" holds NaN at index 1');
  expect(findDifference({ rgb: f(0) }, { rgb: f(Infinity) }, 1)).toBe('output "rgb" holds Infinity at index 0');
  expect(findNonFinite({ h: f(1, 2), rgb: f(NaN) })).toBe('output "rgb" holds NaN at index 0');
  expect(findNonFinite({ h: f(1, 2) })).toBeNull();
});

test('an output of another length is told', () => {
  expect(findDifference({ rgb: f(0, 0) }, { rgb: f(0) }, 1)).toBe('output "rgb" has 1 numbers instead of 2');
});
