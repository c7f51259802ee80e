import { hash3 } from '../../src/math/hash';

/** Lattice spacing of the octaves, metres: stains, mottling, grain. */
export const noiseSpacingM = [0.9, 0.28, 0.09] as const;
export type NoiseOctave = 0 | 1 | 2;
/** One salt an octave, so that they do not repeat each other. */
const salts = [0x51ed, 0x7a3b, 0x2c95] as const;

/**
 * Smooth value noise anchored to the world: the same point always has the same value, so material detail sticks to
 * surfaces and returns identical on revisit. @returns 0..1
 */
export function worldNoise(seed: number, octave: NoiseOctave, x: number, y: number, z: number): number {
  const spacing = noiseSpacingM[octave];
  const gx = x / spacing;
  const gy = y / spacing;
  const gz = z / spacing;
  const i = Math.floor(gx);
  const j = Math.floor(gy);
  const k = Math.floor(gz);
  const u = smooth(gx - i);
  const v = smooth(gy - j);
  const w = smooth(gz - k);
  const salt = (seed ^ salts[octave]) | 0;
  const low = lerp(
    lerp(corner(salt, i, j, k), corner(salt, i + 1, j, k), u),
    lerp(corner(salt, i, j + 1, k), corner(salt, i + 1, j + 1, k), u),
    v,
  );
  const high = lerp(
    lerp(corner(salt, i, j, k + 1), corner(salt, i + 1, j, k + 1), u),
    lerp(corner(salt, i, j + 1, k + 1), corner(salt, i + 1, j + 1, k + 1), u),
    v,
  );
  return lerp(low, high, w);
}

function corner(salt: number, i: number, j: number, k: number): number {
  return hash3(salt, i, j, k) / 4294967296;
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}

function lerp(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}
