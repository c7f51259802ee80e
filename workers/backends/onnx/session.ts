import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-web/webgpu';
import type { Manifest } from '../../../src/world/manifest';
import type { Provider } from './providers';
import type { NamedArrays } from './self-check';

/** The part of onnxruntime that is used; the same in onnxruntime-web and onnxruntime-node. */
export type OrtApi = {
  InferenceSession: {
    create(graph: Uint8Array, options?: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  Tensor: TensorConstructor;
};

/** A graph input and the array that is fed on every run: the caller writes into it, the session only reads. */
export type Feed = { readonly name: string; readonly shape: readonly number[]; readonly data: Float32Array };

/** The manifest does not fit the graph. No other provider can help. */
export class GraphMismatch extends Error {}

// onnxruntime-web allows one session creation and one run at a time in a realm ("Session already started").
let lastTask: Promise<unknown> = Promise.resolve();
function exclusively<T>(task: () => Promise<T>): Promise<T> {
  const result = lastTask.then(task);
  lastTask = result.catch(() => undefined);
  return result;
}

/** One step graph on one provider. */
export class StepSession {
  private readonly feeds: InferenceSession.OnnxValueMapType;
  private readonly fetches: string[];

  private constructor(
    readonly provider: Provider,
    private readonly session: InferenceSession,
    feeds: InferenceSession.OnnxValueMapType,
    fetches: string[],
  ) {
    this.feeds = feeds;
    this.fetches = fetches;
  }

  /**
   * Compiles the graph and compares it with the manifest.
   * @param feeds every input of the graph, state inputs too
   * @param signal calls it off; what compiles by then is freed when it is done, for onnxruntime cannot be interrupted
   * @throws GraphMismatch when names, shapes or types differ; the signal's reason; whatever onnxruntime throws when it
   *   cannot compile
   */
  static async create(
    ort: OrtApi,
    graph: Uint8Array,
    provider: Provider,
    manifest: Manifest,
    feeds: readonly Feed[],
    signal?: AbortSignal,
  ): Promise<StepSession> {
    const options = sessionOptions(provider);
    const session = await exclusively(async () => {
      // It may have waited here for the graph of another world.
      signal?.throwIfAborted();
      return ort.InferenceSession.create(graph, options);
    });
    try {
      signal?.throwIfAborted();
      checkGraph(session, manifest, feeds);
    } catch (error) {
      await session.release();
      throw error;
    }
    const tensors: Record<string, Tensor> = {};
    for (const { name, data, shape } of feeds) tensors[name] = new ort.Tensor('float32', data, shape);
    const fetches = [...Object.keys(manifest.outputs), ...manifest.state.map((state) => state.output)];
    return new StepSession(provider, session, tensors, fetches);
  }

  /** Runs the graph on what the feeds hold now. The arrays given to `read` are valid only inside it. */
  async run(read: (outputs: NamedArrays) => void): Promise<void> {
    const results = await exclusively(() => this.session.run(this.feeds, this.fetches));
    try {
      const arrays: Record<string, Float32Array> = {};
      for (const name of this.fetches) arrays[name] = results[name].data as Float32Array;
      read(arrays);
    } finally {
      // A tensor that is not disposed keeps its buffer: a few frames a second would fill the memory in minutes.
      for (const name of this.fetches) results[name].dispose();
    }
  }

  /** Waits for the running step, then frees the graph. Never rejects. */
  async dispose(): Promise<void> {
    await exclusively(() => this.session.release()).catch(() => undefined);
  }
}

function sessionOptions(provider: Provider): InferenceSession.SessionOptions {
  const executionProviders: InferenceSession.ExecutionProviderConfig[] =
    // 'simple' reuses buffers of the very same size: right for fixed shapes, and it halves the memory.
    provider === 'webgpu' ? [{ name: 'webgpu', storageBufferCacheMode: 'simple' }] : [provider];
  return { executionProviders, graphOptimizationLevel: 'all' };
}

function checkGraph(session: InferenceSession, manifest: Manifest, feeds: readonly Feed[]): void {
  const graph = `World package ${manifest.id}: ${manifest.graphs.step.file}`;
  const outputs: { name: string; shape: readonly number[] }[] = [
    ...Object.entries(manifest.outputs).map(([name, { shape }]) => ({ name, shape })),
    ...manifest.state.map((state) => ({ name: state.output, shape: state.shape })),
  ];
  compare(`${graph} has no input`, 'input', feeds, session.inputMetadata, graph);
  compare(`${graph} has no output`, 'output', outputs, session.outputMetadata, graph);
  const bound = new Set(feeds.map((feed) => feed.name));
  const unbound = session.inputNames.filter((name) => !bound.has(name));
  if (unbound.length > 0) {
    const found = `has the input "${unbound.join('", "')}", which the manifest does not bind`;
    throw new GraphMismatch(`${graph} ${found}. Add it to "inputs" or "state".`);
  }
}

function compare(
  missing: string,
  kind: 'input' | 'output',
  wanted: readonly { name: string; shape: readonly number[] }[],
  metadata: readonly InferenceSession.ValueMetadata[],
  graph: string,
): void {
  for (const { name, shape } of wanted) {
    const found = metadata.find((value) => value.name === name);
    if (!found) {
      const names = metadata.map((value) => value.name).join(', ');
      throw new GraphMismatch(
        `${missing} "${name}" that the manifest binds; it has ${names}. Correct the name in the manifest.`,
      );
    }
    if (!found.isTensor || found.type !== 'float32') {
      const type = found.isTensor ? found.type : 'no tensor';
      throw new GraphMismatch(
        `${graph}: ${kind} "${name}" is ${type}, but only float32 is supported. Export the graph with float32 there.`,
      );
    }
    if (!fits(found.shape, shape)) {
      const both = `[${found.shape.join(', ')}] in the graph, but [${shape.join(', ')}] in the manifest`;
      throw new GraphMismatch(`${graph}: ${kind} "${name}" is ${both}. Make them the same.`);
    }
  }
}

/** A side with a name is dynamic and takes any size; an empty shape means that the graph does not say. */
function fits(found: readonly (number | string)[], wanted: readonly number[]): boolean {
  if (found.length === 0) return true;
  const sideFits = (side: number | string, i: number) => typeof side !== 'number' || side < 0 || side === wanted[i];
  return found.length === wanted.length && found.every(sideFits);
}
