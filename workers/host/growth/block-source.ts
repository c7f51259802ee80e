import { exclusively } from '../../backends/onnx/exclusively';
import type { ImagineGraphs } from '../../backends/onnx/package-loader';
import type { OrtApi } from '../../backends/onnx/session';
import type { OrtRuntime } from '../../backends/onnx/web-runtime';
import { Imaginer } from '../../imagine/imaginer';
import { OnnxTokenModel } from '../../imagine/onnx-token-model';
import { faultsOf } from '../../layout/arrangement';
import { regionAt } from '../../layout/districts/region-style';
import { sleep } from '../sleep';
import type { BlockSources } from './grow-loop';

/** A little below 1: fewer odd blocks, and still no two alike. */
const temperature = 0.85;
/** Blocks with an impossible arrangement are drawn again this often. */
const redraws = 3;

/**
 * Compiles what imagines the maps of a package. Always on the processor: a GPU adds in another order from device to
 * device, and the same seed would give another place.
 * @throws Error with a sentence
 */
export async function loadBlockSources(runtime: OrtRuntime, graphs: ImagineGraphs): Promise<BlockSources> {
  const { order } = await runtime.plan('wasm');
  // The world worker has just fetched the same file, so it is in the browser's cache.
  await runtime.download?.load((url, init) => fetch(url, { ...init, cache: 'force-cache' }));
  const model = await OnnxTokenModel.create(inSlices(runtime.ort), graphs, order.includes('cpu') ? 'cpu' : 'wasm');
  return {
    of: (seed) => new Imaginer(model, seed, { temperature, redraws, region: regionAt, faults: faultsOf }),
    release: () => model.dispose(),
  };
}

/**
 * Lets the other work of this thread (messages, steps of the painter) come between two runs, which on WASM otherwise
 * follow one another without a pause.
 */
function inSlices(ort: OrtApi): OrtApi {
  const create: OrtApi['InferenceSession']['create'] = async (graph, options) => {
    const session = await exclusively(() => ort.InferenceSession.create(graph, options));
    const run = session.run.bind(session) as (...args: unknown[]) => ReturnType<typeof session.run>;
    session.run = (async (...args: unknown[]) => {
      await sleep(0);
      return exclusively(() => run(...args));
    }) as typeof session.run;
    return session;
  };
  return { Tensor: ort.Tensor, InferenceSession: { create } };
}
