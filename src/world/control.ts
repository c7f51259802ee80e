import type { LightChoice } from '../../workers/layout/palettes';
import type { Pose } from '../math/types';
import type { OpenTarget } from './catalogue';
import type { LayoutKind } from './contracts';
import type { LayerBudget } from './layer-budget';
import type { VisitMemory } from './visit-memory';

/** 'auto' takes WebGPU when it computes right, else WASM. */
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';

/**
 * A bad link and a hanging model, made on purpose. The same seed gives the same fate to the nth frame of a visit, whatever
 * the other settings are.
 */
export type InjectedDelay = {
  /** Every frame is held back this long before the page may have it, ms. */
  addLatencyMs: number;
  /** That delay varies evenly by up to this much either way, ms; it never falls below 0. */
  jitterMs: number;
  /** The step loop hangs once in so many seconds; 0: never. */
  stallEveryS: number;
  /** For how long it hangs, ms. */
  stallMs: number;
  /** Share of frames that never arrive, %. */
  dropPct: number;
  seed: number;
};

/** Frames arrive as soon as they can. */
export const noDelay: Readonly<InjectedDelay> = Object.freeze({
  addLatencyMs: 0,
  jitterMs: 0,
  stallEveryS: 0,
  stallMs: 0,
  dropPct: 0,
  seed: 1,
});

export type HostSettings = {
  /** Upper limit of model steps a second. */
  modelHz: number;
  /** Share of a model's full width and height to paint at, 0 … 1; worlds of one size pass over it. */
  resolutionScale: number;
  delay: InjectedDelay;
  /** How much geometry a frame may have. */
  layers: LayerBudget;
  /** Colours and hour; worlds with only one look pass over it. */
  light: LightChoice;
  /** How often a frame tells what bodies can bounce off; 0: never. */
  surfacesHz: number;
};

/** Rare control of the world worker, over comlink. Frames and actions go over the raw port that `connect` hands over. */
export type WorldControl = {
  /** @param mailbox shared memory for actions, null when the page is not cross-origin isolated */
  connect(port: MessagePort, mailbox: SharedArrayBuffer | null, windowTimeOriginMs: number): void;
  /**
   * Opens a world; the one before goes on until the first step of the new one, and stays when this fails.
   * @param worldFromHead where to stand, null: where the world likes
   * @param standsOn the kind of map that this place is on: a world over another kind chooses its own. Null: stand there
   *   whatever the world
   * @param memory of a saved visit that goes on there; null: a new one
   * @returns `warnings`: sentences about what did not go as wished (a provider that computed wrongly, say);
   *   `openedCount`: how many `opened` messages the raw port has carried, since the two ports keep no common order
   */
  open(
    worldId: string,
    target: OpenTarget,
    provider: ProviderChoice,
    seed: number,
    worldFromHead: Pose | null,
    standsOn: LayoutKind | null,
    memory: VisitMemory | null,
  ): Promise<{ warnings: readonly string[]; openedCount: number }>;
  /** Starts the running world again, with another seed or at another place. */
  reopen(seed: number, worldFromHead: Pose | null): Promise<void>;
  /** A copy of all that is known of this visit, taken between two steps. */
  snapshot(): Promise<VisitMemory>;
  configure(settings: HostSettings): void;
};
