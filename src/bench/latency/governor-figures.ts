import type { GovernorRow } from './result';

/** One display frame of the run with the synthetic load. */
export type LoadedFrame = { atMs: number; modelFrames: number };

export type LoadRun = {
  frames: readonly LoadedFrame[];
  /** When the load began and ended, on the clock of the frames, ms. */
  loadFromMs: number;
  loadToMs: number;
};

/** A display frame that comes this many periods after the one before was late: at least one was missed. */
const missedFactor = 1.5;
/** Rates are told over this long, ms. */
const windowMs = 1000;
/** Under this share of missed display frames the display is well again, %. */
const wellPct = 1;
/** The model has its rate back with this share of what it had. */
const restoredShare = 0.9;

/** Median interval of the display frames before the load, ms. */
export function periodBeforeLoad({ frames, loadFromMs }: LoadRun): number {
  const intervals = frames
    .filter((frame, k) => k > 0 && frame.atMs < loadFromMs)
    .map((frame) => frame.atMs - frames[frames.indexOf(frame) - 1]!.atMs)
    .sort((a, b) => a - b);
  return intervals[Math.floor(intervals.length / 2)] ?? Number.NaN;
}

/** What the display and the model did in the second from `fromMs` on. */
export function secondOf({ frames }: Pick<LoadRun, 'frames'>, fromMs: number, periodMs: number): Omit<GovernorRow, 'kind' | 'atMs' | 'loaded'> {
  const toMs = fromMs + windowMs;
  let shown = 0;
  let missed = 0;
  let first = Number.NaN;
  let last = Number.NaN;
  for (let k = 1; k < frames.length; k++) {
    const { atMs, modelFrames } = frames[k]!;
    if (atMs < fromMs || atMs >= toMs) continue;
    shown++;
    const interval = atMs - frames[k - 1]!.atMs;
    if (interval > missedFactor * periodMs) missed += Math.round(interval / periodMs) - 1;
    if (Number.isNaN(first)) first = frames[k - 1]!.modelFrames;
    last = modelFrames;
  }
  return {
    displayHz: (1000 * shown) / windowMs,
    missedPct: shown > 0 ? (100 * missed) / (missed + shown) : 100,
    modelHz: (1000 * (last - first || 0)) / windowMs,
  };
}

/** One row for each full second, from the first display frame on. */
export function governorRows(run: LoadRun): GovernorRow[] {
  const periodMs = periodBeforeLoad(run);
  const [firstMs, lastMs] = [run.frames[0]!.atMs, run.frames.at(-1)!.atMs];
  const rows: GovernorRow[] = [];
  // Full seconds before the load and after its begin, so that none is half of each.
  const seconds = Math.floor((run.loadFromMs - firstMs) / windowMs);
  for (let fromMs = run.loadFromMs - seconds * windowMs; fromMs + windowMs <= lastMs; fromMs += windowMs) {
    const loaded = fromMs >= run.loadFromMs && fromMs < run.loadToMs;
    rows.push({ kind: 'governor', atMs: fromMs - run.loadFromMs, loaded, ...secondOf(run, fromMs, periodMs) });
  }
  return rows;
}

/** Display frames that were missed before the load, in its full seconds, %: what this machine misses by itself. */
export function restMissedPct(run: LoadRun): number {
  const before = governorRows(run).filter(({ atMs }) => atMs < 0);
  return before.reduce((sum, row) => sum + row.missedPct, 0) / before.length;
}

/**
 * From the begin of the load until the first full second in which under 1 % of the display frames were missed, s; NaN: never.
 * @param allowedPct misses on top of that 1 % which are not the load's; see {@link restMissedPct}
 */
export function recoverS(run: LoadRun, allowedPct = 0): number {
  const periodMs = periodBeforeLoad(run);
  const isWell = ({ missedPct }: { missedPct: number }): boolean => missedPct < wellPct + allowedPct;
  return (firstSecond(run, run.loadFromMs, run.loadToMs, isWell, periodMs) - run.loadFromMs) / 1000;
}

/** From the end of the load until the model makes nine tenths of its steps a second again, s; NaN: never. */
export function restoreS(run: LoadRun): number {
  const periodMs = periodBeforeLoad(run);
  const before = governorRows(run).filter(({ atMs }) => atMs < 0);
  const usualHz = before.reduce((sum, row) => sum + row.modelHz, 0) / before.length;
  const isBack = ({ modelHz }: { modelHz: number }): boolean => modelHz >= restoredShare * usualHz;
  const backFromMs = firstSecond(run, run.loadToMs, run.frames.at(-1)!.atMs, isBack, periodMs);
  return (backFromMs - run.loadToMs) / 1000;
}

/** Begin of the first full second between two times that is as wanted; each display frame may begin one. */
function firstSecond(
  run: LoadRun,
  fromMs: number,
  toMs: number,
  wanted: (second: ReturnType<typeof secondOf>) => boolean,
  periodMs: number,
): number {
  for (const { atMs } of run.frames) {
    if (atMs < fromMs || atMs + windowMs > toMs) continue;
    if (wanted(secondOf(run, atMs, periodMs))) return atMs;
  }
  return Number.NaN;
}
