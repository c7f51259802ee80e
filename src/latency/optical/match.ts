import { deviationOf, meanOf, type Edge } from './recording';

/** One onset and the light that answered it. Times are ms on the recording's clock. */
export type Pair = { onsetMs: number; edgeMs: number; latencyMs: number; direction: 1 | -1 };

export type Matching = {
  pairs: Pair[];
  /** Onsets that no light answered in time. */
  missing: number;
  /** Edges without an onset before them. */
  extra: number;
  /** Edges that more than one open onset could have caused; they and those onsets are left out. */
  ambiguous: number;
  /** Mean latency, ms, when the answers fit an earlier onset much better: they are slower than the onsets follow. Else NaN. */
  rivalMs: number;
};

/** An answer comes no earlier and no later than this after its onset, ms. */
export type LatencyWindow = { minMs: number; maxMs: number };

export const defaultLatencyWindow: Readonly<LatencyWindow> = Object.freeze({ minMs: 0, maxMs: 1000 });

/** So many onsets before the one that was taken are tried. */
const furthestRival = 8;
/** Share of the pairs that the earlier onset has to answer too, and share of their spread that it may leave. */
const rivalPairs = 0.8;
const rivalSpread = 0.5;

/**
 * Gives each onset the next edge in its window. An edge that two unanswered onsets could have caused belongs to neither:
 * guessing would make slow answers look fast.
 * @param onsetsMs and edges in order of time
 */
export function matchOnsets(
  onsetsMs: ArrayLike<number>,
  edges: readonly Edge[],
  { minMs, maxMs }: LatencyWindow = defaultLatencyWindow,
): Matching {
  const pairs: Pair[] = [];
  let open: number[] = [];
  let next = 0;
  let missing = 0;
  let extra = 0;
  let ambiguous = 0;
  for (const { atMs, direction } of edges) {
    while (next < onsetsMs.length && onsetsMs[next]! <= atMs - minMs) open.push(onsetsMs[next++]!);
    const inTime = open.filter((onsetMs) => atMs - onsetMs <= maxMs);
    missing += open.length - inTime.length;
    if (inTime.length === 0) extra++;
    else if (inTime.length > 1) ambiguous++;
    else pairs.push({ onsetMs: inTime[0]!, edgeMs: atMs, latencyMs: atMs - inTime[0]!, direction });
    open = [];
  }
  missing += open.length + onsetsMs.length - next;
  return { pairs, missing, extra, ambiguous, rivalMs: rivalOf(pairs, onsetsMs, maxMs) };
}

/**
 * Onsets at uneven times tell which of them an answer belongs to: with the right ones, latencies spread least. Answers that
 * are slower than the onsets follow would otherwise seem to belong to the next onset, and fast.
 */
function rivalOf(pairs: readonly Pair[], onsetsMs: ArrayLike<number>, maxMs: number): number {
  const indexOf = new Map(Array.from(onsetsMs, (onsetMs, k) => [onsetMs, k]));
  let spread = rivalSpread * deviationOf(pairs.map(({ latencyMs }) => latencyMs));
  let rivalMs = Number.NaN;
  for (let back = 1; back <= furthestRival; back++) {
    const others = pairs
      .map(({ onsetMs, edgeMs }) => edgeMs - onsetsMs[indexOf.get(onsetMs)! - back]!)
      .filter((latencyMs) => latencyMs <= maxMs);
    if (others.length < Math.max(3, rivalPairs * pairs.length) || !(deviationOf(others) < spread)) continue;
    spread = deviationOf(others);
    rivalMs = meanOf(others);
  }
  return rivalMs;
}
