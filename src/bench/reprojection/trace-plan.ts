import type { HeadTrace } from './head-trace';
import { arrivalsMs } from './latency-model';
import { displayHz, randomFor, type Plan } from './plan';
import { displayMs, stepFrames } from './simulated-model';
import type { Eye } from './lattice-views';

/** Longest latency, in standard deviations over the mean. */
const mostSigmas = 3;

/** Display frames at rest before the trace, until the slowest model has answered once. */
export function leadFrames(latenciesMs: readonly (readonly [number, number])[]): number {
  const longestMs = Math.max(...latenciesMs.map(([mean, spread]) => mean + mostSigmas * spread));
  return Math.ceil((longestMs * displayHz) / 1000) + 2;
}

/** The trace with rest before it. */
export function withLead(trace: HeadTrace, frames: number): HeadTrace {
  return {
    worldFromHead: [...Array.from({ length: frames }, () => trace.worldFromHead[0]), ...trace.worldFromHead],
    motion: [...Array.from({ length: frames }, () => trace.motion[0]), ...trace.motion],
  };
}

/** Two consecutive display frames to score, seen by one eye. */
export type ScoredPair = { first: number; eye: Eye };

/** When the frames of one simulated model begin and arrive, and which display frames are scored. */
export type ModelRun = {
  latencyMs: number;
  spreadMs: number;
  /** Display frame in which each step begins. */
  steps: number[];
  arrivalsMs: Float64Array;
  pairs: ScoredPair[];
};

/**
 * One simulated model along a trace. Every other pair is moved to where the next frame comes in, since that is where
 * things flicker; the others are the same display frames for all models.
 */
export function planRun(plan: Plan, latency: readonly [number, number], modelHz: number, frames: number, lead: number): ModelRun {
  const [latencyMs, spreadMs] = latency;
  const steps = stepFrames(frames, modelHz);
  const begunMs = steps.map(displayMs);
  const random = randomFor(plan.seed, `latency ${latencyMs} ${modelHz}`);
  const arrivals = arrivalsMs(begunMs, latencyMs, spreadMs, random);
  const every = (frames - lead) / plan.tracePairs;
  const pairs: ScoredPair[] = [];
  for (let k = 0; k < plan.tracePairs; k++) {
    const base = lead + Math.floor((k + 0.5) * every);
    const first = k % 2 === 1 ? beforeNextArrival(arrivals, base, base + every) : base;
    // Pairs may not share display frames, nor reach over the end.
    if (first + 2 >= frames || (pairs.length > 0 && first <= pairs[pairs.length - 1].first + 1)) continue;
    pairs.push({ first, eye: k % 2 === 0 ? 'left' : 'right' });
  }
  return { latencyMs, spreadMs, steps, arrivalsMs: arrivals, pairs };
}

/** The display frame before the one that shows the first arrival after `from`; `from` itself when none comes in time. */
function beforeNextArrival(arrivals: Float64Array, from: number, until: number): number {
  for (const atMs of arrivals) {
    const shown = Math.ceil((atMs * displayHz) / 1000);
    if (shown > from && shown < until) return shown - 1;
  }
  return Math.floor(from);
}
