/** What `npm run bench -- reprojection` measured: plain data, so that it survives JSON and the way out of the page. */

/** From least to most; `limit` is no method but the best that any could do with what was seen. */
export const methods = ['off', 'rotation', 'quad', 'uncut', 'mesh', 'layers', 'limit'] as const;
/**
 * `off`, `rotation`, `quad`, `mesh`, `layers`: modes of the product (`src/reproject/modes.ts`).
 * `uncut`: the newest frame as one displaced mesh without cuts. `limit`: the truth wherever any frame has seen it.
 */
export type Method = (typeof methods)[number];

/** Means over the pictures of one cell. Null: no picture of the cell has anything to measure, or none has any error. */
export type PictureScores = {
  /** Of the mean squared error over all pixels of all pictures of the cell, dB; data range 1. */
  psnrAllDb: number | null;
  /** The same over pixels whose surface point the newest frame sees, and over the rest. */
  psnrCoVisibleDb: number | null;
  psnrDisoccludedDb: number | null;
  /** Of the disoccluded: hidden inside the newest picture, and outside of it. */
  psnrOccludedDb: number | null;
  psnrOutsideDb: number | null;
  /** Within 4 px of a depth discontinuity of the truth. */
  silhouettePsnrDb: number | null;
  /** Mean over the pictures of each picture's own PSNR, identical pictures left out, dB. */
  psnrAllMeanDb: number | null;
  psnrDisoccludedMeanDb: number | null;
  /** Pictures equal to the truth in every pixel (their PSNR is infinite). */
  identical: number;
  /** SSIM, 11 x 11 Gaussian, L = 1; of windows centred on disoccluded pixels in the second. */
  ssimAll: number | null;
  ssimDisoccluded: number | null;
  /** Pixels without a sample of any frame: guessed background, sky dome or nothing. Null for `limit`. */
  holePct: number | null;
  /** Pixels that nothing was drawn on. */
  trulyEmptyPct: number | null;
  /** Pixels that show a guessed background. */
  guessedPct: number | null;
};

/** Which share of the pixels is what, by exact truth; percent, the same for all methods of a cell. */
export type MaskShares = { coVisiblePct: number; occludedPct: number; outsidePct: number; silhouettePct: number };

/** One cell of the lattice and one method, over all scenes, directions and both eyes. */
export type LatticeRow = PictureScores &
  MaskShares & {
    kind: 'lattice';
    method: Method;
    /** How far the head is from the pose of the newest frame. Each eye is another 3.15 cm to its side. */
    baselineCm: number;
    rotationDeg: number;
    pictures: number;
    /** Pixels of quads that hang between two surfaces, percent of all. Null for `limit`. */
    rubberSheetPct: number | null;
  };

/** One simulated model (latency and rate) and one method, along the head trace. */
export type TraceRow = PictureScores &
  MaskShares & {
    kind: 'trace';
    method: Method;
    latencyMs: number;
    latencySpreadMs: number;
    modelHz: number;
    /** Display frames of the trace, those of them that were scored, and model frames that were delivered. */
    displayFrames: number;
    pictures: number;
    modelFrames: number;
    /** Mean age of the newest frame when it is drawn, from the moment its action was sampled, ms. */
    frameAgeMs: number;
    /**
     * Mean absolute difference between consecutive pictures along the true flow, minus that of the truth; levels of
     * 0..255. Positive: it flickers or swims.
     */
    stability: number | null;
    /** 99th percentile of the jump of a shown point when another frame comes in, at 25 px a degree. Null for `limit`. */
    popPxP99: number | null;
    popPxMedian: number | null;
    /** The 99th percentile without texels near a cut, whose colour is looked up as much as half a texel off. */
    popInsidePxP99?: number | null;
    /** Other frames that came in while scored. */
    swaps: number;
    /** How far what is shown trails the truth, along its motion; negative is ahead. Null: nothing moves so, or `limit`. */
    lagRotationMs: number | null;
    lagTranslationMs: number | null;
    lagRotationFrames: number | null;
    lagTranslationFrames: number | null;
    /** Error across the motion, root of the mean square, px of the eye view: depth error. */
    acrossRotationPx: number | null;
    acrossTranslationPx: number | null;
  };

/** The cut rule of the product. */
export type CutQuality = {
  /** Edges of texels cut on floors seen at 85 degrees from their normal, where nothing is to cut; percent. */
  falseCutPct: number;
  /** The same floors with 1 % and 2 % of noise on the depth. */
  falseCutNoise1Pct: number;
  falseCutNoise2Pct: number;
  /** Cuts on surfaces of the scenes (same primitive face, so no true edge), percent of such edges. */
  falseCutScenesPct: number;
  /** True edges (depth ratio over 1.08 between different surfaces) of the scenes that are cut, percent. */
  recallPct: number;
};

/** One view of the lattice for the report: PNG data URLs, all of one size. */
export type ViewPictures = {
  /** A sentence: which view this is and why it was kept. */
  title: string;
  why: 'worst' | 'telling';
  sceneSeed: number;
  baselineCm: number;
  rotationDeg: number;
  eye: 'left' | 'right';
  truth: string;
  /** The truth, tinted: co-visible as it is, occluded orange, outside blue. */
  masks: string;
  byMethod: Record<Method, string>;
  /** Which layer a pixel of `layers` shows: newest grey, older hues, guessed red, sky blue, nothing black. */
  layerMap: string;
  psnrDb: Record<Method, number | null>;
};

/** A lattice cell that `layers` did not win, or won by little. */
export type CellMargin = {
  baselineCm: number;
  rotationDeg: number;
  /** The best peer other than `limit`. */
  peer: Method;
  /** PSNR over all pixels of `layers` minus that of the peer, dB. */
  marginDb: number;
};

export type ReprojectionSummary = {
  /**
   * Cells from 2 cm on where a peer other than `limit` has the higher `psnrAllDb`, and cells below lost by more than
   * 0.1 dB. Listed in `lostCells`.
   */
  cellsLost: number;
  lostCells: CellMargin[];
  /** The same rule asked of the disoccluded pixels and of SSIM (0.002 allowed below 2 cm): for honesty. */
  cellsLostDisoccluded: number;
  cellsLostSsim: number;
  cells: number;
  /** `layers` minus `uncut`, mean over the cells, dB. */
  gainAllDb: number;
  gainDisoccludedDb: number;
  /** Of `layers`: the largest over all cells and traces, percent. */
  trulyEmptyPct: number;
  /** Of `layers`: the largest absolute value over all latencies and rates, display frames. */
  rotationLagFramesMax: number;
  /** Of `layers`: the mean over the cells, and the worst cell, percent. */
  rubberSheetPct: number;
  rubberSheetMaxPct: number;
  falseCutPct: number;
};

export type ReprojectionResult = {
  /** How much was measured. */
  counts: {
    quick: boolean;
    seed: number;
    sceneSeeds: number[];
    baselinesCm: number[];
    rotationsDeg: number[];
    directions: number;
    historyFrames: number;
    latticePictures: number;
    viewSize: number;
    viewFovDeg: number;
    sourceSize: number;
    sourceFovDeg: number;
    /** Texels along a side of the model frames along the trace; the lattice has `sourceSize`. */
    traceSourceSize: number;
    latenciesMs: [mean: number, spread: number][];
    modelHz: number[];
    displayHz: number;
    traceDisplayFrames: number;
    tracePicturesPerModel: number;
    seconds: number;
  };
  rows: (LatticeRow | TraceRow)[];
  cuts: CutQuality;
  summary: ReprojectionSummary;
  /** The three cells with the smallest margin of `layers` over the best peer, smallest first. */
  worstCells: CellMargin[];
  /** The worst cells' views first, then telling ones. */
  pictures: ViewPictures[];
  /** Sentences about how the figures were made that a reader must know. */
  notes: string[];
};
