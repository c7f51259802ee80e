/**
 * Deterministic 32-bit integer hashing and a seeded generator. Every world-anchored choice (layout, palette, noise)
 * goes through here, so that the same seed gives the same place on every device and on both threads: only 32-bit
 * integer operations are used, which JavaScript defines exactly.
 */

/** Bijective 32-bit mixer "lowbias32" by Chris Wellons (github.com/skeeto/hash-prospector, public domain). */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return h ^ (h >>> 16);
}

// Odd constants, so that multiplying is a bijection; they keep neighbouring coordinates from cancelling each other.
const seedStep = 0x9e3779b9;
const axisStep = 0x85ebca6b;

/** Absorbs one more coordinate into a running hash: nested mixing, as in Jarzynski & Olano 2020, JCGT 9(3). */
function absorb(hash: number, coordinate: number): number {
  return mix((hash + Math.imul(coordinate | 0, axisStep)) | 0);
}

/**
 * Hash of a point on an integer grid.
 * @param seed, x, y numbers of any sign; truncated to 32-bit integers, so floor world coordinates before calling.
 * @returns an unsigned 32-bit integer, evenly spread.
 */
export function hash2(seed: number, x: number, y: number): number {
  return absorb(absorb(mix((seed | 0) ^ seedStep), x), y) >>> 0;
}

/** As {@link hash2}, for a point in an integer volume (or a grid point with a channel). */
export function hash3(seed: number, x: number, y: number, z: number): number {
  return absorb(absorb(absorb(mix((seed | 0) ^ seedStep), x), y), z) >>> 0;
}

/** Maps an unsigned 32-bit integer to [0, 1), exactly, in steps of 2^-32. */
export function hashToUnit(h: number): number {
  return (h >>> 0) / 4294967296;
}

/**
 * A seeded stream of numbers in [0, 1): "mulberry32" by Tommy Ettinger (public domain), period 2^32.
 * For sequences; where order must not matter (an endless world), use {@link hash2} instead.
 */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
