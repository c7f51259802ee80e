import { fitLine, yAt, type Line } from './fit-line';
import { quantileOf, type Edge } from './recording';

/** A flip as the page wrote it down, ms on the page's clock. */
export type Flip = {
  /** When the display frame with the flip was expected to be seen. */
  displayMs: number;
  /** The level after it: 0 black, 1 white. */
  level: 0 | 1;
  /** When its cause happened, as far as the page knows; NaN when it does not say. */
  onsetMs: number;
};

/** An edge of the recording and the flip that it shows; indices into both lists. */
export type Alignment = {
  pairs: { edge: number; flip: number }[];
  /** Page ms from recording ms. */
  line: Line;
  /** How much faster the page's clock runs, parts in a million, and the standard error of that. */
  driftPpm: number;
  driftErrorPpm: number;
  /** Spread of light around what the page expected, ms: the display's jitter and that of the expectation. */
  residualMs: number;
  /** Flips that the recording does not show, and edges that the page did not make. */
  missing: number;
  extra: number;
  /** The recording fits nearly as well somewhere else: the flips came too regularly to tell. */
  isAmbiguous: boolean;
};

export type AlignOptions = {
  /** Clocks differ by at most this share; a crystal by 0.0001, the resonator of an Arduino by 0.005. */
  mostDrift: number;
};

export const defaultAlignOptions: Readonly<AlignOptions> = Object.freeze({ mostDrift: 0.01 });

/** So many of the first flips and edges decide where the recording lies; the rest follows. */
const voters = 150;
/** Votes within this time are for one place, ms. Display frames and their jitter fit in. */
const binMs = 30;
/** Nothing is too far off within this, ms: a flip that was shown one display frame later than expected is still that flip. */
const leastToleranceMs = 12;
/** Another place with this share of the winner's votes makes it a guess. */
const rivalShare = 0.9;

type Vote = { rate: number; offsetMs: number; votes: number };

/**
 * Finds which flip each edge shows and how the two clocks go, without knowing either: every pair of an edge and a flip of
 * the same direction votes for the offset that would bring them together, at every drift there could be; then least
 * squares, without what lies too far off. Missing flips and extra edges cost votes only.
 *
 * The offset takes in everything that is the same for all flips, above all how late the display really is: two clocks
 * that share no physical event tell the jitter of the light and the drift of the clocks, but no latency.
 * @param edges and flips in order of time
 * @returns null when fewer than 3 flips can be brought together with edges
 */
export function alignWithTrace(edges: readonly Edge[], flips: readonly Flip[], options: Partial<AlignOptions> = {}): Alignment | null {
  const { mostDrift } = { ...defaultAlignOptions, ...options };
  const { best, rival } = place(edges.slice(0, voters), flips.slice(0, voters), mostDrift);
  if (best.votes < 3) return null;
  let toleranceMs = 2 * binMs;
  let pageFromLog = (ms: number): number => best.offsetMs + best.rate * ms;
  let pairs: Alignment['pairs'] = [];
  let line: Line | null = null;
  // Each round sees further and believes less of what lies off.
  for (let round = 0; round < 8; round++) {
    const reach = round === 0 ? voters : Number.POSITIVE_INFINITY;
    const next = nearest(edges, flips, pageFromLog, toleranceMs, reach);
    if (next.length < 3) return null;
    const isSettled = line !== null && toleranceMs < 2 * binMs && samePairs(next, pairs);
    pairs = next;
    line = fitLine(pairs.map(({ edge }) => edges[edge]!.atMs), pairs.map(({ flip }) => flips[flip]!.displayMs));
    if (isSettled) break;
    const fitted = line;
    pageFromLog = (ms) => yAt(fitted, ms);
    // By the median, so that a lamp that is switched just beside some flips does not make room for itself.
    const offMs = pairs.map(({ edge, flip }) => Math.abs(pageFromLog(edges[edge]!.atMs) - flips[flip]!.displayMs));
    toleranceMs = Math.min(2 * binMs, Math.max(6 * quantileOf(offMs, 0.5), leastToleranceMs));
  }
  if (!line) return null;
  return {
    pairs,
    line,
    driftPpm: (line.slope - 1) * 1e6,
    driftErrorPpm: line.slopeError * 1e6,
    residualMs: line.residual,
    missing: flips.length - pairs.length,
    extra: edges.length - pairs.length,
    isAmbiguous: rival >= rivalShare * best.votes,
  };
}

/** Where most pairs meet. Among equals the smallest drift wins. */
function place(edges: readonly Edge[], flips: readonly Flip[], mostDrift: number): { best: Vote; rival: number } {
  let best: Vote = { rate: 1, offsetMs: 0, votes: 0 };
  let rival = 0;
  const spanMs = edges.length > 1 ? edges.at(-1)!.atMs - edges[0]!.atMs : 0;
  const steps = Math.ceil((mostDrift * spanMs) / (binMs / 2));
  for (let k = 0; k <= 2 * steps; k++) {
    // 0, 1, -1, 2, -2 …
    const step = k % 2 === 0 ? -k / 2 : (k + 1) / 2;
    const rate = 1 + (steps === 0 ? 0 : (step / steps) * mostDrift);
    const offsets = offsetsAt(rate, edges, flips);
    const winner = densest(offsets, rate);
    if (winner.votes <= best.votes) continue;
    best = winner;
    const elsewhere = offsets.filter((ms) => Math.abs(ms - winner.offsetMs) > 2 * binMs);
    rival = densest(elsewhere, rate).votes;
  }
  return { best, rival };
}

/** What each pair of one direction would have the offset be, sorted. */
function offsetsAt(rate: number, edges: readonly Edge[], flips: readonly Flip[]): Float64Array {
  const offsets: number[] = [];
  for (const flip of flips) {
    const direction = flip.level === 1 ? 1 : -1;
    for (const edge of edges) if (edge.direction === direction) offsets.push(flip.displayMs - rate * edge.atMs);
  }
  return Float64Array.from(offsets).sort();
}

function densest(sorted: Float64Array, rate: number): Vote {
  let [votes, offsetMs] = [0, 0];
  let from = 0;
  for (let to = 0; to < sorted.length; to++) {
    while (sorted[to]! - sorted[from]! > binMs) from++;
    if (to - from + 1 <= votes) continue;
    votes = to - from + 1;
    offsetMs = sorted[(from + to) >> 1]!;
  }
  return { rate, offsetMs, votes };
}

/** Each flip with the nearest edge of its direction, no edge twice. */
function nearest(
  edges: readonly Edge[],
  flips: readonly Flip[],
  pageFromLog: (ms: number) => number,
  toleranceMs: number,
  reach: number,
): Alignment['pairs'] {
  const pairs: Alignment['pairs'] = [];
  let first = 0;
  for (const [flip, { displayMs, level }] of flips.slice(0, reach).entries()) {
    const direction = level === 1 ? 1 : -1;
    let best = -1;
    let bestMs = toleranceMs;
    for (let edge = first; edge < edges.length && edge < reach; edge++) {
      const offMs = pageFromLog(edges[edge]!.atMs) - displayMs;
      if (offMs > toleranceMs) break;
      if (edges[edge]!.direction === direction && Math.abs(offMs) < bestMs) [best, bestMs] = [edge, Math.abs(offMs)];
    }
    if (best < 0) continue;
    pairs.push({ edge: best, flip });
    first = best + 1;
  }
  return pairs;
}

function samePairs(a: Alignment['pairs'], b: Alignment['pairs']): boolean {
  return a.length === b.length && a.every(({ edge, flip }, k) => edge === b[k]!.edge && flip === b[k]!.flip);
}
