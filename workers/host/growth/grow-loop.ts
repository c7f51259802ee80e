import type { GrowListener, MapGrower } from '../../layout/imagined-surroundings';
import type { ImaginedBlock } from '../../imagine/tokens';

type BlockIndex = { readonly i: number; readonly j: number };

/** What a loop needs of `workers/imagine/imaginer.ts`. */
export type BlockSource = {
  restore(blocks: readonly ImaginedBlock[]): void;
  /** @throws what the network throws; the signal's reason or nothing when it was called off */
  grow(
    wanted: readonly BlockIndex[],
    onBlocks: (blocks: ImaginedBlock[]) => void,
    signal?: AbortSignal,
  ): Promise<void>;
};

/** The imaginations of all seeds; they may share one network, for one grows at a time. */
export type BlockSources = { of(seed: number): BlockSource; release(): Promise<void> };

/** Decides what is wanted now, one wish after the other; a newer wish or map takes over at the next batch. */
export class GrowLoop implements MapGrower {
  private source: BlockSource | null = null;
  private listener: GrowListener | null = null;
  private wanted: readonly BlockIndex[] = [];
  private turn = new AbortController();
  private running = false;
  private isDisposed = false;

  constructor(private readonly sources: BlockSources) {}

  begin(seed: number, known: readonly ImaginedBlock[], listener: GrowListener): void {
    this.interrupt();
    this.wanted = [];
    this.listener = listener;
    this.source = this.sources.of(seed);
    this.source.restore(known);
  }

  want(blocks: readonly BlockIndex[]): void {
    this.interrupt();
    this.wanted = blocks;
    if (!this.running) void this.run();
  }

  dispose(): void {
    this.interrupt();
    this.wanted = [];
    this.source = null;
    this.listener = null;
    this.isDisposed = true;
    if (!this.running) this.release();
  }

  private release(): void {
    this.sources.release().catch(() => undefined);
  }

  private interrupt(): void {
    this.turn.abort();
    this.turn = new AbortController();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.wanted.length > 0 && this.source) {
      const { source, listener, wanted, turn } = this;
      this.wanted = [];
      try {
        // Who began before hears no more; what was wanted before is heard all the same.
        await source.grow(wanted, (blocks) => this.listener === listener && listener?.blocks(blocks), turn.signal);
      } catch (error) {
        if (turn.signal.aborted) continue;
        listener?.failed(`The map grows no further: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
    this.running = false;
    if (this.isDisposed) this.release();
  }
}
