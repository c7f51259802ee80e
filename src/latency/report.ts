import type { DisplayColumn } from './display-log';
import { estimateUnits, type ContentionResult, type Estimate, type EstimateName, type LatencyReport } from './lab-report';
import { missedOf } from './missed-frames';
import type { SpanLog } from './span-log';
import { moment, momentNames, partName, partsOf, sumErrorMsOf, type Span } from './stages';
import { summarise } from './summary';

/** On which the error in pixels is told, whatever display there is, so that reports can be compared. */
export const referencePixelsPerDeg = 25;

/** What the log does not know. */
export type ReportFacts = {
  nowMs: number;
  /** Only what was seen since then; left out: all that is kept. */
  sinceMs?: number;
  mode: string;
  display: { hz: number; nominalHz: number | null };
  model: { hz: number; frames: number };
  /** In the middle of the picture; NaN while unknown. */
  pixelsPerDeg: number;
  hasGpuTimer: boolean;
  /** Poses come from a headset that predicts them itself. */
  headsetPredicts: boolean;
  poseMismatchPct: number;
  contention: ContentionResult;
};

/** Where each row of the table comes from, and what its values are multiplied by. */
const columns: Partial<Record<EstimateName, DisplayColumn>> = {
  mtpRotationMs: 'mtpRotationMs',
  mtpRotationEffectiveMs: 'rotationEffectiveMs',
  mtpRotationErrorDeg: 'rotationErrorDeg',
  mtpRotationErrorPx25: 'rotationErrorDeg',
  mtpRotationErrorPx: 'rotationErrorDeg',
  mtpTranslationMs: 'mtpTranslationMs',
  mtpTranslationEffectiveMs: 'translationEffectiveMs',
  mtpTranslationErrorM: 'positionErrorM',
  frameAgeMs: 'frameAgeMs',
  poseGapDeg: 'poseGapDeg',
  poseGapM: 'poseGapM',
  predictionErrorDeg: 'predictionErrorDeg',
  predictionErrorM: 'predictionErrorM',
  overPredictionDeg: 'overPredictionDeg',
  mainThreadMs: 'workMs',
  uploadMs: 'uploadMs',
  gpuMs: 'gpuMs',
};

/** The report of what a log holds. It sorts thousands of numbers: a few times a second at most, over a few seconds. */
export function reportOf(log: SpanLog, facts: ReportFacts): LatencyReport {
  const { nowMs, sinceMs, mode, display, model, poseMismatchPct, contention } = facts;
  const frames = log.frames.read(sinceMs);
  const inputs = log.inputs.read(sinceMs);
  const first = log.display.firstSince(sinceMs ?? Number.NEGATIVE_INFINITY);
  return {
    kind: 'estimated',
    atMs: nowMs,
    sinceMs: Math.max(sinceMs ?? Number.NEGATIVE_INFINITY, log.display.get(first, 'atMs')),
    mode,
    estimated: estimates(log, facts, frames, inputs),
    stages: stagesOf(frames),
    inputStages: stagesOf(inputs),
    sumErrorMsMax: summarise([...frames, ...inputs].map(({ moments }) => sumErrorMsOf(moments))).max,
    display: { hz: display.hz, nominalHz: display.nominalHz ?? Number.NaN, ...missedOf(log.display, sinceMs) },
    model: { ...model },
    poseMismatchPct,
    contention,
    notes: notesOf(facts, inputs.length),
  };
}

function estimates(log: SpanLog, facts: ReportFacts, frames: Span[], inputs: Span[]): LatencyReport['estimated'] {
  const scales: Partial<Record<EstimateName, number>> = {
    mtpRotationErrorPx25: referencePixelsPerDeg,
    mtpRotationErrorPx: facts.pixelsPerDeg,
  };
  const names = Object.keys(estimateUnits) as EstimateName[];
  const entries = names.map((name): [EstimateName, Estimate] => {
    const column = columns[name];
    const values = column
      ? Array.from(log.display.values(column, facts.sinceMs), (value) => value * (scales[name] ?? 1))
      : name === 'actionToPhotonMs'
        ? inputs.map(({ moments }) => moments[moment.expectedDisplay]! - moments[moment.event]!)
        : frames.map(({ moments }) => moments[moment.expectedDisplay]! - moments[moment.sampled]!);
    return [name, { ...summarise(values), unit: estimateUnits[name] }];
  });
  return Object.fromEntries(entries) as LatencyReport['estimated'];
}

/** Every part between neighbours is there, n = 0 where it never was; bridges over missing moments follow. */
function stagesOf(spans: readonly Span[]): LatencyReport['stages'] {
  const values = new Map<string, number[]>();
  for (let k = 1; k < momentNames.length; k++) values.set(partName(momentNames[k - 1]!, momentNames[k]!), []);
  for (const { moments } of spans) {
    for (const { from, to, ms } of partsOf(moments)) {
      const name = partName(from, to);
      const held = values.get(name);
      if (held) held.push(ms);
      else values.set(name, [ms]);
    }
  }
  return Object.fromEntries([...values].map(([name, held]) => [name, { ...summarise(held), unit: 'ms' as const }]));
}

function notesOf(facts: ReportFacts, inputs: number): string[] {
  const notes = [
    'All figures are estimated from the clocks and predictions of the browser; none was measured with light.',
  ];
  if (inputs === 0) notes.push('Action to photon is n/a: no input event has reached the screen yet.');
  if (!facts.hasGpuTimer) notes.push('GPU time is n/a: this browser has no EXT_disjoint_timer_query_webgl2.');
  if (facts.headsetPredicts) {
    notes.push(
      'The headset reports poses that it has predicted itself: effective motion to photon shows only what the page adds.',
    );
  }
  if (Number.isNaN(facts.poseMismatchPct)) {
    notes.push('Pose-pixel mismatch is n/a: the frames seen so far have too little motion, texture or depth to tell.');
  }
  if (Number.isNaN(facts.contention.contentionPct)) {
    notes.push('Contention is n/a: it needs a phase with the model and one without; run the suite of the lab.');
  }
  return notes;
}
