import type { InferenceSession, Tensor, TensorConstructor } from 'onnxruntime-web/webgpu';
import type { Manifest } from '../../../src/world/manifest';
import { exclusively } from './exclusively';
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

/** A state input with the tensor it is fed: at first the caller's array, then what the last run returned. */
type CarriedState = { input: string; output: string; initial: Tensor; carried: Tensor | null };

/**
 * One step graph on one provider. Recurrent state goes from output to input without leaving the provider: on WebGPU it
 * stays on the GPU.
 */
export class StepSession {
  /** Counts up when the state is forgotten, so that a run that was under way brings none of it back. */
  private life = 0;

  private constructor(
    readonly provider: Provider,
    private readonly session: InferenceSession,
    private readonly feeds: Record<string, Tensor>,
    private readonly reads: readonly string[],
    private readonly states: readonly CarriedState[],
  ) {}

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
    const options = sessionOptions(provider, manifest);
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
    const states = manifest.state.map(({ input, output }) => ({ input, output, initial: tensors[input], carried: null }));
    return new StepSession(provider, session, tensors, Object.keys(manifest.outputs), states);
  }

  /**
   * Runs the graph on what the feeds hold now, and on the state that the last run returned.
   * @param read gets the manifest's outputs, without the state; the arrays are valid only inside it
   */
  async run(read: (outputs: NamedArrays) => void): Promise<void> {
    const { life } = this;
    const fetches = [...this.reads, ...this.states.map(({ output }) => output)];
    await exclusively(async () => {
      for (const { input, initial, carried } of this.states) this.feeds[input] = carried ?? initial;
      const results = await this.session.run(this.feeds, fetches);
      try {
        const arrays: Record<string, Float32Array> = {};
        for (const name of this.reads) arrays[name] = results[name].data as Float32Array;
        read(arrays);
      } finally {
        // A tensor that is not disposed keeps its buffer: a few frames a second would fill the memory in minutes.
        for (const name of this.reads) results[name].dispose();
        for (const state of this.states) carry(state, results[state.output] as Tensor, life === this.life);
      }
    });
  }

  /** The next run begins with what the feeds of the state hold. */
  forgetState(): void {
    this.life++;
    for (const state of this.states) {
      const { carried } = state;
      state.carried = null;
      // A run that is under way may be reading it.
      if (carried) void exclusively(() => carried.dispose());
    }
  }

  /** Copies of the state that the last run returned, by output name. */
  async readState(): Promise<NamedArrays> {
    const arrays: Record<string, Float32Array> = {};
    for (const { output, carried } of this.states) {
      if (carried) arrays[output] = Float32Array.from((await exclusively(() => carried.getData())) as Float32Array);
    }
    return arrays;
  }

  /** Waits for the running step, then frees the graph. Never rejects. */
  async dispose(): Promise<void> {
    this.forgetState();
    await exclusively(() => this.session.release()).catch(() => undefined);
  }
}

/** @param isWanted false when the state was forgotten while the run was under way */
function carry(state: CarriedState, next: Tensor, isWanted: boolean): void {
  if (!isWanted) return next.dispose();
  state.carried?.dispose();
  state.carried = next;
}

function sessionOptions(provider: Provider, manifest: Manifest): InferenceSession.SessionOptions {
  const executionProviders: InferenceSession.ExecutionProviderConfig[] =
    // 'simple' reuses buffers of the very same size: right for fixed shapes, and it halves the memory.
    provider === 'webgpu' ? [{ name: 'webgpu', storageBufferCacheMode: 'simple' }] : [provider];
  const options: InferenceSession.SessionOptions = { executionProviders, graphOptimizationLevel: 'all' };
  if (provider !== 'webgpu' || manifest.state.length === 0) return options;
  // Pictures are read back at once, state never is.
  const places: Record<string, Tensor.DataLocation> = {};
  for (const output of Object.keys(manifest.outputs)) places[output] = 'cpu';
  for (const { output } of manifest.state) places[output] = 'gpu-buffer';
  return { ...options, preferredOutputLocation: places };
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
