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
  /** Upper limit of model steps a second, 0.2 … 120. */
  modelHz: number;
  quality: Quality;
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
  modelHz: 30,
  quality: 'auto',
  preset: 'auto',
  provider: 'auto',
  turn: 'snap',
  vignette: 0.5,
  walkSpeed: 1.6,
  trace: false,
  noui: false,
});
