import { surfaceClasses } from '../../../workers/layout/classes';
import type { Atmosphere, MapView } from '../../../workers/layout/map-view';
import type { Intrinsics, Pose } from '../../../src/math/types';

/** Largest inverse depth that the data carries, 1/m. */
const inverseDepthRange = 4;

/** One field of a record: value = raw * scale, raw in numpy's dtype. Images are rows from the top, channels last. */
type Field = { name: string; dtype: 'u1' | 'i1' | '<u2' | '<i2' | '<f4' | '<u4'; shape: number[]; scale: number };

const bytesOf = { u1: 1, i1: 1, '<u2': 2, '<i2': 2, '<f4': 4, '<u4': 4 } as const;

/** Layout of one frame on disk; `models/training/dataset.py` builds its numpy dtype from it. */
export function recordFields(width: number, height: number): Field[] {
  return [
    { name: 'mapColor', dtype: 'u1', shape: [height, width, 3], scale: 1 / 255 },
    { name: 'mapInverseDepth', dtype: '<u2', shape: [height, width], scale: inverseDepthRange / 65535 },
    { name: 'mapNormal', dtype: 'i1', shape: [height, width, 3], scale: 1 / 127 },
    { name: 'mapSun', dtype: 'u1', shape: [height, width], scale: 1 / 255 },
    { name: 'mapClass', dtype: 'u1', shape: [height, width], scale: 1 },
    { name: 'noise', dtype: 'u1', shape: [height, width, 3], scale: 1 / 255 },
    { name: 'joints', dtype: 'i1', shape: [height, width, 2], scale: 1 / 127 },
    { name: 'tileTone', dtype: 'u1', shape: [height, width], scale: 1 / 255 },
    { name: 'rays', dtype: '<i2', shape: [height, width, 2], scale: 1 / 32767 },
    { name: 'color', dtype: 'u1', shape: [height, width, 3], scale: 1 / 255 },
    { name: 'inverseDepth', dtype: '<u2', shape: [height, width], scale: inverseDepthRange / 65535 },
    { name: 'style', dtype: '<f4', shape: [36], scale: 1 },
    { name: 'worldFromCamera', dtype: '<f4', shape: [16], scale: 1 },
    // fx, fy, cx, cy in texels: a record may be a window of a larger picture.
    { name: 'camera', dtype: '<f4', shape: [4], scale: 1 },
    // What led here from the frame before in the same clip: move right, up, back (m/s), turn (rad/s), seconds.
    { name: 'action', dtype: '<f4', shape: [5], scale: 1 },
    { name: 'frameInClip', dtype: '<u4', shape: [], scale: 1 },
    { name: 'seed', dtype: '<u4', shape: [], scale: 1 },
  ];
}

export function recordBytes(width: number, height: number): number {
  return recordFields(width, height).reduce(
    (sum, field) => sum + bytesOf[field.dtype] * field.shape.reduce((a, b) => a * b, 1),
    0,
  );
}

export type Sample = {
  view: MapView;
  color: Uint8ClampedArray;
  inverseDepth: Float32Array;
  air: Atmosphere;
  worldFromCamera: Pose;
  camera: Intrinsics;
  /** Move right, up, back (m/s) in the heading frame, turn (rad/s), seconds since the frame before; 0 for a first frame. */
  action: readonly [number, number, number, number, number];
  frameInClip: number;
  seed: number;
};

/** Packs one frame. @returns `recordBytes` bytes, fields in the order of {@link recordFields}. */
export function packRecord(sample: Sample): Uint8Array {
  const { view } = sample;
  const n = view.width * view.height;
  const bytes = new Uint8Array(recordBytes(view.width, view.height));
  const data = new DataView(bytes.buffer);
  let at = 0;
  const unit = (value: number): number => Math.round(255 * Math.min(1, Math.max(0, value)));
  const depth = (value: number): number =>
    Math.round((65535 * Math.min(inverseDepthRange, Math.max(0, value))) / inverseDepthRange);

  for (let i = 0; i < n; i++) for (let c = 0; c < 3; c++) bytes[at++] = unit(view.color[c * n + i]!);
  for (let i = 0; i < n; i++, at += 2) data.setUint16(at, depth(view.inverseDepth[i]!), true);
  for (let i = 0; i < n; i++) for (let c = 0; c < 3; c++) data.setInt8(at++, Math.round(127 * view.normal[c * n + i]!));
  for (let i = 0; i < n; i++) bytes[at++] = unit(view.sunVisibility[i]!);
  for (let i = 0; i < n; i++) bytes[at++] = view.classIndex[i]!;
  for (let i = 0; i < n; i++) for (let c = 0; c < 3; c++) bytes[at++] = unit(view.noise[c * n + i]!);
  for (let i = 0; i < n; i++) for (let c = 0; c < 2; c++) data.setInt8(at++, Math.round(127 * view.tile[c * n + i]!));
  for (let i = 0; i < n; i++) bytes[at++] = unit(view.tile[2 * n + i]!);
  for (let i = 0; i < n; i++, at += 4) {
    data.setInt16(at, Math.round(32767 * view.elevation[i]!), true);
    data.setInt16(at + 2, Math.round(32767 * Math.max(-1, Math.min(1, view.cosSun[i]!))), true);
  }
  for (let i = 0; i < n; i++) for (let c = 0; c < 3; c++) bytes[at++] = sample.color[4 * i + c]!;
  for (let i = 0; i < n; i++, at += 2) data.setUint16(at, depth(sample.inverseDepth[i]!), true);
  const { fx, fy, cx, cy } = sample.camera;
  const style = styleOf(sample.air, sample.worldFromCamera);
  for (const values of [style, sample.worldFromCamera, [fx, fy, cx, cy], sample.action]) {
    for (const value of values) {
      data.setFloat32(at, value, true);
      at += 4;
    }
  }
  data.setUint32(at, sample.frameInClip, true);
  data.setUint32(at + 4, sample.seed, true);
  return bytes;
}

/** The style vector: sun direction in camera space (3), sun colour (3), palette (30). */
function styleOf(air: Atmosphere, m: Pose): number[] {
  const [x, y, z] = air.sunDirection;
  const inCamera = [0, 4, 8].map((c) => m[c]! * x + m[c + 1]! * y + m[c + 2]! * z);
  return [...inCamera, ...air.sunColor, ...air.palette];
}

/** Names written into dataset.json so that Python and TypeScript cannot disagree silently. */
export const recordClasses: readonly string[] = surfaceClasses;
