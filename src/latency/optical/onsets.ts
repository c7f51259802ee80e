import { passedMs } from './edges';
import { checkRecording, noiseOf, quantileOf, twoGroups, type Recording } from './recording';

export type OnsetOptions = {
  /** Share of each pulse's own peak at which it begins: 0.5 for a switch or an LED, 0.05 for a sensor of motion. */
  at: number;
  /** Which change of the signal is an onset; `falling` for a contact that pulls a line down. */
  edge: 'rising' | 'falling' | 'both';
  /** A contact bounces: what follows within this time is the same onset, ms. */
  debounceMs: number;
};

export const defaultOnsetOptions: Readonly<OnsetOptions> = Object.freeze({ at: 0.5, edge: 'rising', debounceMs: 20 });

/** The signal is up above the first share and down below the second, of the way from rest to its usual peak. */
const upAbove = 0.5;
const downBelow = 0.3;
/** Rest and peak are two levels when they lie so many standard deviations of the noise apart. */
const clearDeviations = 10;

/**
 * When a physical onset was recorded beside the light: the voltage of a switch, an LED that a second photodiode or the
 * camera sees, the speed of a head. Pulses may be short; each begins where it passes a share of its own peak (5 % as in
 * Warburton et al. 2023, "Measuring motion-to-photon latency for sensorimotor experiments with virtual reality systems",
 * Behavior Research Methods 55).
 * @returns ms on the recording's clock, in order; empty when the signal never leaves its rest
 */
export function findOnsets(recording: Recording, options: Partial<OnsetOptions> = {}): Float64Array {
  const { at, edge, debounceMs } = { ...defaultOnsetOptions, ...options };
  checkRecording(recording);
  if (recording.levels.length < 2) return new Float64Array();
  const { high, limit } = twoGroups(recording.levels);
  // The median, because the flanks of slow pulses are low too.
  const low = quantileOf(
    recording.levels.filter((level) => level <= limit),
    0.5,
  );
  if (!(high - low > clearDeviations * noiseOf(recording.levels))) return new Float64Array();
  const found: number[] = [];
  if (edge !== 'falling') found.push(...rises(recording, low, high, at));
  if (edge !== 'rising') {
    const upsideDown = { timesMs: recording.timesMs, levels: recording.levels.map((level) => -level) };
    found.push(...rises(upsideDown, -high, -low, at));
  }
  found.sort((a, b) => a - b);
  // What a bounce continues is not begun by it: each one keeps the pause open.
  return Float64Array.from(found.filter((atMs, k) => k === 0 || atMs - found[k - 1]! >= debounceMs));
}

function rises({ timesMs, levels }: Recording, low: number, high: number, at: number): number[] {
  const up = low + upAbove * (high - low);
  const down = low + downBelow * (high - low);
  const found: number[] = [];
  // A signal that begins high has no onset before it was low.
  let isUp = levels[0]! > down;
  for (let i = 1; i < levels.length; i++) {
    if (isUp) {
      isUp = levels[i]! > down;
    } else if (levels[i]! > up) {
      isUp = true;
      found.push(beginMs(timesMs, levels, i, low, down, at));
    }
  }
  return found;
}

/** From a sample that is up: forward to this pulse's peak, then back to where it passed the share of it. */
function beginMs(timesMs: Float64Array, levels: Float64Array, upIndex: number, low: number, down: number, at: number): number {
  let peak = upIndex;
  for (let i = upIndex; i < levels.length && levels[i]! > down; i++) if (levels[i]! > levels[peak]!) peak = i;
  const level = low + at * (levels[peak]! - low);
  let i = upIndex;
  if (levels[i]! >= level) while (i > 1 && levels[i - 1]! > level) i--;
  else while (i < peak && levels[i]! < level) i++;
  return passedMs(timesMs, levels, i, level);
}
