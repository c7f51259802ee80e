/** A straight line y = meanY + slope (x - meanX), fitted by least squares. */
export type Line = {
  n: number;
  meanX: number;
  meanY: number;
  slope: number;
  /** Standard deviation of what the line does not explain (n - 2); NaN with fewer than three points. */
  residual: number;
  /** Standard error of the slope; NaN with fewer than three points. */
  slopeError: number;
};

/** @throws RangeError with fewer than two points, or when all have one x */
export function fitLine(x: readonly number[], y: readonly number[]): Line {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  let xx = 0;
  let xy = 0;
  for (let i = 0; i < n; i++) {
    xx += (x[i]! - meanX) ** 2;
    xy += (x[i]! - meanX) * (y[i]! - meanY);
  }
  if (!(xx > 0)) throw new RangeError(`A line needs two points at different places; there are ${n} points.`);
  const slope = xy / xx;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (y[i]! - meanY - slope * (x[i]! - meanX)) ** 2;
  const residual = n > 2 ? Math.sqrt(squares / (n - 2)) : Number.NaN;
  return { n, meanX, meanY, slope, residual, slopeError: residual / Math.sqrt(xx) };
}

export function yAt({ meanX, meanY, slope }: Line, x: number): number {
  return meanY + slope * (x - meanX);
}
