import type { ReprojectionMode } from '../../reproject/modes';

export type Motion = 'rotation' | 'translation';

/** One reprojection mode with one injected latency and one motion: all its changes of the pose. */
export type MotionRow = {
  kind: 'motion';
  mode: ReprojectionMode;
  addLatencyMs: number;
  motion: Motion;
  /** Display frames from the change of the pose to the first whose pixels show it, for each change; 1 is the very next. */
  frames: number[];
  framesMax: number;
  framesMedian: number;
  /** Median time from the change until that frame was drawn, ms. */
  msMedian: number;
  /** Changes that were first shown by a model frame that knew of them, not by the redrawing of an older one. */
  byModel: number;
  /** How far the very next display frame was on the way from the old picture (0) to the new one (1); the least. */
  firstShareMin: number;
  /** How far it was from the new picture, over how far the old one is; the most. */
  firstRestMax: number;
  /** Difference of the two pictures, levels of 0 … 255; the least. */
  contrastMin: number;
  displayHz: number;
};

/** What the page measured of an injected latency, over the frames of all modes. */
export type InjectedRow = {
  kind: 'injected';
  addLatencyMs: number;
  /** Frames of the model with this setting. */
  n: number;
  /** From the end of meshing until the frame was sent: what the setting adds, ms. */
  measuredMsP50: number;
  measuredMsP95: number;
  /** Median of the measured latency minus the setting, ms. */
  errorMsP50: number;
  /** Period of the display meanwhile, ms. */
  displayPeriodMs: number;
};

export const displayConditions = ['idle', 'stalled', 'crashed', 'slow', 'computing', 'busy', 'governed'] as const;
/**
 * `idle`: one step in five seconds. `stalled`: the worker's thread hangs without computing. `crashed`: it has ended without
 * a word. `slow`: one frame a second, each a second old. `computing`: a step that keeps one core busy and does not end.
 * `busy`: the shipped painter on WASM, as fast as it goes. `governed`: the same with the governor on.
 */
export type DisplayCondition = (typeof displayConditions)[number];

/** `light`: hardly any triangles. `shipped`: the world that opens by default. */
export type DisplayWorld = 'light' | 'shipped';

export type DisplayRow = {
  kind: 'display';
  world: DisplayWorld;
  round: number;
  condition: DisplayCondition;
  displayHz: number;
  /** Over the display rate of the idle stretches right before and after it. */
  ratio: number;
  frames: number;
  modelHz: number;
};

/** One second of the run with the synthetic load. */
export type GovernorRow = {
  kind: 'governor';
  /** Since the load began; below 0 before it, ms. */
  atMs: number;
  loaded: boolean;
  displayHz: number;
  /** Display frames missed of those due, %. */
  missedPct: number;
  modelHz: number;
};

/** One decision of the governor. */
export type Decision = { atMs: number; args: Readonly<Record<string, number | string>> };

/** Time between two moments that follow each other on the way of an action to its light. */
export type StageRow = { kind: 'stage'; addLatencyMs: number; part: string; msP50: number; msP95: number; n: number };

export type LatencyRow = MotionRow | InjectedRow | DisplayRow | GovernorRow | StageRow;

export type LatencySummary = {
  /** The most display frames until a turn shows, over the modes that reproject and all injected latencies. Wanted: 1. */
  rotationFramesMax: number;
  /** The same for a step to the side, over the modes with depth. Wanted: 1. */
  translationFramesMax: number;
  /** Mode `off`, and translation of mode `rotation`, at the longest injected latency: that the test can fail. */
  offFramesMin: number;
  flatTranslationFramesMin: number;
  /** Largest difference between the parts of a frame's way and its total, ms. */
  sumErrorMsMax: number;
  /** Largest `errorMsP50` by absolute value. */
  injectedErrorMsMax: number;
  /** Display rate under a condition over that of the idle page, medians over the rounds; these in the light world. */
  displayRatioStalled: number;
  displayRatioCrashed: number;
  displayRatioSlow: number;
  displayRatioComputing: number;
  /** The same with the shipped painter in the shipped world; `Governed` only in a full run. */
  displayRatioBusy: number;
  displayRatioGoverned: number;
  /** From the begin of the load until the first full second with under 1 % of the display frames missed, s. */
  governorRecoverS: number;
  /** The same with under 1 % more than were missed before the load, because the machine was busy with something else. */
  governorRecoverOverRestS: number;
  /** Display frames that were missed before the load, %. */
  restMissedPct: number;
  /** From the end of the load until the model has nine tenths of the rate it had before, s. */
  governorRestoreS: number;
};

export type LatencyResult = {
  counts: { quick: boolean; seed: number; canvas: string; displayOffsetMs: number; latenciesMs: readonly number[]; frames: number };
  rows: LatencyRow[];
  decisions: Decision[];
  summary: LatencySummary;
  notes: string[];
};
