import { alignWithTrace, type Alignment, type Flip } from './align';
import { findEdges, type EdgeOptions } from './edges';
import { latencyOf, quantisationOf, type OpticalLatency, type Quantisation } from './latency';
import { matchOnsets, type LatencyWindow, type Matching } from './match';
import { measurementNotes } from './measure-notes';
import { countGaps, deviationOf, meanOf, samplePeriodMs, type Edge, type Recording } from './recording';

/** Physical onsets on the clock of the light's recording. */
export type Onsets = {
  timesMs: Float64Array;
  /** Distance of the samples in which they were found, ms; 0 when they are exact. */
  periodMs: number;
};

export type MeasureOptions = Partial<EdgeOptions> & Partial<LatencyWindow>;

/** What the trace says of the same flips. */
export type TraceComparison = {
  flips: number;
  /** Flips that were found in the light, those that were not, and edges of something else. */
  seen: number;
  missing: number;
  extra: number;
  /** How much faster the page's clock runs, parts in a million, and its standard error; NaN with fewer than three flips. */
  driftPpm: number;
  driftErrorPpm: number;
  /** Spread of the light around the displays that the page expected, ms. */
  jitterMs: number;
  isAmbiguous: boolean;
  /** Light minus the page's expected display time, ms; NaN unless the clocks' offset is known. */
  lightAfterExpected: OpticalLatency;
  /** From the onset that the page noted to the display that it expected. No light in it. */
  estimated: { kind: 'estimated'; n: number; meanMs: number; deviationMs: number };
};

/** One optical measurement. NaN where there is no value. */
export type Measurement = {
  kind: 'optically measured';
  samples: { n: number; periodMs: number; seconds: number; gaps: number };
  edges: { found: number; brighter: number; darker: number };
  onsets: number | null;
  latency: OpticalLatency;
  /** The same flips by direction: black to white, and white to black. */
  brighter: OpticalLatency;
  darker: OpticalLatency;
  missing: number;
  extra: number;
  ambiguous: number;
  /** See {@link Matching}. */
  rivalMs: number;
  quantisation: Quantisation;
  trace: TraceComparison | null;
  /** Sentences for the person who measures. */
  notes: string[];
};

const noMatching: Matching = { pairs: [], missing: 0, extra: 0, ambiguous: 0, rivalMs: Number.NaN };

/**
 * Latency from physical onsets to light. With a trace, only edges that are flips of the page count.
 * @param onsets null when nobody recorded them: then only what the trace can tell
 * @param flips of the trace, or null
 * @param clockOffsetMs page time minus the recording's; null when the clocks share nothing
 * @throws RangeError when the recording is broken
 */
export function measure(
  light: Recording,
  onsets: Onsets | null,
  flips: readonly Flip[] | null,
  clockOffsetMs: number | null,
  options: MeasureOptions = {},
): Measurement {
  const edges = findEdges(light, options);
  const alignment = flips ? alignWithTrace(edges, flips) : null;
  const own = alignment ? alignment.pairs.map(({ edge }) => edges[edge]!) : edges;
  const window = { minMs: options.minMs ?? 0, maxMs: options.maxMs ?? 1000 };
  const matching: Matching = onsets ? matchOnsets(onsets.timesMs, own, window) : noMatching;
  const latency = latencyOf(matching.pairs);
  const periodMs = samplePeriodMs(light);
  const n = light.timesMs.length;
  const result: Measurement = {
    kind: 'optically measured',
    samples: { n, periodMs, seconds: n > 1 ? (light.timesMs[n - 1]! - light.timesMs[0]!) / 1000 : 0, gaps: countGaps(light) },
    edges: { found: edges.length, brighter: countOf(edges, 1), darker: countOf(edges, -1) },
    onsets: onsets ? onsets.timesMs.length : null,
    latency,
    brighter: latencyOf(matching.pairs.filter(({ direction }) => direction === 1)),
    darker: latencyOf(matching.pairs.filter(({ direction }) => direction === -1)),
    missing: matching.missing,
    extra: matching.extra + (alignment ? alignment.extra : 0),
    ambiguous: matching.ambiguous,
    rivalMs: matching.rivalMs,
    quantisation: quantisationOf(periodMs, onsets?.periodMs ?? 0, latency),
    trace: flips ? compare(edges, flips, alignment, clockOffsetMs) : null,
    notes: [],
  };
  result.notes.push(...measurementNotes(result));
  return result;
}

/** Onsets that the page noted, on the recording's clock; what has none is left out. */
export function onsetsOfFlips(flips: readonly Flip[], clockOffsetMs: number): Onsets {
  const times = flips.filter(({ onsetMs }) => Number.isFinite(onsetMs)).map(({ onsetMs }) => onsetMs - clockOffsetMs);
  return { timesMs: Float64Array.from(times).sort(), periodMs: 0 };
}

function countOf(edges: readonly Edge[], wanted: 1 | -1): number {
  return edges.filter(({ direction }) => direction === wanted).length;
}

function compare(edges: readonly Edge[], flips: readonly Flip[], alignment: Alignment | null, clockOffsetMs: number | null): TraceComparison {
  const pairs = alignment?.pairs ?? [];
  const after = pairs.map(({ edge, flip }) => {
    const { atMs, direction } = edges[edge]!;
    const { displayMs } = flips[flip]!;
    const edgeMs = atMs + (clockOffsetMs ?? Number.NaN);
    return { onsetMs: displayMs, edgeMs, latencyMs: edgeMs - displayMs, direction };
  });
  const waits = flips.map(({ displayMs, onsetMs }) => displayMs - onsetMs).filter(Number.isFinite);
  return {
    flips: flips.length,
    seen: pairs.length,
    missing: flips.length - pairs.length,
    extra: edges.length - pairs.length,
    driftPpm: alignment?.driftPpm ?? Number.NaN,
    driftErrorPpm: alignment?.driftErrorPpm ?? Number.NaN,
    jitterMs: alignment?.residualMs ?? Number.NaN,
    isAmbiguous: alignment?.isAmbiguous ?? false,
    lightAfterExpected: latencyOf(clockOffsetMs === null ? [] : after),
    estimated: { kind: 'estimated', n: waits.length, meanMs: meanOf(waits), deviationMs: deviationOf(waits) },
  };
}
