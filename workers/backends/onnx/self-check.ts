import type { Manifest } from '../../../src/world/manifest';

/**
 * Stored inputs and outputs of one step, to see that this device computes the network rightly.
 * File: little-endian float32; every input in manifest order, then every output in manifest order.
 * State inputs are zero in the check and are not in the file, nor are state outputs.
 */
export type SelfCheck = { inputs: Record<string, Float32Array>; outputs: Record<string, Float32Array> };

/** Arrays by graph name, as a run returns them. */
export type NamedArrays = Readonly<Record<string, Float32Array>>;

const sizeOf = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** How long the self-check file of this manifest is. */
export function selfCheckBytes(manifest: Manifest): number {
  const entries = [...Object.values(manifest.inputs), ...Object.values(manifest.outputs)];
  return 4 * entries.reduce((sum, entry) => sum + sizeOf(entry.shape), 0);
}

/** @param bytes as long as {@link selfCheckBytes} says, which the loader has checked */
export function decodeSelfCheck(manifest: Manifest, bytes: Uint8Array): SelfCheck {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const read = (entries: Record<string, { shape: readonly number[] }>) => {
    const arrays: Record<string, Float32Array> = {};
    for (const [name, { shape }] of Object.entries(entries)) {
      const array = new Float32Array(sizeOf(shape));
      for (let i = 0; i < array.length; i++, at += 4) array[i] = view.getFloat32(at, true);
      arrays[name] = array;
    }
    return arrays;
  };
  const inputs = read(manifest.inputs);
  return { inputs, outputs: read(manifest.outputs) };
}

/**
 * Compares a run with the stored outputs. The measure is the largest |got - stored| / max(1, |stored|): outputs are
 * colours and inverse depths around 0..1, where an absolute limit is what the eye sees and a relative one would
 * explode at black and sky; above 1 it is relative. The largest and not the mean, because a wrong kernel often
 * spoils one tile or one border only, while honest rounding differs by less than 1e-3 everywhere.
 * @returns null when all is within the tolerance, else what was wrong, as the end of a sentence
 */
export function findDifference(expected: NamedArrays, actual: NamedArrays, tolerance: number): string | null {
  let worst = 0;
  let worstName = '';
  for (const [name, wanted] of Object.entries(expected)) {
    const got = actual[name];
    if (got.length !== wanted.length) return `output "${name}" has ${got.length} numbers instead of ${wanted.length}`;
    for (let i = 0; i < wanted.length; i++) {
      const difference = Math.abs(got[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
      if (!(difference < Infinity)) return `output "${name}" holds ${got[i]} at index ${i}`;
      if (difference > worst) {
        worst = difference;
        worstName = name;
      }
    }
  }
  return worst <= tolerance ? null : `output "${worstName}" is off by ${worst.toPrecision(2)}, more than ${tolerance}`;
}

/** For packages without stored outputs: at least every number must be finite. Same return as `findDifference`. */
export function findNonFinite(actual: NamedArrays): string | null {
  for (const [name, values] of Object.entries(actual)) {
    const index = values.findIndex((value) => !Number.isFinite(value));
    if (index >= 0) return `output "${name}" holds ${values[index]} at index ${index}`;
  }
  return null;
}
