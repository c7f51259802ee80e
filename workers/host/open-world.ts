import type { OpenTarget } from '../../src/world/catalogue';
import type { FromWorker, WorldModel } from '../../src/world/contracts';
import type { VisitMemory } from '../../src/world/visit-memory';
import { openOnnxModel } from '../backends/onnx/open-onnx-model';
import type { ProviderWish } from '../backends/onnx/providers';
import { RememberedWorld } from '../backends/remembered/remembered-world';
import { Simulator } from '../backends/simulator/simulator';
import { startGrower } from './growth/start-grower';
import { surroundingsMaker } from './make-surroundings';

/**
 * Makes the backend for a target: the one place that knows them all.
 * @param memory of a saved visit that goes on; null: a new one
 * @param signal calls the opening off; the promise then rejects with its reason
 */
export async function openWorld(
  worldId: string,
  target: OpenTarget,
  provider: ProviderWish,
  memory: VisitMemory | null,
  report: (message: FromWorker) => void,
  signal: AbortSignal,
): Promise<{ model: WorldModel; warnings: readonly string[] }> {
  switch (target.kind) {
    case 'simulator':
      return { model: new Simulator(), warnings: [] };
    case 'onnx': {
      const model = await openOnnxModel({
        manifestUrl: target.manifestUrl,
        provider,
        surroundings: surroundingsMaker(startGrower),
        onProgress: (progress) => report({ type: 'progress', worldId, progress }),
        signal,
      });
      return { model, warnings: model.warnings };
    }
    case 'remembered': {
      if (!memory) throw new Error('There is no saved visit to show.');
      return { model: new RememberedWorld(memory, target.place), warnings: [] };
    }
    default: {
      const never: never = target;
      throw new Error(`There is no backend for ${JSON.stringify(never)}.`);
    }
  }
}
