import { describe, expect, test } from 'vitest';
import { packRecord, recordBytes, recordClasses, recordFields, type Sample } from '../../../models/training/data/record';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createRandom } from '../../../src/math/hash';
import { poseFromYawPitch } from '../../../src/math/pose';
import { surfaceClasses } from '../../../workers/layout/classes';
import { createMapView } from '../../../workers/layout/map-view';
import { atmosphereOf } from '../../../workers/layout/palettes';

const width = 5;
const height = 3;
const n = width * height;
const bytesOf = { u1: 1, i1: 1, '<u2': 2, '<i2': 2, '<f4': 4, '<u4': 4 } as const;

function sample(): Sample {
  const random = createRandom(11);
  const view = createMapView(width, height);
  const fill = (values: Float32Array, low: number, high: number): void =>
    values.forEach((_, i) => (values[i] = low + (high - low) * random()));
  fill(view.color, 0, 1);
  fill(view.inverseDepth, 0, 4);
  fill(view.normal, -1, 1);
  fill(view.sunVisibility, 0, 1);
  fill(view.noise, 0, 1);
  fill(view.tile, 0, 1);
  fill(view.elevation, -1, 1);
  fill(view.cosSun, -1, 1);
  view.classIndex.forEach((_, i) => (view.classIndex[i] = i % surfaceClasses.length));
  const color = Uint8ClampedArray.from({ length: 4 * n }, () => Math.floor(256 * random()));
  const inverseDepth = Float32Array.from({ length: n }, () => 4 * random());
  const worldFromCamera = poseFromYawPitch([3, 1.6, -7], 0.8, -0.2, 0.1);
  const camera = intrinsicsFromFov(width, height, 1.2);
  const air = atmosphereOf(6);
  return { view, color, inverseDepth, air, worldFromCamera, camera, action: [1, 0, -2, 0.5, 0.1], frameInClip: 3, seed: 4_000_000_000 };
}

/** Reads a field as `dataset.py` does: by the table alone. */
function decode(bytes: Uint8Array, wanted: string): number[] {
  const data = new DataView(bytes.buffer, bytes.byteOffset);
  let at = 0;
  for (const { name, dtype, shape, scale } of recordFields(width, height)) {
    const count = shape.reduce((a, b) => a * b, 1);
    if (name !== wanted) {
      at += count * bytesOf[dtype];
      continue;
    }
    const read = {
      u1: (k: number) => data.getUint8(k),
      i1: (k: number) => data.getInt8(k),
      '<u2': (k: number) => data.getUint16(k, true),
      '<i2': (k: number) => data.getInt16(k, true),
      '<f4': (k: number) => data.getFloat32(k, true),
      '<u4': (k: number) => data.getUint32(k, true),
    }[dtype];
    return Array.from({ length: count }, (_, k) => scale * read(at + k * bytesOf[dtype]));
  }
  throw new Error(`There is no field ${wanted}.`);
}

/** Planes as channels last. */
function interleaved(planes: Float32Array, channels: number): number[] {
  return Array.from({ length: n * channels }, (_, k) => planes[(k % channels) * n + Math.floor(k / channels)]);
}

function expectClose(found: number[], expected: ArrayLike<number>, within: number): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(within));
}

describe('a training record', () => {
  const given = sample();
  const bytes = packRecord(given);

  test('is as long as its table says', () => {
    expect(bytes).toHaveLength(recordBytes(width, height));
    // 128 x 128 as it is generated: 25 bytes a texel, then style, pose, camera, action, frame and seed.
    expect(recordBytes(128, 128)).toBe(128 * 128 * 25 + 4 * (36 + 16 + 4 + 5 + 2));
    expect(packRecord({ ...given, view: createMapView(1, 1) })).toHaveLength(recordBytes(1, 1));
  });

  test('gives every image back, within half a step of its scale', () => {
    const { view } = given;
    const half = (scale: number): number => 0.5 * scale + 1e-7;
    expectClose(decode(bytes, 'mapColor'), interleaved(view.color, 3), half(1 / 255));
    expectClose(decode(bytes, 'mapInverseDepth'), view.inverseDepth, half(4 / 65535));
    expectClose(decode(bytes, 'mapNormal'), interleaved(view.normal, 3), half(1 / 127));
    expectClose(decode(bytes, 'mapSun'), view.sunVisibility, half(1 / 255));
    expectClose(decode(bytes, 'mapClass'), view.classIndex, 0);
    expectClose(decode(bytes, 'noise'), interleaved(view.noise, 3), half(1 / 255));
    expectClose(decode(bytes, 'joints'), interleaved(view.tile, 2), half(1 / 127));
    expectClose(decode(bytes, 'tileTone'), view.tile.subarray(2 * n), half(1 / 255));
    const rays = Float32Array.from([...view.elevation, ...view.cosSun]);
    expectClose(decode(bytes, 'rays'), interleaved(rays, 2), half(1 / 32767));
    const rgb = Array.from({ length: 3 * n }, (_, k) => given.color[4 * Math.floor(k / 3) + (k % 3)] / 255);
    expectClose(decode(bytes, 'color'), rgb, 1e-9);
    expectClose(decode(bytes, 'inverseDepth'), given.inverseDepth, half(4 / 65535));
  });

  test('gives style, pose, camera, action and seed back exactly, the sun in the axes of the camera', () => {
    const { air, worldFromCamera: m } = given;
    const style = decode(bytes, 'style');
    expect(style.slice(3, 6)).toEqual(air.sunColor.map(Math.fround));
    expect(style.slice(6)).toEqual([...air.palette]);
    // Turned back into the world it is the sun of the atmosphere.
    const world = [0, 1, 2].map((k) => m[k] * style[0] + m[4 + k] * style[1] + m[8 + k] * style[2]);
    expectClose(world, air.sunDirection, 1e-6);
    expect(decode(bytes, 'worldFromCamera')).toEqual([...m]);
    const { fx, fy, cx, cy } = given.camera;
    expect(decode(bytes, 'camera')).toEqual([fx, fy, cx, cy].map(Math.fround));
    expect(decode(bytes, 'action')).toEqual(given.action.map(Math.fround));
    expect(decode(bytes, 'frameInClip')).toEqual([3]);
    expect(decode(bytes, 'seed')).toEqual([4_000_000_000]);
  });

  test('clamps what is out of range and never wraps round', () => {
    const { view } = sample();
    view.inverseDepth.fill(9);
    view.color.fill(1.2);
    view.normal.fill(-1);
    view.cosSun.fill(1.000001);
    view.elevation.fill(-1);
    const edge = packRecord({ ...given, view, inverseDepth: new Float32Array(n).fill(-1) });
    expect(new Set(decode(edge, 'mapInverseDepth'))).toEqual(new Set([4]));
    expect(new Set(decode(edge, 'mapColor'))).toEqual(new Set([1]));
    expect(new Set(decode(edge, 'mapNormal'))).toEqual(new Set([-1]));
    expect(new Set(decode(edge, 'rays').map(Math.sign))).toEqual(new Set([-1, 1]));
    expect(new Set(decode(edge, 'inverseDepth'))).toEqual(new Set([0]));
  });

  test('numbers classes as the map does, so that old data stays readable', () => {
    expect(recordClasses.slice(0, 11)).toEqual(['sky', 'ground', 'wall', 'arch', 'pier', 'column', 'plinth', 'stair', 'sphere', 'water', 'plant']);
  });
});
