/** What a row of a latency table holds. All NaN but `n` when there is no value. */
export type Summary = { p50: number; p95: number; p99: number; max: number; n: number };

/**
 * Median, tail and largest of the values; NaN and infinities are not measurements and are left out. Quantiles are linear
 * between neighbours ("type 7", as in numpy and R).
 */
export function summarise(values: ArrayLike<number>): Summary {
  const sorted = finite(values).sort();
  const n = sorted.length;
  const max = sorted[n - 1] ?? Number.NaN;
  return { p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), p99: quantile(sorted, 0.99), max, n };
}

function finite(values: ArrayLike<number>): Float64Array {
  const out = new Float64Array(values.length);
  let count = 0;
  for (let k = 0; k < values.length; k++) if (Number.isFinite(values[k])) out[count++] = values[k]!;
  return out.subarray(0, count);
}

function quantile(sorted: Float64Array, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low + (high - low) * (position - below);
}
