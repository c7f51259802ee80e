import type { Thing } from '../layout/things';
import { blockKey, nextBatch, pendingBlocks, type BlockIndex, type PendingBlock } from './order';
import { contextSize, writeContext, type Surroundings } from './context';
import { blockRandom, drawBlocks } from './sampler';
import type { TokenModel } from './token-model';
import { decodeBlock, type ImaginedBlock } from './tokens';

export type ImaginerOptions = {
  /** Below 1 the network says rather what is likely: fewer mistakes, less variety. */
  temperature: number;
  /** How often a block with impossible arrangements is drawn anew. */
  redraws: number;
  /** The region that a block belongs to, see `regionAt`. */
  region(seed: number, bi: number, bj: number): ReturnType<Surroundings['region']>;
  /** Impossible arrangements of a block, see `faultsOf`. */
  faults(cells: readonly (readonly Thing[])[]): readonly string[];
};

/** What was drawn so far; a block counts as faulty when at least one arrangement in it is impossible. */
export type ImaginerCounts = {
  blocks: number;
  tokens: number;
  /** Blocks whose first draw was faulty. */
  faultyAtFirst: number;
  /** Blocks that stayed faulty after all redraws. */
  faultyAtLast: number;
  draws: number;
};

type Attempt = { tokens: Uint8Array; faults: number };

/** Grows the map of one seed, block by block. The same seed and network give the same blocks whichever way one comes. */
export class Imaginer {
  readonly counts: ImaginerCounts = { blocks: 0, tokens: 0, faultyAtFirst: 0, faultyAtLast: 0, draws: 0 };
  private readonly decided = new Map<string, ImaginedBlock>();
  private readonly cells = new Map<string, Thing[][]>();
  private readonly around: Surroundings;
  private readonly contexts: Float32Array;
  private lastGrowth: Promise<void> = Promise.resolve();

  constructor(
    private readonly model: TokenModel,
    readonly seed: number,
    private readonly options: ImaginerOptions,
  ) {
    this.contexts = new Float32Array(model.batch * contextSize);
    this.around = {
      region: (bi, bj) => options.region(seed, bi, bj),
      cells: (bi, bj) => this.cellsOf(bi, bj),
    };
  }

  /** Every block that is decided, in the order in which it was. */
  get blocks(): readonly ImaginedBlock[] {
    return [...this.decided.values()];
  }

  /** Takes over blocks of an earlier visit; they are never imagined again. @throws Error when one's tokens are broken */
  restore(blocks: readonly ImaginedBlock[]): void {
    for (const block of blocks) {
      this.cells.set(blockKey(block.i, block.j), decodeBlock(block.tokens));
      this.decided.set(blockKey(block.i, block.j), block);
    }
  }

  /**
   * Decides the wanted blocks and what they depend on. Growths follow one another, none runs beside another.
   * @param wanted the most urgent first
   * @param onBlocks called with each batch as soon as it is decided
   * @param signal ends it after the batch under way; what is decided stays
   * @throws the signal's reason; whatever the network throws
   */
  grow(
    wanted: readonly BlockIndex[],
    onBlocks: (blocks: ImaginedBlock[]) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const growth = this.lastGrowth.then(() => this.growNow(wanted, onBlocks, signal));
    this.lastGrowth = growth.catch(() => undefined);
    return growth;
  }

  private async growNow(
    wanted: readonly BlockIndex[],
    onBlocks: (blocks: ImaginedBlock[]) => void,
    signal?: AbortSignal,
  ): Promise<void> {
    const pending = pendingBlocks(wanted, (i, j) => this.decided.has(blockKey(i, j)));
    const attempts = new Map<string, Attempt[]>();
    while (pending.size > 0) {
      signal?.throwIfAborted();
      const batch = nextBatch(pending, this.model.batch);
      const drawn = await this.draw(batch, attempts);
      const settled: ImaginedBlock[] = [];
      batch.forEach(({ i, j }, row) => {
        const tokens = this.settle(drawn[row]!, blockKey(i, j), attempts);
        // A faulty block stays pending: it is drawn again with the next batch.
        if (!tokens) return;
        pending.delete(blockKey(i, j));
        settled.push({ i, j, tokens });
      });
      if (settled.length === 0) continue;
      this.restore(settled);
      onBlocks(settled);
    }
  }

  private async draw(batch: readonly PendingBlock[], attempts: Map<string, Attempt[]>): Promise<Uint8Array[]> {
    this.contexts.fill(0);
    batch.forEach(({ i, j }, row) => writeContext(i, j, this.around, this.contexts, row * contextSize));
    const randoms = batch.map(({ i, j }) => blockRandom(this.seed, i, j, attempts.get(blockKey(i, j))?.length ?? 0));
    return drawBlocks(this.model, this.contexts, randoms, this.options.temperature);
  }

  /** The block's tokens when this draw or, after the last one, the best of all is taken; null: draw again. */
  private settle(tokens: Uint8Array, key: string, attempts: Map<string, Attempt[]>): Uint8Array | null {
    const faults = this.options.faults(decodeBlock(tokens)).length;
    const tried = [...(attempts.get(key) ?? []), { tokens, faults }];
    attempts.set(key, tried);
    this.counts.draws++;
    if (tried.length === 1 && faults > 0) this.counts.faultyAtFirst++;
    if (faults > 0 && tried.length <= this.options.redraws) return null;
    const best = tried.reduce((least, attempt) => (attempt.faults < least.faults ? attempt : least));
    if (best.faults > 0) this.counts.faultyAtLast++;
    this.counts.blocks++;
    this.counts.tokens += best.tokens.length;
    return best.tokens;
  }

  private cellsOf(bi: number, bj: number): Thing[][] | null {
    return this.cells.get(blockKey(bi, bj)) ?? null;
  }
}
