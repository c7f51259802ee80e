import { checkRecording, indexAt, meanOf, noiseOf, quantileOf, samplePeriodMs, type Edge, type Recording } from './recording';
import { findSteps, type Step } from './steps';
import { isStrobing, strobeLevel, strobedEdgeMs } from './strobe';

export type EdgeOptions = {
  /** How long the light stays at least as it is before and after a flip, ms. */
  windowMs: number;
  /** Two opposite edges closer than this are a flash of something else and left out, ms. */
  minHoldMs: number;
  /** Share of the change at which it counts as seen: 0.5 is its middle, 0.05 its onset. */
  at: number;
};

export const defaultEdgeOptions: Readonly<EdgeOptions> = Object.freeze({ windowMs: 50, minHoldMs: 100, at: 0.5 });

/** A smoothed sample keeps this distance of noise from the middle between both levels, as a share of the change. */
const wantedNoise = 0.06;
/** Smoothing beyond this would join what lies apart, ms; less within a flash of the backlight. */
const longestSmoothMs = 10;
const longestStrobeSmoothMs = 0.3;

/**
 * When the light changed. Each change is measured against the levels right before and after it, so drift and a second
 * lamp do not matter; between two samples it is interpolated. Samples may lie at any times.
 * @returns in order of time; empty when the light does not change
 * @throws RangeError when the recording is broken, or has fewer than 3 samples in a window
 */
export function findEdges(recording: Recording, options: Partial<EdgeOptions> = {}): Edge[] {
  const { windowMs, minHoldMs, at } = { ...defaultEdgeOptions, ...options };
  checkRecording(recording);
  const periodMs = samplePeriodMs(recording);
  if (periodMs * 3 > windowMs) {
    throw new RangeError(
      `Samples every ${periodMs.toFixed(1)} ms are too far apart: ${windowMs} ms need at least 3. Record faster, or use a wider window.`,
    );
  }
  const steps = findSteps(recording, windowMs);
  const edges: Edge[] = [];
  for (const [k, step] of steps.entries()) {
    const edge = exactEdge(recording, step, steps[k - 1], steps[k + 1], windowMs, at);
    if (edge) edges.push(edge);
  }
  return withoutFlashes(edges, minHoldMs);
}

function exactEdge(
  { timesMs, levels }: Recording,
  step: Step,
  last: Step | undefined,
  next: Step | undefined,
  windowMs: number,
  at: number,
): Edge | null {
  // The change itself takes time, on an LCD many milliseconds: its surroundings say nothing of the levels.
  const guardMs = 0.2 * windowMs;
  const fromMs = Math.max(step.atMs - windowMs, (last?.atMs ?? Number.NEGATIVE_INFINITY) + guardMs);
  const toMs = Math.min(step.atMs + windowMs, (next?.atMs ?? Number.POSITIVE_INFINITY) - guardMs);
  const from = indexAt(timesMs, fromMs);
  const to = indexAt(timesMs, toMs);
  const before = levels.subarray(from, indexAt(timesMs, step.atMs - guardMs));
  const after = levels.subarray(indexAt(timesMs, step.atMs + guardMs), to);
  if (before.length === 0 || after.length === 0) return null;
  const [dark, bright] = step.direction > 0 ? [before, after] : [after, before];
  const strobing = isStrobing(dark, bright);
  const low = strobing ? quantileOf(dark, 0.5) : meanOf(dark);
  const high = strobing ? strobeLevel(dark, bright) : meanOf(bright);
  if (!(high > low)) return null;
  const [start, end] = step.direction > 0 ? [low, high] : [high, low];
  const noise = Math.max(noiseOf(dark), strobing ? 0 : noiseOf(bright)) / (high - low);
  const part = { timesMs: timesMs.subarray(from, to), levels: levels.subarray(from, to) };
  const smooth = smoothed(part, noise, strobing ? longestStrobeSmoothMs : longestSmoothMs);
  const progress = smooth.map((level) => (level - start) / (end - start));
  const atMs = strobing
    ? strobedEdgeMs(part.timesMs, smooth.map((level) => (level - low) / (high - low)), step, windowMs)
    : changeMs(part.timesMs, progress, step.atMs, at);
  return Number.isFinite(atMs) ? { atMs, direction: step.direction, before: start, after: end } : null;
}

/** Mean of as many neighbours as the noise asks for; symmetrical, so that the middle of a change stays where it is. */
function smoothed(part: Recording, noise: number, longestMs: number): Float64Array {
  const periodMs = samplePeriodMs(part);
  const wanted = Math.ceil(((noise / wantedNoise) ** 2 - 1) / 2);
  const radius = Math.max(0, Math.min(wanted, Math.floor(longestMs / periodMs / 2)));
  if (radius === 0) return part.levels;
  const { levels } = part;
  return levels.map((_, i) => {
    // Near the ends fewer neighbours on both sides, or the mean would lean inwards.
    const reach = Math.min(radius, i, levels.length - 1 - i);
    return meanOf(levels.subarray(i - reach, i + reach + 1));
  });
}

/**
 * When `progress` (0 before, 1 after the change) passes `at`. Noise can pass the middle more than once: then it counts
 * for how long it was beyond, as if it had passed once. Earlier or later shares are looked for from the middle on.
 */
function changeMs(timesMs: Float64Array, progress: Float64Array, aboutMs: number, at: number): number {
  const about = Math.min(indexAt(timesMs, aboutMs), progress.length - 1);
  // From one settled place to the other, so that nothing else in the window counts.
  let from = about;
  while (from > 0 && progress[from]! > 0.25) from--;
  let to = about;
  while (to < progress.length - 1 && progress[to]! < 0.75) to++;
  if (progress[from]! > 0.5 || progress[to]! < 0.5) return Number.NaN;
  let middleMs = 0;
  let firstUp = -1;
  let lastUp = -1;
  for (let i = from + 1; i <= to; i++) {
    const [a, b] = [progress[i - 1]!, progress[i]!];
    if (a < 0.5 === b < 0.5) continue;
    middleMs += (b > a ? 1 : -1) * passedMs(timesMs, progress, i, 0.5);
    if (b > a) {
      lastUp = i;
      if (firstUp < 0) firstUp = i;
    }
  }
  if (firstUp < 0) return Number.NaN;
  if (at === 0.5) return middleMs;
  let i = at < 0.5 ? firstUp : lastUp;
  if (at < 0.5) while (i > 1 && progress[i - 1]! > at) i--;
  else while (i < progress.length - 1 && progress[i]! < at) i++;
  return passedMs(timesMs, progress, i, at);
}

/** Interpolates between sample i - 1 and sample i. */
export function passedMs(timesMs: Float64Array, values: Float64Array, i: number, level: number): number {
  const [a, b] = [values[i - 1]!, values[i]!];
  const share = Math.min(1, Math.max(0, (level - a) / (b - a)));
  return timesMs[i - 1]! + share * (timesMs[i]! - timesMs[i - 1]!);
}

/** Drops pairs of opposite edges that follow each other too fast: something else flashed. */
function withoutFlashes(edges: readonly Edge[], minHoldMs: number): Edge[] {
  const kept: Edge[] = [];
  for (const edge of edges) {
    const last = kept.at(-1);
    if (last && edge.atMs - last.atMs < minHoldMs && edge.direction !== last.direction) kept.pop();
    else kept.push(edge);
  }
  return kept;
}
