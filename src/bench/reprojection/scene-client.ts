import { wrap, type Remote } from 'comlink';
import type { Pose } from '../../math/types';
import { defaultLayerBudget } from '../../world/layer-budget';
import type { AssembledTruth, SceneWork, Truth } from './scene.worker';

/** The simulator in a worker, so that it draws truths while the page draws the product. */
export class SceneClient {
  private readonly worker = new Worker(new URL('./scene.worker.ts', import.meta.url), { type: 'module', name: 'scene' });
  private readonly remote: Remote<SceneWork> = wrap<SceneWork>(this.worker);

  async open(seed: number): Promise<void> {
    await this.remote.open(seed);
  }

  /** A new sequence of model frames. */
  async begin(): Promise<void> {
    await this.remote.begin(defaultLayerBudget);
  }

  /** The next frame of the sequence; see {@link SceneWork}. */
  assemble(pose: Pose, size: number, actionAtMs: number, wantCorners: boolean, key: string | null): Promise<AssembledTruth> {
    return this.remote.assemble(pose, size, actionAtMs, wantCorners, key) as Promise<AssembledTruth>;
  }

  truth(worldFromEye: Pose): Promise<Truth> {
    return this.remote.truth(worldFromEye) as Promise<Truth>;
  }

  dispose(): void {
    this.worker.terminate();
  }
}
