import { hash3, hashToUnit } from '../../../src/math/hash';

/** Salts keep the hashes of different questions about the same place apart. */
export const salts = {
  stretchX: 0x101,
  stretchZ: 0x102,
  heights: 0x103,
  piece: 0x104,
  canal: 0x105,
  rows: 0x106,
  corners: 0x107,
  ruin: 0x108,
  center: 0x109,
  extra: 0x10a,
} as const;

/** A number in [0, 1) of a place and a question. */
export function chance(seed: number, a: number, b: number, salt: number): number {
  return hashToUnit(hash3(seed, a, b, salt));
}

/** One of a list by a number in [0, 1). */
export function pick<T>(list: readonly T[], unit: number): T {
  return list[Math.min(list.length - 1, Math.floor(unit * list.length))]!;
}

/** One of several with their shares, which need not add up to 1. */
export function weighted<T>(options: readonly (readonly [share: number, value: T])[], unit: number): T {
  let rest = unit * options.reduce((sum, [share]) => sum + share, 0);
  for (const [share, value] of options) {
    if (rest < share) return value;
    rest -= share;
  }
  return options[options.length - 1]![1];
}

/** Blocks from one fixed point of the smooth field to the next. */
const fieldPitch = 4;

/** How tall runs are around a block, 0..7: steps of 0.2 m over 3 m. Smooth over several blocks (value noise). */
export function heightLevel(seed: number, bi: number, bj: number): number {
  const i = Math.floor(bi / fieldPitch);
  const j = Math.floor(bj / fieldPitch);
  const u = smooth(bi / fieldPitch - i);
  const v = smooth(bj / fieldPitch - j);
  const at = (a: number, b: number): number => chance(seed, a, b, salts.heights);
  const value = (at(i, j) * (1 - u) + at(i + 1, j) * u) * (1 - v) + (at(i, j + 1) * (1 - u) + at(i + 1, j + 1) * u) * v;
  // Averages crowd in the middle: spread them over all levels.
  return Math.min(7, Math.max(0, Math.floor((value - 0.5) * 11 + 4)));
}

function smooth(t: number): number {
  return t * t * (3 - 2 * t);
}
