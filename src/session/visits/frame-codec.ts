import type { SavedFrame } from '../../world/visit-memory';

/** Code of a hole; 0 is infinitely far, and the codes between are inverse depths in steps of the frame's own. */
const holeCode = 65535;
const largestCode = 65534;

/** Bytes of a packed frame: three of colour a texel, and two of inverse depth if it has any. */
export function packedFrameBytes(width: number, height: number, hasDepth: boolean): number {
  return width * height * (hasDepth ? 5 : 3);
}

/** The step of a frame's 16-bit inverse depth, 1/m; 0 when all of it is infinitely far or a hole. */
export function inverseDepthStepOf(inverseDepth: Float32Array): number {
  let largest = 0;
  for (const d of inverseDepth) if (d > largest && d < Infinity) largest = d;
  return largest / largestCode;
}

/**
 * A frame as bytes that compress well: five planes (red, green, blue, low and high byte of the inverse depth), each as
 * differences to the texel on the left. Alpha is not kept: it is 255.
 * @param inverseDepthStep of {@link inverseDepthStepOf}. @returns `packedFrameBytes` bytes
 */
export function packFrame({ camera, color, inverseDepth }: SavedFrame, inverseDepthStep: number): Uint8Array {
  const { width, height } = camera;
  const texels = width * height;
  const out = new Uint8Array(packedFrameBytes(width, height, inverseDepth !== null));
  for (let channel = 0; channel < 3; channel++) {
    for (let t = 0; t < texels; t++) {
      const left = t % width === 0 ? 0 : color[4 * (t - 1) + channel]!;
      out[channel * texels + t] = color[4 * t + channel]! - left;
    }
  }
  if (!inverseDepth) return out;
  const perStep = inverseDepthStep > 0 ? 1 / inverseDepthStep : 0;
  let left = 0;
  for (let t = 0; t < texels; t++) {
    if (t % width === 0) left = 0;
    const d = inverseDepth[t]!;
    const code = d >= 0 && d < Infinity ? Math.min(largestCode, Math.round(d * perStep)) : holeCode;
    const difference = code - left;
    out[3 * texels + t] = difference;
    out[4 * texels + t] = difference >> 8;
    left = code;
  }
  return out;
}

/** The inverse of {@link packFrame}. @param packed `packedFrameBytes` bytes */
export function unpackFrame(
  packed: Uint8Array,
  { width, height }: { width: number; height: number },
  inverseDepthStep: number | null,
): { color: Uint8Array; inverseDepth: Float32Array | null } {
  const texels = width * height;
  const color = new Uint8Array(4 * texels).fill(255);
  for (let channel = 0; channel < 3; channel++) {
    for (let t = 0; t < texels; t++) {
      const left = t % width === 0 ? 0 : color[4 * (t - 1) + channel]!;
      color[4 * t + channel] = left + packed[channel * texels + t]!;
    }
  }
  if (inverseDepthStep === null) return { color, inverseDepth: null };
  const inverseDepth = new Float32Array(texels);
  let code = 0;
  for (let t = 0; t < texels; t++) {
    if (t % width === 0) code = 0;
    code = (code + packed[3 * texels + t]! + (packed[4 * texels + t]! << 8)) & 0xffff;
    inverseDepth[t] = code === holeCode ? NaN : code * inverseDepthStep;
  }
  return { color, inverseDepth };
}
