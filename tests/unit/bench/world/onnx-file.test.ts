import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import { countMultiplyAdds, sumProfile } from '../../../../src/bench/world/multiply-adds';
import { readOnnxWeights } from '../../../../src/bench/world/onnx-file';

const reference = readFileSync(new URL('../../../../models/training/reference-unet.onnx', import.meta.url));
const tiny = readFileSync(new URL('../../../fixtures/tiny-world/tiny.onnx', import.meta.url));

test('a torn or foreign file is said to be no ONNX file', () => {
  for (const file of [reference.subarray(0, 2000), Uint8Array.of(255, 255), Buffer.from('<!doctype html>')]) {
    expect(() => readOnnxWeights(file)).toThrow(/no ONNX file/);
  }
});

test('weights are counted as the file has them, and small ones are not halved', () => {
  const { parameters, savedByHalf } = readOnnxWeights(tiny);
  expect(parameters).toBeGreaterThan(0);
  expect(savedByHalf % 2).toBe(0);
  expect(savedByHalf).toBeLessThanOrEqual(2 * parameters);
});

test('the reference network computes what a U-Net of its size computes', async () => {
  const image = new ort.Tensor('float32', new Float32Array(3 * 64 * 64), [1, 3, 64, 64]);
  const conv = (inputs: number, outputs: number, side: number): number => 9 * inputs * outputs * side * side;
  const expected =
    conv(3, 32, 64) + conv(32, 32, 64) + conv(32, 64, 32) + conv(64, 64, 32) + conv(64, 128, 16) + conv(128, 128, 16) +
    conv(192, 64, 32) + conv(64, 64, 32) + conv(96, 32, 64) + conv(32, 32, 64) + 32 * 4 * 64 * 64;
  expect(await countMultiplyAdds(reference, { image })).toBe(expected);
});

test('a profile is summed by shapes: grouped convolutions, matrix products, nothing else', () => {
  const event = (op_name: string, input: number[][], output: number[]) => ({
    args: { op_name, input_type_shape: input.map((float) => ({ float })), output_type_shape: [{ float: output }] },
  });
  expect(sumProfile([event('Conv', [[1, 8, 4, 4], [8, 1, 3, 3]], [1, 8, 4, 4])])).toBe(8 * 16 * 9);
  expect(sumProfile([event('FusedMatMul', [[2, 3, 5], [2, 5, 7]], [2, 3, 7])])).toBe(2 * 3 * 7 * 5);
  expect(sumProfile([event('Relu', [[1, 8, 4, 4]], [1, 8, 4, 4]), {}])).toBe(0);
});
