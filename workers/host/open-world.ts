import type { OpenTarget } from '../../src/world/catalogue';
import type { FromWorker, WorldModel } from '../../src/world/contracts';
import { openOnnxModel } from '../backends/onnx/open-onnx-model';
import type { ProviderWish } from '../backends/onnx/providers';
import { Simulator } from '../backends/simulator/simulator';
import { CourtyardSurroundings } from '../layout/courtyard-surroundings';

/**
 * Makes the backend for a target: the one place that knows them all.
 * @param signal calls the opening off; the promise then rejects with its reason
 */
export async function openWorld(
  worldId: string,
  target: OpenTarget,
  provider: ProviderWish,
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
        surroundings: new CourtyardSurroundings(),
        onProgress: (progress) => report({ type: 'progress', worldId, progress }),
        signal,
      });
      return { model, warnings: model.warnings };
    }
    default: {
      const never: never = target;
      throw new Error(`There is no backend for ${JSON.stringify(never)}.`);
    }
  }
}
