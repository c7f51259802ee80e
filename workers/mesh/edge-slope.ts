/** Farthest that {@link continued} goes from the texels it starts from, as a share of their inverse depth. */
export const maxContinuation = 0.25;

/** The smaller of two slopes, 0 where they disagree on the direction: noise is not continued, planes are exact. */
function lesser(a: number, b: number): number {
  if (!(a * b > 0)) return 0;
  return Math.abs(a) < Math.abs(b) ? a : b;
}

/**
 * Slope of the inverse depth of the surface that a texel belongs to, 1/m a texel, from differences that no cut
 * interrupts: one to each side, or the next two on one side.
 * @param cut 1 where a texel is cut from the next one; `step` apart, and `place` of `count` along the same axis.
 */
export function slopeAt(
  d: Float32Array,
  cut: Uint8Array,
  texel: number,
  step: number,
  place: number,
  count: number,
): number {
  const before = place > 0 && cut[texel - step] === 0;
  const after = place + 1 < count && cut[texel] === 0;
  if (before) {
    const slope = d[texel] - d[texel - step];
    if (after) return lesser(slope, d[texel + step] - d[texel]);
    return place > 1 && cut[texel - 2 * step] === 0 ? lesser(slope, d[texel - step] - d[texel - 2 * step]) : 0;
  }
  if (!after || place + 2 >= count || cut[texel + step] !== 0) return 0;
  return lesser(d[texel + step] - d[texel], d[texel + 2 * step] - d[texel + step]);
}

/** What a surface of the mean inverse depth `mean` reaches when it is continued to `value`, within bounds. */
export function continued(mean: number, value: number): number {
  const reach = maxContinuation * mean;
  return value > mean + reach ? mean + reach : value < mean - reach ? mean - reach : value;
}
