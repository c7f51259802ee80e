import type { Measurement } from './measure';

/** Above this share of edges with two possible onsets, the others are not to be trusted either. */
const mostAmbiguous = 0.2;
/** Above this a "known" offset between two clocks is of other clocks, ms. */
const mostBeyondMs = 500;

/** What a reader of the numbers has to know, as sentences; the most serious first. */
export function measurementNotes(result: Measurement): string[] {
  return [...flipNotes(result), ...traceNotes(result), ...precisionNotes(result)];
}

function flipNotes({ edges, onsets, latency, missing, extra, ambiguous, rivalMs, trace }: Measurement): string[] {
  const notes: string[] = [];
  if (edges.found === 0) notes.push('The light never flips: is the sensor on the patch, and the option "optical" on?');
  if (onsets === 0) notes.push('The onset signal never leaves its rest: is it the right column or region?');
  if (Number.isFinite(rivalMs)) {
    notes.push(
      `WARNING: the answers fit earlier onsets much better, at about ${rivalMs.toFixed(0)} ms: they are slower than the onsets follow, and the mean is wrong. Give --latency-ms around that, or leave more time between onsets.`,
    );
  }
  if (ambiguous > mostAmbiguous * (latency.n + ambiguous)) {
    notes.push(
      `WARNING: ${ambiguous} of ${latency.n + ambiguous} answers could belong to two onsets. The onsets came faster than the latency that is allowed for: do not trust the mean. Leave more time between them, or narrow --latency-ms.`,
    );
  } else if (ambiguous > 0) {
    notes.push(`${count(ambiguous, 'answer')} could belong to two onsets and ${ambiguous === 1 ? 'is' : 'are'} left out.`);
  }
  if (missing > 0) notes.push(`${count(missing, 'onset')} had no answer in time.`);
  if (extra > 0 && onsets !== null) {
    const why = trace?.seen ? 'that the page did not make, or without an onset' : 'without an onset (a trace would tell which are the patch)';
    notes.push(`${count(extra, 'change')} of light ${why}, left out.`);
  }
  return notes;
}

function traceNotes({ trace, onsets }: Measurement): string[] {
  if (!trace) return [];
  if (trace.seen === 0) {
    return [`The ${trace.flips} flips of the trace and the light could not be brought together; at least 3 flips in both are needed. All changes of light were counted.`];
  }
  const notes: string[] = [];
  if (trace.isAmbiguous) notes.push('The flips came so regularly that the trace fits the light in more than one place. Press at uneven times.');
  if (onsets === null) {
    notes.push(
      'Without a physical onset on the same clock as the light, its latency cannot be known: bringing the clocks together by the flips swallows whatever all flips have in common. Jitter, drift and missing flips can be known.',
    );
  }
  const { meanMs } = trace.lightAfterExpected;
  if (Math.abs(meanMs) > mostBeyondMs) {
    notes.push(`WARNING: with --clock-offset-ms the light comes ${meanMs.toFixed(0)} ms after the expected display. That is no display: the clocks do not agree.`);
  }
  return notes;
}

function precisionNotes({ samples, quantisation, latency, brighter, darker }: Measurement): string[] {
  const notes: string[] = [];
  if (samples.gaps > 0) notes.push(`The recording has ${count(samples.gaps, 'gap')}: samples are missing there.`);
  const { samplePeriodMs, deviationMs, flipsForOneMs } = quantisation;
  if (latency.n > 0) {
    notes.push(
      `Light was sampled every ${samplePeriodMs.toFixed(3)} ms; that alone can spread one latency by ${deviationMs.toFixed(2)} ms (standard deviation). ` +
        `About ${flipsForOneMs} flips make the mean certain to 1 ms (95 %); there are ${latency.n}.`,
    );
  }
  const apartMs = Math.abs(brighter.meanMs - darker.meanMs);
  const errorMs = Math.hypot(brighter.standardErrorMs, darker.standardErrorMs);
  if (apartMs > 1 && apartMs > 3 * errorMs) {
    notes.push(`Black to white and white to black differ by ${apartMs.toFixed(1)} ms: the display switches one of them more slowly. Quote them apart.`);
  }
  return notes;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}
