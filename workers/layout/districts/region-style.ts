import { hash3, hashToUnit } from '../../../src/math/hash';

/** What kind of place a region is; the order is part of the data format and of the trained network: append only. */
export const regionStyles = ['court', 'garden', 'water', 'arcade', 'ruin'] as const;
export type RegionStyle = (typeof regionStyles)[number];

/** Regions are about this many blocks across. */
const pitchBlocks = 5;
const saltSite = 0x51;
/** How often each style comes, adding up to 1; ruins are the spice. */
const shares: readonly number[] = [0.24, 0.23, 0.2, 0.2, 0.13];

/** The region that a block belongs to: its style and a number of its own, from which all of its habits follow. */
export type Region = { style: RegionStyle; index: number; habit: number };

/** The nearest of the jittered sites around a block decides (Worley 1996); a pure function of the seed. */
export function regionAt(seed: number, bi: number, bj: number): Region {
  const gi = Math.floor(bi / pitchBlocks);
  const gj = Math.floor(bj / pitchBlocks);
  let nearest = Number.POSITIVE_INFINITY;
  let habit = 0;
  for (let j = gj - 1; j <= gj + 1; j++) {
    for (let i = gi - 1; i <= gi + 1; i++) {
      const site = hash3(seed, i, j, saltSite);
      const x = (i + 0.15 + 0.7 * hashToUnit(site)) * pitchBlocks;
      const z = (j + 0.15 + 0.7 * hashToUnit(hash3(site, i, j, 1))) * pitchBlocks;
      const away = (x - bi - 0.5) ** 2 + (z - bj - 0.5) ** 2;
      if (away < nearest) {
        nearest = away;
        habit = hash3(site, i, j, 2);
      }
    }
  }
  let unit = hashToUnit(habit);
  let index = 0;
  while (index < shares.length - 1 && unit >= shares[index]!) unit -= shares[index++]!;
  return { style: regionStyles[index]!, index, habit };
}

/** The lowest bits of a region's habit say in which direction and on which rows things lie; `imagine` is told them. */
export const habitBits = 6;

/** Index into {@link regionStyles} of the block's region. */
export function regionStyle(seed: number, bi: number, bj: number): number {
  return regionAt(seed, bi, bj).index;
}
