import type { ImagineGraphs } from '../../backends/onnx/package-loader';
import type { OrtRuntime } from '../../backends/onnx/web-runtime';
import type { MapGrower } from '../../layout/imagined-surroundings';
import { loadBlockSources } from './block-source';
import { GrowLoop } from './grow-loop';
import { NestedGrower } from './nested-grower';

/** Grows in a worker of its own; where that cannot be, in this thread, in slices between the steps of the painter. */
export async function startGrower(graphs: ImagineGraphs): Promise<MapGrower> {
  try {
    return await NestedGrower.start(graphs);
  } catch {
    // A package that is wrong says so again here, in its own words.
    const { webRuntime } = await import('../../backends/onnx/web-runtime');
    return growHere(webRuntime, graphs);
  }
}

/** Grows in this thread, one run of the network at a time, with the thread's other work between. */
export async function growHere(runtime: OrtRuntime, graphs: ImagineGraphs): Promise<MapGrower> {
  return new GrowLoop(await loadBlockSources(runtime, graphs));
}
