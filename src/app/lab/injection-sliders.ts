import type { Options } from '../options';
import { optionLimits } from '../validate-options';

export type InjectionName = 'addLatencyMs' | 'latencyJitterMs' | 'stallEveryS' | 'stallMs' | 'dropPct' | 'modelHz';

export type InjectionSlider = {
  name: InjectionName;
  label: string;
  /** Values that the slider stops at, rising; fine where people look closely. */
  stops: readonly number[];
  shows: (value: number) => string;
};

const range = (from: number, to: number, step: number): number[] =>
  Array.from({ length: Math.round((to - from) / step) + 1 }, (_, k) => from + k * step);

const ms = (value: number): string => `${Math.round(value)} ms`;

export const injectionSliders: readonly InjectionSlider[] = [
  {
    name: 'addLatencyMs',
    label: 'Added latency',
    stops: [...range(0, 200, 10), ...range(250, 1000, 50), ...range(1200, optionLimits.addLatencyMs.max, 200)],
    shows: ms,
  },
  {
    name: 'latencyJitterMs',
    label: 'Jitter, ±',
    stops: [...range(0, 100, 5), ...range(120, 500, 20), ...range(600, optionLimits.latencyJitterMs.max, 100)],
    shows: ms,
  },
  {
    name: 'stallEveryS',
    label: 'Hangs every',
    stops: range(0, optionLimits.stallEveryS.max, 1),
    shows: (value) => (value === 0 ? 'Never' : `${Number(value.toFixed(1))} s`),
  },
  {
    name: 'stallMs',
    label: 'Hangs for',
    stops: [...range(0, 2000, 100), ...range(2500, optionLimits.stallMs.max, 500)],
    shows: (value) => `${Number((value / 1000).toFixed(2))} s`,
  },
  { name: 'dropPct', label: 'Lost frames', stops: range(0, optionLimits.dropPct.max, 1), shows: (value) => `${Number(value.toFixed(1))} %` },
  {
    name: 'modelHz',
    label: 'Model, at most',
    stops: [0.2, 0.5, ...range(1, 15, 1), ...range(20, 60, 5), 72, 90, optionLimits.modelHz.max],
    shows: (value) => `${Number(value.toFixed(1))} Hz`,
  },
];

/** The stop nearest to a value that a URL or a script may have set between two of them. */
export function nearestStop(stops: readonly number[], value: number): number {
  let best = 0;
  for (let k = 1; k < stops.length; k++) if (Math.abs(stops[k]! - value) < Math.abs(stops[best]! - value)) best = k;
  return best;
}

/** What is made worse on purpose, in a few words. */
export function injectionWords(options: Pick<Options, InjectionName>): string {
  const words: string[] = [];
  if (options.addLatencyMs > 0 || options.latencyJitterMs > 0) {
    const jitter = options.latencyJitterMs > 0 ? ` ± ${Math.round(options.latencyJitterMs)}` : '';
    words.push(`+${Math.round(options.addLatencyMs)}${jitter} ms`);
  }
  if (options.stallEveryS > 0 && options.stallMs > 0) words.push('hangs');
  if (options.dropPct > 0) words.push(`${Number(options.dropPct.toFixed(1))} % lost`);
  return words.length > 0 ? words.join(', ') : 'off';
}
