import type { DebugView } from '../reproject/debug-views';
import type { ReprojectionMode } from '../reproject/modes';
import type { PresetChoice } from '../reproject/presets';
import type { Hour } from '../../workers/layout/hours';

export const qualities = ['auto', 'low', 'medium', 'high'] as const;
export type Quality = (typeof qualities)[number];

export const edgeChoices = ['hard', 'soft'] as const;

/** The debug views that a person can choose; `source` is for measuring. In the order in which G goes through them. */
export const shownDebugViews = ['none', 'holes', 'layer', 'cuts', 'depth', 'age'] as const satisfies readonly DebugView[];
export type ShownDebugView = (typeof shownDebugViews)[number];

export function nextDebugView(view: ShownDebugView): ShownDebugView {
  return shownDebugViews[(shownDebugViews.indexOf(view) + 1) % shownDebugViews.length]!;
}

/** In the order in which they are offered. A test holds them against the palettes that there are. */
export const paletteChoices = ['auto', 'sand', 'terracotta', 'violet-dusk', 'teal', 'deep-blue', 'rose'] as const;
export type PaletteChoice = (typeof paletteChoices)[number];

/**
 * What flips the optical patch between black and white: nothing (no patch), the head turning past a threshold, the trigger,
 * or the first picture that the model painted with the trigger pressed.
 */
export const opticalChoices = ['off', 'head', 'trigger', 'model'] as const;
export type OpticalChoice = (typeof opticalChoices)[number];

/** How the world comes into the visitor's room; see src/app/ar. */
export const arForms = ['window', 'diorama', 'overlay'] as const;
export type ArForm = (typeof arForms)[number];

export const arCuts = ['disc', 'box'] as const;
export const handChoices = ['right', 'left'] as const;
/** What a trigger or a pinch does where no menu and nothing to grab is in its way. */
export const toolChoices = ['throw', 'move'] as const;
export const thingChoices = ['ball', 'cube'] as const;

/** Everything a person can set, on the page, by URL or through `window.reverie.set`. */
export type Options = {
  /** World id from the catalogue, or the URL of a package's manifest. */
  world: string;
  /** Same seed, same world. A whole number from 0 to 2^31 - 1. */
  seed: number;
  /** Colours of the world: 'auto' as the seed has it, else a palette's name. */
  palette: PaletteChoice;
  /** Light of the day; 'auto' is the palette's own. */
  hour: Hour;
  reprojection: ReprojectionMode;
  /** Outlines of what is near: as the mesh cuts them, or faded by alpha to coverage. */
  edges: (typeof edgeChoices)[number];
  /** What is shown instead of the picture, to see how it is made. */
  debug: ShownDebugView;
  /** Extra delay of every model frame, ms, 0 … 5000. */
  addLatencyMs: number;
  /** The added delay varies by up to this much either way, ms, 0 … 2000; never below no delay. */
  latencyJitterMs: number;
  /** The model hangs once in so many seconds, 0 (never) … 60. */
  stallEveryS: number;
  /** For how long it hangs, ms, 0 … 10000. */
  stallMs: number;
  /** Share of model frames that get lost, %, 0 … 90. */
  dropPct: number;
  /** Same seed, same jitter, stalls and losses. */
  latencySeed: number;
  /** Upper limit of model steps a second, 0.2 … 120. */
  modelHz: number;
  quality: Quality;
  /** Asks less of the model while display frames are missed. */
  governor: boolean;
  /** The model paints for where the head will probably be; without it, for where it was. */
  prediction: boolean;
  /** A patch for a photodiode or a fast camera. */
  optical: OpticalChoice;
  /** How much geometry is drawn; 'auto' goes by the device. */
  preset: PresetChoice;
  /** 'auto' takes WebGPU when it computes right, else WASM. */
  provider: 'auto' | 'webgpu' | 'wasm';
  /** Snap by 30 degrees, or turn smoothly. */
  turn: 'snap' | 'smooth';
  /** Tunnel vision while moving in a headset: 0 off … 1 narrowest. */
  vignette: number;
  /** Metres a second. */
  walkSpeed: number;
  /** Added to the height of the eyes in VR, metres, 0 … 0.8: for who sits. */
  seatedHeightM: number;
  /** The hand that turns, aims and throws; the other one walks. */
  hand: (typeof handChoices)[number];
  /** Walls stop the visitor, in worlds that say where they are. */
  collide: boolean;
  /** What a trigger or a pinch does. */
  tool: (typeof toolChoices)[number];
  /** What is thrown. */
  thing: (typeof thingChoices)[number];
  /** How the world stands in the visitor's room (AR). */
  arForm: ArForm;
  /** The model on the table is this many times smaller than the world, 10 … 50. */
  arScale: number;
  /** Outline of the model on the table. */
  arCut: (typeof arCuts)[number];
  /** Real things hide what is behind them, where the headset measures depth. */
  arOcclusion: boolean;
  /** Short sounds for throws, impacts and the menu. */
  sound: boolean;
  /** Says in words what the sounds say. */
  captions: boolean;
  /** Keep a trace of every frame for `window.reverie.trace()`. */
  trace: boolean;
  /** Hide the page's own controls (embedding, screenshots). */
  noui: boolean;
};

export const defaultOptions: Readonly<Options> = Object.freeze({
  world: 'courtyards',
  seed: 6,
  palette: 'auto',
  hour: 'auto',
  reprojection: 'layers',
  edges: 'hard',
  debug: 'none',
  addLatencyMs: 0,
  latencyJitterMs: 0,
  stallEveryS: 0,
  stallMs: 1000,
  dropPct: 0,
  latencySeed: 1,
  modelHz: 30,
  quality: 'auto',
  governor: true,
  prediction: true,
  optical: 'off',
  preset: 'auto',
  provider: 'auto',
  turn: 'snap',
  vignette: 0.5,
  walkSpeed: 1.6,
  seatedHeightM: 0,
  hand: 'right',
  collide: true,
  tool: 'throw',
  thing: 'ball',
  arForm: 'window',
  arScale: 20,
  arCut: 'disc',
  arOcclusion: true,
  sound: true,
  captions: false,
  trace: false,
  noui: false,
});
