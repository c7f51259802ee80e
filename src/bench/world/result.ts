import type { FrameStatistics } from './collapse';

/** What `npm run bench -- world` measured: plain data. Null: not measured, or nothing there to measure. */

/**
 * `paint`: the network as it is shipped. `withMemory`: half of it is what it painted before, where that agrees with the
 * map. `withoutNoise`: the noise inputs at their mean. `rawMap`: what the network is given. `memoryOnly`: no map and no
 * network, one true frame and what can be re-projected of it.
 */
export const variants = ['paint', 'withMemory', 'withoutNoise', 'rawMap', 'memoryOnly'] as const;
export type Variant = (typeof variants)[number];

/** A picture against the teacher's at the same pose. */
export type PictureScores = {
  /** Range of colour 0..1. */
  psnrDb: number;
  ssim: number;
  /** Mean gradient of the luma over the truth's: 1 is right, below is fog. */
  sharpnessRatio: number;
  /** Relative error of inverse depth, percent, where both are nearer than 50 m: median of the pixels... */
  depthErrorMedianPct: number | null;
  /** ...and mean of those that are not near a jump of the true depth. */
  depthErrorMeanPct: number | null;
};

type Where = { seed: number; hour: string };

/** One scored frame of a walk. `world`: the id of the package. */
export type FrameRow = PictureScores & Where & { kind: 'frame'; world: string; variant: Variant; frame: number };

/** One walk: means over its scored frames. */
export type WalkRow = PictureScores &
  Where & {
    kind: 'walk';
    world: string;
    variant: Variant;
    scoredFrames: number;
    /** Over the last fifth of the scored frames: a world that dissolves shows here. */
    psnrAtEndDb: number;
    /** Flow-compensated change between consecutive frames, levels of 0..255, and the truth's on the same surfaces. */
    flicker: number | null;
    trueFlicker: number | null;
    /** Painted depth within 5 % of the map's, away from silhouettes, percent of pixels. Null: no depth of its own. */
    depthAgreementPct: number | null;
  };

/**
 * `paint`: in the same visit. `reloaded`: by a new model, from the blocks that a visit saves. `fromSeed`: by a new model
 * that came from the other end and imagined everything again. `memoryOnly`, `lastFrame`: without map and network.
 */
export const returnWays = ['paint', 'reloaded', 'fromSeed', 'memoryOnly', 'lastFrame'] as const;
export type ReturnWay = (typeof returnWays)[number];

/** 20 m out, once round, and back: second sight against first sight of the same poses. */
export type LoopRow = Where & {
  kind: 'loop';
  way: ReturnWay;
  poses: number;
  /** Of the mean squared error over all pictures; {@link identicalDb} when there is none. */
  psnrDb: number;
  ssim: number;
  identicalPct: number;
  /** Second sight against the teacher at the same poses: blur repeats itself well. */
  sharpnessRatio: number;
};

/** PSNR that stands for pictures without any difference; JSON has no infinity. */
export const identicalDb = 99;

/** One frame of a long walk: what its picture is like as a whole, and the raw map of the same pose. */
export type DriftRow = Where &
  FrameStatistics & { kind: 'drift'; frame: number; map: FrameStatistics; depthAgreementPct: number | null };

/** One step: the pose change that its pictures show, against the one that was asked for. */
export type ControlRow = {
  kind: 'control';
  seed: number;
  stepM: number;
  turnDeg: number;
  rotationErrDeg: number;
  translationErrPct: number;
  /** The same solver on the raw map of the same poses: what of the error is the solver's. */
  floorRotationErrDeg: number;
  floorTranslationErrPct: number;
};

/** Two opposite actions from one state. */
export type CounterfactualRow = {
  kind: 'counterfactual';
  seed: number;
  actions: 'left and right' | 'forward and back' | 'turn left and right';
  /** Each of them moved or turned the right way, by 0.5 to 1.5 times as much as asked for. */
  isRight: boolean;
};

export type CausalityRow = { kind: 'causality'; seed: number; check: string; frames: number; isEqual: boolean };

export type TokenRow = { kind: 'tokens'; model: 'imagine' | 'context' | 'unigram'; blocks: number; tokens: number; bitsPerToken: number };

/** Impossible arrangements in blocks that were imagined; percent of the blocks. */
export type ArrangementRow = {
  kind: 'arrangements';
  source: 'imagined' | 'districts';
  blocks: number;
  faultyAtFirstPct: number | null;
  faultyPct: number;
};

export type SpeedRow = { kind: 'speed'; what: string; provider: 'cpu' | 'wasm'; msP50: number };

export type PackageRow = {
  kind: 'package';
  id: string;
  graph: string;
  bytes: number;
  /** As large as it is with every weight in 16 bits. */
  bytesFp16: number;
  parameters: number;
  /** Of one run; null where it could not be counted. */
  multiplyAdds: number | null;
};

export type WorldRow =
  | FrameRow
  | WalkRow
  | LoopRow
  | DriftRow
  | ControlRow
  | CounterfactualRow
  | CausalityRow
  | TokenRow
  | ArrangementRow
  | SpeedRow
  | PackageRow;

/** Every figure is of the shipped way (`paint`) unless its name says otherwise. */
export type WorldSummary = {
  walkPsnrDb: number | null;
  walkSsim: number | null;
  gainOverRawMapDb: number | null;
  gainOverNoMapDb: number | null;
  sharpnessRatio: number | null;
  flickerRatio: number | null;
  depthErrorMedianPct: number | null;
  depthErrorMeanPct: number | null;
  gainWithMemoryDb: number | null;
  gainWithoutNoiseDb: number | null;
  loopPsnrDb: number | null;
  loopSsim: number | null;
  loopSharpnessRatio: number | null;
  reloadPsnrDb: number | null;
  reloadSsim: number | null;
  /** First frame at which the detector calls any long walk collapsed; null: never. */
  collapsedAtFrame: number | null;
  driftFrames: number;
  rotationErrDeg: number | null;
  translationErrPct: number | null;
  counterfactualRightPct: number | null;
  causal: boolean | null;
  bitsPerToken: number | null;
  bitsPerTokenGainPct: number | null;
  bitsPerTokenGainOverUnigramPct: number | null;
  impossibleAtFirstPct: number | null;
  impossiblePct: number | null;
  depthAgreementPct: number | null;
  paintMsCpu: number | null;
  paintMsWasm: number | null;
  referenceMsCpu: number | null;
  paintMsRatioToReference: number | null;
  parameters: number;
  paintMultiplyAdds: number | null;
  packageBytes: number;
  packageBytesFp16: number;
};

/** Pictures for the page: PNG data URLs. */
export type WorldPictures = {
  /** One a walk: painted above truth, in the order of time. */
  sheets: { title: string; png: string }[];
  worst: { title: string; png: string } | null;
  loops: { title: string; png: string }[];
};

export type WorldResult = {
  counts: {
    quick: boolean;
    seed: number;
    worldId: string;
    layout: string;
    walkSeeds: number[];
    framesPerWalk: number;
    scoredFrames: number;
    driftFrames: number;
    loopPoses: number;
    controlSteps: number;
    seconds: number;
  };
  rows: WorldRow[];
  summary: WorldSummary;
  notes: string[];
  pictures: WorldPictures;
  /** PNG of all contact sheets below one another; null without pictures. */
  sheet: Uint8Array | null;
};
