import { indexAt, quantileOf } from './recording';
import type { Step } from './steps';

/**
 * A display strobes when so much of its bright time is dark (low persistence, a backlight switched off and on), and dark
 * is what is closer than this to the dark level, as a share of the flashes. A backlight that only dips does not strobe.
 */
const darkShare = 0.15;
const darkBelow = 0.25;
/** Flashes before the light went out whose distance tells the period. */
const flashesForPeriod = 6;
/** A strobe flashes at least so often within the window. */
const fewestFlashes = 3;
/** Longest distance of two flashes over the shortest; a camera of 240 frames a second sees 90 Hz this unevenly. */
const mostUneven = 1.7;

function levelAt(dark: Float64Array, bright: Float64Array, share: number): number {
  const low = quantileOf(dark, 0.5);
  return low + share * (quantileOf(bright, 0.98) - low);
}

/** Whether the bright side of a change is made of flashes with darkness between them. */
export function isStrobing(dark: Float64Array, bright: Float64Array): boolean {
  const limit = levelAt(dark, bright, darkBelow);
  let below = 0;
  for (const level of bright) if (level < limit) below++;
  return below > darkShare * bright.length;
}

/** Level of the flashes themselves. */
export function strobeLevel(dark: Float64Array, bright: Float64Array): number {
  const limit = levelAt(dark, bright, 0.5);
  return quantileOf(
    bright.filter((level) => level >= limit),
    0.5,
  );
}

/**
 * When a strobing display changed: to white with its first flash; to black when the next flash should have come, one
 * period after the last one began. What the display showed in the darkness between two flashes nobody can see.
 * @param shares of full light, 0 … 1, around one change
 * @returns ms, NaN when the flashes are not at least three and regular: then they are something else
 */
export function strobedEdgeMs(timesMs: Float64Array, shares: Float64Array, step: Step, windowMs: number): number {
  const from = indexAt(timesMs, step.atMs - windowMs);
  const to = indexAt(timesMs, step.atMs + windowMs);
  const begins: number[] = [];
  for (let i = Math.max(1, from); i < to; i++) {
    if (!(shares[i - 1]! < 0.5 && shares[i]! >= 0.5)) continue;
    const share = (0.5 - shares[i - 1]!) / (shares[i]! - shares[i - 1]!);
    begins.push(timesMs[i - 1]! + share * (timesMs[i]! - timesMs[i - 1]!));
  }
  if (!areRegular(begins)) return Number.NaN;
  if (step.direction > 0) return begins[0]!;
  const last = begins.slice(-flashesForPeriod);
  return last.at(-1)! + (last.at(-1)! - last[0]!) / (last.length - 1);
}

function areRegular(begins: readonly number[]): boolean {
  const apart = begins.slice(1).map((atMs, k) => atMs - begins[k]!);
  return begins.length >= fewestFlashes && Math.max(...apart) <= mostUneven * Math.min(...apart);
}
