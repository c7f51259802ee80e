import { deviationOf, indexAt, meanOver, quantileOf, type Recording } from './recording';

/** A place where the light has changed for good, to within a few samples; `edges.ts` finds its exact time. */
export type Step = {
  /** First sample after it. */
  index: number;
  atMs: number;
  direction: 1 | -1;
  /** Mean of the window after it minus the one before, without its sign. */
  height: number;
};

/** Below this share of the largest step nothing is a step, whatever the noise. */
const smallestShare = 0.02;
/** Steps stand out of the noise by so many standard errors; the largest of a million random differences are 5. */
const clearErrors = 6;
/** More steps than this do not make a gap below them any clearer. */
const manySteps = 5;
/** Part of the window over which the light is averaged first, so that the flashes of a display count as light. */
const smoothShare = 0.25;

/**
 * Steps of a noisy recording: where the mean of the `windowMs` after a sample and of those before differ most. Drift is
 * too slow to matter, and what repeats within the window cancels out: 50 ms holds whole periods of mains light at both
 * 100 and 120 Hz. Steps closer together than the window are not told apart.
 * @returns in order of time; empty when nothing stands out of the noise
 */
export function findSteps(recording: Recording, windowMs: number): Step[] {
  const levels = meanOver(recording, smoothShare * windowMs);
  const peaks = separatePeaks(peaksOf({ timesMs: recording.timesMs, levels }, windowMs), 0.8 * windowMs);
  if (peaks.length === 0) return [];
  const limit = limitOf(peaks, recording, windowMs);
  return peaks.filter(({ height }) => height > limit).sort((a, b) => a.index - b.index);
}

/** Every difference that is the largest until the differences fall to half of it, or change sign. */
function peaksOf(recording: Recording, windowMs: number): Step[] {
  const { timesMs } = recording;
  const differences = differencesOf(recording, windowMs);
  const peaks: Step[] = [];
  let best: Step | null = null;
  let valley = 0;
  let lastDirection = 0;
  for (const [index, height] of differences.map(Math.abs).entries()) {
    if (Number.isNaN(height)) continue;
    const direction = differences[index]! > 0 ? 1 : -1;
    if (best && (direction !== best.direction || height < best.height / 2)) {
      peaks.push(best);
      [lastDirection, valley, best] = [best.direction, height, null];
    }
    // After a peak the next one begins where the differences rise again to twice the lowest.
    const begins = !best && (direction !== lastDirection || height > 2 * valley);
    if (begins || (best && height > best.height)) best = { index, atMs: timesMs[index]!, direction, height };
    else if (!best) valley = Math.min(valley, height);
  }
  if (best) peaks.push(best);
  return peaks;
}

/** Mean of the window from each sample on, minus that of the window before it; NaN where a window is not whole. */
function differencesOf({ timesMs, levels }: Recording, windowMs: number): Float64Array {
  const n = timesMs.length;
  const sums = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) sums[i + 1] = sums[i]! + levels[i]!;
  let from = 0;
  let to = 0;
  return timesMs.map((atMs, i) => {
    // Half windows at the ends would let mains light through.
    if (atMs - windowMs < timesMs[0]! || atMs + windowMs > timesMs[n - 1]!) return Number.NaN;
    while (timesMs[from]! < atMs - windowMs) from++;
    while (to < n && timesMs[to]! < atMs + windowMs) to++;
    return (sums[to]! - sums[i]!) / (to - i) - (sums[i]! - sums[from]!) / (i - from);
  });
}

/** The highest peaks, highest first, none closer to a higher one of its direction than `apartMs`. */
function separatePeaks(peaks: Step[], apartMs: number): Step[] {
  const highest = peaks.reduce((most, { height }) => Math.max(most, height), 0);
  const taken = new Map<number, Step[]>();
  const kept: Step[] = [];
  for (const peak of peaks.filter(({ height }) => height > smallestShare * highest).sort((a, b) => b.height - a.height)) {
    const cell = Math.floor(peak.atMs / apartMs);
    const near = [cell - 1, cell, cell + 1].flatMap((at) => taken.get(at) ?? []);
    if (near.some(({ atMs, direction }) => direction === peak.direction && Math.abs(atMs - peak.atMs) < apartMs)) continue;
    kept.push(peak);
    taken.set(cell, [...(taken.get(cell) ?? []), peak]);
  }
  return kept;
}

/**
 * Height above which a peak is a step: below the widest gap between the heights of peaks, as a ratio. A few flashes that
 * are brighter than the patch leave a gap too, but only a few are above it.
 */
function limitOf(peaks: readonly Step[], recording: Recording, windowMs: number): number {
  const floor = smallestShare * peaks[0]!.height;
  let count = 0;
  let best = 0;
  for (let k = 0; k < peaks.length; k++) {
    const gap = Math.log(peaks[k]!.height / (peaks[k + 1]?.height ?? floor)) * Math.min(k + 1, manySteps);
    if (gap > best) [best, count] = [gap, k + 1];
  }
  const steps = peaks.slice(0, count);
  const usual = quantileOf(
    steps.map(({ height }) => height),
    0.5,
  );
  return usual >= clearErrors * noiseOf(steps, recording, windowMs) ? usual / 2 : Number.POSITIVE_INFINITY;
}

/** Standard error of a difference of two windows; of each step the calmer side tells, because a strobe's light side never is. */
function noiseOf(steps: readonly Step[], { timesMs, levels }: Recording, windowMs: number): number {
  const errors = steps.map(({ index, atMs }) => {
    const before = levels.subarray(indexAt(timesMs, atMs - windowMs), index);
    const after = levels.subarray(index, indexAt(timesMs, atMs + windowMs));
    const calmer = Math.min(deviationOf(before), deviationOf(after));
    return calmer * Math.sqrt(1 / before.length + 1 / after.length);
  });
  return quantileOf(errors.filter(Number.isFinite), 0.5) || 0;
}
