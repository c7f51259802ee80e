/** What `npm run bench -- display` measured. All times are of this machine; only ratios and differences mean more. */

/**
 * `bare`: a three.js scene of the same triangles and draws, and nothing else. `off`: the product, its model asked for one
 * step in five seconds. `stalled`: the product after its worker has ended. `on`: the product with the shipped model on WASM.
 */
export const conditions = ['bare', 'off', 'stalled', 'on'] as const;
export type Condition = (typeof conditions)[number];

/** What a list of display frames says. */
export type FrameFigures = {
  frames: number;
  /** Display frames a second. */
  displayHz: number;
  /** Share of display frames that were missed, percent of those due at the pace of this round's `off`. */
  missedPct: number;
  /** JavaScript in the callbacks of a display frame, ms. */
  jsMsP50: number;
  jsMsP95: number;
  jsMsP99: number;
};

/** What was seen of one condition in one round. */
export type Sample = {
  round: number;
  condition: Condition;
  /** When each display frame began, ascending, and the JavaScript in its callbacks; ms. */
  atMs: readonly number[];
  workMs: readonly number[];
  /** JavaScript and all tasks of the main thread meanwhile, seconds. */
  scriptS: number;
  taskS: number;
  /** Drawn by one display frame. */
  triangles: number;
  draws: number;
  /** Model frames a second; 0 for `bare`. */
  modelHz: number;
};

/** One condition in one round. */
export type DisplayRow = FrameFigures & {
  round: number;
  condition: Condition;
  /** All JavaScript of the main thread, and all its tasks, over the display frames; messages and collections included. */
  scriptMsPerFrame: number;
  taskMsPerFrame: number;
  triangles: number;
  draws: number;
  modelHz: number;
};

export type DisplaySummary = {
  /** Median over the rounds of the condition's `jsMsP50` over that of `bare` in the same round. */
  jsRatio: Record<Exclude<Condition, 'bare'>, number>;
  /** The same of `scriptMsPerFrame`. */
  scriptRatio: Record<Exclude<Condition, 'bare'>, number>;
  /** Mean over the rounds of `missedPct` of `on` minus that of `off`, percentage points. */
  missedOnMinusOffPoints: number;
  /** All that follow are medians over the rounds. */
  displayHz: Record<Condition, number>;
  jsMsP50: Record<Condition, number>;
  missedPct: Record<Condition, number>;
  modelHz: number;
  triangles: number;
  draws: number;
  /** What the display does with the model off; see `restPeriodMs` in figures.ts. */
  restPeriodMs: number;
};

export type DisplayResult = {
  counts: { quick: boolean; seed: number; rounds: number; windowS: number; canvas: string; preset: string };
  rows: DisplayRow[];
  summary: DisplaySummary;
  notes: string[];
};
