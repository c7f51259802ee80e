import type { Summary } from './summary';

/** What every row of the table of estimates is measured in. */
export const estimateUnits = {
  /** From the pose that turns the picture to its light; without credit for prediction. */
  mtpRotationMs: 'ms',
  /** Error of the shown direction at the display time over the head's speed, above 20 degrees a second. */
  mtpRotationEffectiveMs: 'ms',
  mtpRotationErrorDeg: 'deg',
  /** On a display with 25 pixels a degree. */
  mtpRotationErrorPx25: 'px',
  /** On the display that is there, in the middle of the picture. */
  mtpRotationErrorPx: 'px',
  /** From the pose that moves the picture to its light: the model frame's own in modes without depth. */
  mtpTranslationMs: 'ms',
  /** Error of the shown position at the display time over the head's speed, above 0.1 m/s. */
  mtpTranslationEffectiveMs: 'ms',
  mtpTranslationErrorM: 'm',
  /** From an input event to the first picture of a model step that had it. */
  actionToPhotonMs: 'ms',
  /** From a sampled head pose to the first display of the picture that was painted from it. */
  poseToPhotonMs: 'ms',
  frameAgeMs: 'ms',
  poseGapDeg: 'deg',
  poseGapM: 'm',
  /** The pose the model painted for, against the head when that picture is first seen. */
  predictionErrorDeg: 'deg',
  predictionErrorM: 'm',
  /** How much of it lies beyond the truth, along the motion; 0 where the prediction fell short. */
  overPredictionDeg: 'deg',
  mainThreadMs: 'ms',
  /** Of display frames that uploaded. */
  uploadMs: 'ms',
  /** n = 0 where the browser has no timer for the GPU. */
  gpuMs: 'ms',
} as const;
export type EstimateName = keyof typeof estimateUnits;

export type Estimate = Summary & { unit: 'ms' | 'deg' | 'px' | 'm' };

export type StageSummary = Summary & { unit: 'ms' };

/** Missed display frames with the model on minus off; NaN until both were measured. */
export type ContentionResult = { missedPctOn: number; missedPctOff: number; contentionPct: number };

/**
 * What the browser can tell of latency. Everything here is estimated, from the browser's clocks and predictions; what a
 * photodiode or a camera has measured is in reports of its own and never in these tables. NaN: not available.
 */
export type LatencyReport = {
  kind: 'estimated';
  /** When the report was made, and since when it counts; ms on the window's clock. */
  atMs: number;
  sinceMs: number;
  mode: string;
  estimated: Record<EstimateName, Estimate>;
  /**
   * All model frames that were shown, by `partName`: every part between neighbours, and parts that bridge a missing moment
   * where there were any.
   */
  stages: Record<string, StageSummary>;
  /**
   * The same for the ways of input events alone: `actionToPhotonMs` by stages. Where a later action overtook the one with
   * the event, its wait for that one is in `posted>stepBegun`.
   */
  inputStages: Record<string, StageSummary>;
  /** Largest `sumErrorMsOf` of all spans; NaN without any. */
  sumErrorMsMax: number;
  display: { hz: number; nominalHz: number; frames: number; missed: number; missedPct: number; longestRunMissed: number };
  model: { hz: number; frames: number };
  /** Share of model frames whose picture fits a neighbour's pose better than its own, %. */
  poseMismatchPct: number;
  contention: ContentionResult;
  /** Sentences: what is missing, and why. */
  notes: string[];
};
