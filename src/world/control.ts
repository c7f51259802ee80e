import type { Pose } from '../math/types';
import type { OpenTarget } from './catalogue';
import type { LayerBudget } from './layer-budget';

/** 'auto' takes WebGPU when it computes right, else WASM. */
export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';

export type HostSettings = {
  /** Upper limit of model steps a second. */
  modelHz: number;
  /** Every frame is held back this long before it is sent, ms. */
  addLatencyMs: number;
  /** How much geometry a frame may have. */
  layers: LayerBudget;
};

/** Rare control of the world worker, over comlink. Frames and actions go over the raw port that `connect` hands over. */
export type WorldControl = {
  /** @param mailbox shared memory for actions, null when the page is not cross-origin isolated */
  connect(port: MessagePort, mailbox: SharedArrayBuffer | null, windowTimeOriginMs: number): void;
  /**
   * Opens a world; the one before goes on until the first step of the new one, and stays when this fails.
   * @param worldFromHead where to stand, null: where the world likes
   * @returns `warnings`: sentences about what did not go as wished (a provider that computed wrongly, say);
   *   `openedCount`: how many `opened` messages the raw port has carried, since the two ports keep no common order
   */
  open(
    worldId: string,
    target: OpenTarget,
    provider: ProviderChoice,
    seed: number,
    worldFromHead: Pose | null,
  ): Promise<{ warnings: readonly string[]; openedCount: number }>;
  /** Starts the running world again, with another seed or at another place. */
  reopen(seed: number, worldFromHead: Pose | null): Promise<void>;
  configure(settings: HostSettings): void;
};
