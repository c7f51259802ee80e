import { Matrix4 } from 'three';

const step = new Matrix4();

/**
 * Raw depth of the CPU way in metres, rows as they come (from the top).
 * @param format 'float32', 'unsigned-short' or 'luminance-alpha' (the same 16 bits, low byte first)
 * @param out one number a texel; 0 where nothing is known
 */
export function metresInto(data: ArrayBuffer, format: string | undefined, metersPerUnit: number, out: Float32Array): void {
  const isFloat = format === 'float32' || (format === undefined && data.byteLength >= out.length * 4);
  const raw = isFloat ? new Float32Array(data) : new Uint16Array(data);
  const count = Math.min(out.length, raw.length);
  for (let i = 0; i < count; i++) {
    const metres = raw[i]! * metersPerUnit;
    out[i] = metres > 0 && metres < Infinity ? metres : 0;
  }
}

/**
 * From the space that `depthFromSpace` starts in, homogeneous metres, to (u w, v w, -, w) over the rows and columns of
 * a depth picture as they lie in memory; w is the distance along the axis of the depth camera.
 * @param projection of the depth camera, perspective. @param depthFromSpace eye space of the depth camera from the space
 * @param normDepthFromNormView of the depth information: 0 … 1 to 0 … 1
 * @param rowsFromTop true: the first row is the top one, as on the CPU way; textures begin at the bottom
 */
export function depthFromView(
  projection: ArrayLike<number>,
  depthFromSpace: ArrayLike<number>,
  normDepthFromNormView: ArrayLike<number>,
  rowsFromTop: boolean,
  out: Matrix4,
): Matrix4 {
  const v = rowsFromTop ? -0.5 : 0.5;
  // Clip x, y in -w … w to 0 … w.
  out.set(0.5, 0, 0, 0.5, 0, v, 0, 0.5, 0, 0, 0, 0, 0, 0, 0, 1);
  out.premultiply(step.fromArray(normDepthFromNormView));
  out.multiply(step.fromArray(projection));
  return out.multiply(step.fromArray(depthFromSpace));
}
