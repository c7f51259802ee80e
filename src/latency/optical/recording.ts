/** What a photodiode or a camera saw: one brightness for each time. Any unit that grows with light. */
export type Recording = {
  /** Ms, rising. */
  readonly timesMs: Float64Array;
  readonly levels: Float64Array;
};

/** One change of light. */
export type Edge = {
  /** Ms on the recording's clock. */
  atMs: number;
  /** 1: it got brighter, -1: darker. */
  direction: 1 | -1;
  /** Mean level before and after, in the recording's unit; of a strobing display the level of its flashes. */
  before: number;
  after: number;
};

/** @throws RangeError when the times do not rise, or a number is missing; says at which sample (counted from 0) */
export function checkRecording({ timesMs, levels }: Recording): void {
  if (timesMs.length !== levels.length) {
    throw new RangeError(`The recording has ${timesMs.length} times but ${levels.length} levels; it needs as many.`);
  }
  for (let i = 0; i < timesMs.length; i++) {
    if (!Number.isFinite(timesMs[i]!) || !Number.isFinite(levels[i]!)) {
      throw new RangeError(`Sample ${i} of the recording has no number (time ${timesMs[i]}, level ${levels[i]}).`);
    }
    if (i > 0 && timesMs[i]! <= timesMs[i - 1]!) {
      throw new RangeError(`The times of the recording do not rise at sample ${i}: ${timesMs[i]} ms after ${timesMs[i - 1]} ms.`);
    }
  }
}

/** Median time between two samples, ms; NaN with fewer than two. */
export function samplePeriodMs({ timesMs }: Recording): number {
  const steps = new Float64Array(Math.max(0, timesMs.length - 1));
  for (let i = 0; i < steps.length; i++) steps[i] = timesMs[i + 1]! - timesMs[i]!;
  return quantileOf(steps, 0.5);
}

/** Where at least one sample is missing: intervals above 1.5 periods. */
export function countGaps(recording: Recording): number {
  const longest = 1.5 * samplePeriodMs(recording);
  let gaps = 0;
  for (let i = 1; i < recording.timesMs.length; i++) if (recording.timesMs[i]! - recording.timesMs[i - 1]! > longest) gaps++;
  return gaps;
}

/** Index of the first time that is not before `atMs`. */
export function indexAt(timesMs: Float64Array, atMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timesMs[middle]! < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Quantile, linear between neighbours ("type 7"); NaN of nothing. Sorts a copy. */
export function quantileOf(values: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below]!;
  return low + (sorted[Math.min(below + 1, sorted.length - 1)]! - low) * (position - below);
}

/** Mean of the samples within half of `windowMs` on either side of each sample. */
export function meanOver({ timesMs, levels }: Recording, windowMs: number): Float64Array {
  let [from, to, sum] = [0, 0, 0];
  return levels.map((_, i) => {
    const atMs = timesMs[i]!;
    while (to < levels.length && timesMs[to]! <= atMs + windowMs / 2) sum += levels[to++]!;
    while (timesMs[from]! < atMs - windowMs / 2) sum -= levels[from++]!;
    return sum / (to - from);
  });
}

export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return values.length === 0 ? Number.NaN : sum / values.length;
}

/** Standard deviation of a sample (n - 1); NaN with fewer than two. */
export function deviationOf(values: ArrayLike<number>): number {
  const mean = meanOf(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - mean) ** 2;
  return values.length < 2 ? Number.NaN : Math.sqrt(sum / (values.length - 1));
}

/** Median size of the difference of two normally distributed numbers of deviation 1. */
const medianOfJumps = 0.954;

/** Deviation from sample to sample, by the median: neither slow changes nor the jumps of a backlight are noise. */
export function noiseOf(values: Float64Array): number {
  const jumps = values.subarray(1).map((value, i) => Math.abs(value - values[i]!));
  return jumps.length === 0 ? 0 : quantileOf(jumps, 0.5) / medianOfJumps;
}

/**
 * Splits numbers into a low and a high group: two means in one dimension, begun at the ends.
 * @returns the mean of each group, and the limit between them
 */
export function twoGroups(values: ArrayLike<number>): { low: number; high: number; limit: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  let limit = (low + high) / 2;
  for (let round = 0; round < 100; round++) {
    let [lowSum, lowCount, highSum, highCount] = [0, 0, 0, 0];
    for (let i = 0; i < values.length; i++) {
      if (values[i]! > limit) {
        highSum += values[i]!;
        highCount++;
      } else {
        lowSum += values[i]!;
        lowCount++;
      }
    }
    if (lowCount > 0) low = lowSum / lowCount;
    if (highCount > 0) high = highSum / highCount;
    const next = (low + high) / 2;
    if (next === limit) break;
    limit = next;
  }
  return { low, high, limit };
}
