import { wrap, type Remote } from 'comlink';
import type { Pose } from '../../math/types';
import { defaultLayerBudget, type LayerBudget } from '../../world/layer-budget';
import type { SceneWork, Truth } from './scene.worker';

/** Two workers with the same world: one builds frames in order, both (or the other) draw truths meanwhile. */
export class SceneClient {
  private readonly workers: Worker[] = [];
  private readonly remotes: Remote<SceneWork>[] = [];

  constructor() {
    for (let i = 0; i < 2; i++) {
      const worker = new Worker(new URL('./scene.worker.ts', import.meta.url), { type: 'module', name: `scene ${i}` });
      this.workers.push(worker);
      this.remotes.push(wrap<SceneWork>(worker));
    }
  }

  /** What paints and builds model frames. */
  get frames(): Remote<SceneWork> {
    return this.remotes[0];
  }

  async open(seed: number): Promise<void> {
    await Promise.all(this.remotes.map((remote) => remote.open(seed)));
  }

  async begin(budget: LayerBudget = defaultLayerBudget): Promise<void> {
    await this.frames.begin(budget);
  }

  /** @param helper 0 or 1: which worker draws it */
  truth(worldFromEye: Pose, helper: number): Promise<Truth> {
    return this.remotes[helper].truth(worldFromEye) as Promise<Truth>;
  }

  dispose(): void {
    for (const worker of this.workers) worker.terminate();
  }
}

/** Asks for things in a known order ahead of time, so that workers are never idle, and never for too many at once. */
export class Ahead<T> {
  private readonly waiting = new Map<number, Promise<T>>();
  private asked = 0;

  /** @param ask starts the work for the item of this index */
  constructor(
    private readonly count: number,
    private readonly most: number,
    private readonly ask: (index: number) => Promise<T>,
  ) {}

  /** Starts the first ones now. */
  start(): this {
    this.fill(0);
    return this;
  }

  /** The item of this index; each is handed out once, in rising order. */
  take(index: number): Promise<T> {
    this.fill(index);
    const item = this.waiting.get(index);
    if (!item) throw new RangeError(`Item ${index} was taken before; take items in order, each once.`);
    this.waiting.delete(index);
    return item;
  }

  private fill(from: number): void {
    for (; this.asked < Math.min(this.count, from + this.most); this.asked++) {
      const item = this.ask(this.asked);
      // Whoever takes it sees the error; until then it is not an unhandled one.
      item.catch(() => {});
      this.waiting.set(this.asked, item);
    }
  }
}
