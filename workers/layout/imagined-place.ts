import type { MapNews } from '../../src/world/contracts';
import { decodeBlock, type ImaginedBlock } from '../imagine/tokens';
import { BlockMap } from './block-map';
import { addPlainShapes } from './plain-shapes';
import { SceneWindow } from './scene-window';

type BlockIndex = { readonly i: number; readonly j: number };
type Waiter = { check: () => void };

/** One imagined map: what is decided of it, who waits for more, and what the page has not heard yet. */
export class ImaginedPlace {
  readonly map: BlockMap;
  readonly scene: SceneWindow;
  readonly all: ImaginedBlock[] = [];
  /** A sentence once nothing more comes. */
  failure: string | null = null;
  private told = 0;
  private toldFailure = false;
  private readonly waiters = new Set<Waiter>();

  constructor(readonly seed: number) {
    this.map = new BlockMap(seed);
    this.scene = new SceneWindow(this.map, addPlainShapes);
  }

  get count(): number {
    return this.all.length;
  }

  add(blocks: readonly ImaginedBlock[]): void {
    for (const block of blocks) {
      // What was known may be decided again by a grower that began anew.
      if (this.map.has(block.i, block.j)) continue;
      this.map.put(block.i, block.j, decodeBlock(block.tokens));
      this.all.push(block);
    }
    for (const { check } of this.waiters) check();
  }

  fail(why: string): void {
    this.failure = why;
    for (const { check } of this.waiters) check();
  }

  /**
   * Resolves when all of `wanted` is decided, or nothing more comes.
   * @throws the signal's reason
   */
  whenDecided(
    wanted: readonly BlockIndex[],
    report: (done: number, total: number) => void = () => {},
    signal?: AbortSignal,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        check: () => {
          const done = wanted.reduce((sum, { i, j }) => sum + (this.map.has(i, j) ? 1 : 0), 0);
          report(done, wanted.length);
          if (done === wanted.length || this.failure !== null) end(resolve);
        },
      };
      const called = (): void => end(() => reject(signal!.reason as Error));
      const end = (how: () => void): void => {
        this.waiters.delete(waiter);
        signal?.removeEventListener('abort', called);
        how();
      };
      signal?.addEventListener('abort', called);
      this.waiters.add(waiter);
      if (signal?.aborted) called();
      else waiter.check();
    });
  }

  /** Whoever asks next hears of everything. */
  tellAll(): void {
    this.told = 0;
    this.toldFailure = false;
  }

  takeNews(): MapNews | null {
    const isSilent = this.failure === null || this.toldFailure;
    if (this.told === this.all.length && isSilent) return null;
    const blocks = this.all.slice(this.told);
    const failure = isSilent ? null : this.failure;
    this.told = this.all.length;
    this.toldFailure = this.failure !== null;
    return { seed: this.seed, blocks, failure };
  }
}
