import { RollingQuantiles } from '../../math/quantiles';
import { conditions, type Condition, type DisplayRow, type DisplaySummary, type FrameFigures, type Sample } from './result';

/** A display frame that comes this many periods after the one before was late: at least one was missed. */
const missedFactor = 1.5;
/** Headless Chromium's display has 60 Hz; two frames may still come closer together when one of them was late. */
const shortestPeriodMs = 1000 / 60;

/**
 * The median interval of the page at rest, ms; at least the period of 60 Hz, and exactly that where the GPU keeps up.
 * Not the 10th percentile that `src/latency/display-meter.ts` takes: a GPU that does not keep up gives frames in pairs,
 * 17 ms apart and then a pause, and nothing is shown at the pace of the pairs.
 * @param atMs when each frame of the page at rest began, ms
 */
export function restPeriodMs(atMs: readonly number[]): number {
  const intervals = quantilesOf(atMs.slice(1).map((at, k) => at - atMs[k]!));
  return Math.max(shortestPeriodMs, intervals.quantile(0.5));
}

/**
 * Figures of consecutive display frames.
 * @param atMs when each frame began, ms, ascending: the time that the browser gives to its callbacks
 * @param workMs JavaScript of each, ms
 * @param periodMs of the display; the same for all conditions, because a display that is always late passes for a slower one
 */
export function figuresOf(atMs: readonly number[], workMs: readonly number[], periodMs: number): FrameFigures {
  let missed = 0;
  for (let k = 1; k < atMs.length; k++) {
    const interval = atMs[k]! - atMs[k - 1]!;
    if (interval > missedFactor * periodMs) missed += Math.round(interval / periodMs) - 1;
  }
  const shown = Math.max(0, atMs.length - 1);
  const work = quantilesOf(workMs);
  return {
    frames: atMs.length,
    displayHz: shown > 0 ? (1000 * shown) / (atMs.at(-1)! - atMs[0]!) : Number.NaN,
    missedPct: shown > 0 && periodMs > 0 ? (100 * missed) / (missed + shown) : Number.NaN,
    jsMsP50: work.quantile(0.5),
    jsMsP95: work.quantile(0.95),
    jsMsP99: work.quantile(0.99),
  };
}

/** The figures of each sample; frames are due at the pace of the same round's `off`. */
export function rowsOf(samples: readonly Sample[]): DisplayRow[] {
  return samples.map((sample) => {
    const { round, condition, atMs, workMs, scriptS, taskS, triangles, draws, modelHz } = sample;
    const rest = samples.find((candidate) => candidate.round === round && candidate.condition === 'off');
    return {
      round,
      condition,
      ...figuresOf(atMs, workMs, rest ? restPeriodMs(rest.atMs) : Number.NaN),
      scriptMsPerFrame: (1000 * scriptS) / atMs.length,
      taskMsPerFrame: (1000 * taskS) / atMs.length,
      triangles,
      draws,
      modelHz,
    };
  });
}

/** Ratios within each round, so that what else the machine did then cancels; then the median over the rounds. */
export function summarise(samples: readonly Sample[]): DisplaySummary {
  const rows = rowsOf(samples);
  const rounds = [...new Set(rows.map((row) => row.round))];
  const find = (round: number, condition: Condition): DisplayRow | undefined =>
    rows.find((row) => row.round === round && row.condition === condition);
  const perRound = (of: (round: number) => number | undefined): number[] =>
    rounds.map((round) => of(round) ?? Number.NaN).filter((value) => Number.isFinite(value));
  const ratio = (condition: Condition, figure: 'jsMsP50' | 'scriptMsPerFrame'): number =>
    medianOf(
      perRound((round) => {
        const [own, bare] = [find(round, condition), find(round, 'bare')];
        return own && bare ? own[figure] / bare[figure] : undefined;
      }),
    );
  const ratios = (figure: 'jsMsP50' | 'scriptMsPerFrame') => ({
    off: ratio('off', figure),
    stalled: ratio('stalled', figure),
    on: ratio('on', figure),
  });
  const median = (figure: 'displayHz' | 'jsMsP50' | 'missedPct'): Record<Condition, number> => {
    const of = (condition: Condition): number => medianOf(perRound((round) => find(round, condition)?.[figure]));
    return Object.fromEntries(conditions.map((condition) => [condition, of(condition)])) as Record<Condition, number>;
  };
  const differences = perRound((round) => {
    const [on, off] = [find(round, 'on'), find(round, 'off')];
    return on && off ? on.missedPct - off.missedPct : undefined;
  });
  return {
    jsRatio: ratios('jsMsP50'),
    scriptRatio: ratios('scriptMsPerFrame'),
    missedOnMinusOffPoints: differences.reduce((sum, value) => sum + value, 0) / differences.length,
    displayHz: median('displayHz'),
    jsMsP50: median('jsMsP50'),
    missedPct: median('missedPct'),
    modelHz: medianOf(perRound((round) => find(round, 'on')?.modelHz)),
    triangles: medianOf(perRound((round) => find(round, 'bare')?.triangles)),
    draws: medianOf(perRound((round) => find(round, 'bare')?.draws)),
    restPeriodMs: medianOf(samples.filter(({ condition }) => condition === 'off').map(({ atMs }) => restPeriodMs(atMs))),
  };
}

function quantilesOf(values: readonly number[]): RollingQuantiles {
  const quantiles = new RollingQuantiles(Math.max(1, values.length));
  for (const value of values) quantiles.push(value);
  return quantiles;
}

const medianOf = (values: readonly number[]): number => quantilesOf(values).quantile(0.5);
