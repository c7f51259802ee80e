import { createRandom } from '../../../../src/math/hash';
import type { Recording } from '../../../../src/latency/optical/recording';

/** Times at which the light of the patch really changes, ms: from black to white and back. */
export type Truth = { onsetsMs: number[]; changesMs: number[] };

/** A display that shows the patch, and the room around it. Levels are shares of the patch's white. */
export type Display = {
  black: number;
  white: number;
  /** Time constant of the pixel, ms; 0 switches at once. */
  riseMs: number;
  /** A backlight that switches: period, share of it that is lit, and how deep it dims; `locked`: a flash begins at each change. */
  backlight: { periodMs: number; duty: number; depth: number; locked?: boolean } | null;
  noise: number;
  /** Mains light: lamps flicker at twice 50 Hz. */
  flicker: number;
  /** Change of the room's light over the whole recording; also bends. */
  drift: number;
};

export const cleanDisplay: Display = { black: 0.05, white: 1, riseMs: 0, backlight: null, noise: 0, flicker: 0, drift: 0 };
export const badDisplay: Display = {
  black: 0.1,
  white: 1,
  riseMs: 0,
  backlight: { periodMs: 1000 / 480, duty: 0.6, depth: 0.4 },
  noise: 0.05,
  flicker: 0.1,
  drift: 0.8,
};

/** Normally distributed numbers of a seed (Box and Muller). */
export function gaussian(seed: number): () => number {
  const random = createRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** Presses at uneven times, each answered `latencyMs` later. */
export function presses(count: number, latencyMs: number, { spacingMs = 400, startMs = 500, seed = 1 } = {}): Truth {
  const random = createRandom(seed);
  const onsetsMs: number[] = [];
  let atMs = startMs;
  for (let k = 0; k < count; k++) {
    onsetsMs.push(atMs);
    atMs += spacingMs * (0.8 + 0.4 * random());
  }
  return { onsetsMs, changesMs: onsetsMs.map((onsetMs) => onsetMs + latencyMs) };
}

/** Share of white at a time, before the backlight: each change flips it. */
function shareAt(atMs: number, changesMs: readonly number[], riseMs: number): number {
  let share = 0;
  for (const [k, changeMs] of changesMs.entries()) {
    if (atMs < changeMs) break;
    const target = k % 2 === 0 ? 1 : 0;
    const passed = riseMs > 0 ? 1 - Math.exp(-(atMs - changeMs) / riseMs) : 1;
    share = target === 1 ? passed : 1 - passed;
  }
  return share;
}

/** What a photodiode at `hz` writes down; sampled at moments, not over time. */
export function photodiode(changesMs: readonly number[], lengthMs: number, hz: number, display: Display, seed = 1): Recording {
  const normal = gaussian(seed);
  const n = Math.floor((lengthMs * hz) / 1000);
  const timesMs = new Float64Array(n);
  const levels = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const atMs = (i * 1000) / hz;
    timesMs[i] = atMs;
    levels[i] = lightAt(atMs, changesMs, display, lengthMs) + display.noise * normal();
  }
  return { timesMs, levels };
}

/** Light at a time, without the sensor's noise. */
export function lightAt(atMs: number, changesMs: readonly number[], display: Display, lengthMs: number): number {
  const { black, white, riseMs, backlight, flicker, drift } = display;
  const patch = black + (white - black) * shareAt(atMs, changesMs, riseMs);
  const lit = backlight ? backlightAt(atMs, changesMs, backlight) : 1;
  const part = atMs / lengthMs;
  const room = flicker * Math.sin((2 * Math.PI * atMs) / 10 + 1) + drift * (part + 0.3 * Math.sin(7 * part));
  return patch * lit + room;
}

function backlightAt(atMs: number, changesMs: readonly number[], { periodMs, duty, depth, locked }: NonNullable<Display['backlight']>): number {
  const last = locked ? (changesMs.findLast((changeMs) => changeMs <= atMs) ?? 0) : 0;
  const phase = (((atMs - last) / periodMs) % 1 + 1) % 1;
  return phase < duty ? 1 : 1 - depth;
}

/** A digital line that is up for `holdMs` from each onset on. */
export function line(onsetsMs: readonly number[], timesMs: Float64Array, holdMs = 30, bounceMs = 0): Recording {
  const levels = timesMs.map((atMs) => {
    const onsetMs = onsetsMs.findLast((at) => at <= atMs);
    if (onsetMs === undefined || atMs - onsetMs >= holdMs) return 0;
    const since = atMs - onsetMs;
    return since < bounceMs && Math.floor(since / 1.7) % 2 === 1 ? 0 : 5;
  });
  return { timesMs, levels };
}
