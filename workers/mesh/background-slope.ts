/** The smaller of two slopes, 0 where they disagree on the direction: planes are exact, creases are not continued. */
function lesser(a: number, b: number): number {
  if (!(a * b > 0)) return 0;
  return Math.abs(a) < Math.abs(b) ? a : b;
}

/**
 * Slope of the inverse depth of a cell's surface along one axis, 1/m a cell, from the cells that no cut parts from it:
 * some to each side, or those on one side in two halves. Whatever the halves agree on is a plane.
 * @param cut 1 where a cell is cut from the next one, `step` apart. @param place of `count` along this axis.
 * @param span most cells of a half: few are local, many are steady under noise.
 */
export function slopeOf(
  d: Float32Array,
  cut: Uint8Array,
  cell: number,
  step: number,
  place: number,
  count: number,
  span: number,
): number {
  const own = d[cell];
  if (own === 0) return 0;
  let before = 0;
  while (before < 2 * span && place > before && cut[cell - (before + 1) * step] === 0) before++;
  let after = 0;
  while (after < 2 * span && place + after + 1 < count && cut[cell + after * step] === 0) after++;
  if (before >= 2 && after >= 2) {
    const b = before < span ? before : span;
    const a = after < span ? after : span;
    return lesser((own - d[cell - b * step]) / b, (d[cell + a * step] - own) / a);
  }
  const length = before > after ? before : after;
  if (length < 2) return 0;
  const way = before > after ? -step : step;
  const half = length >> 1;
  const middle = d[cell + half * way];
  const slope = lesser((middle - own) / half, (d[cell + length * way] - middle) / (length - half));
  return before > after ? -slope : slope;
}
