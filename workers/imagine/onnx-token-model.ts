import type { InferenceSession, Tensor } from 'onnxruntime-web/webgpu';
import type { OrtApi } from '../backends/onnx/session';
import { contextSlots, slotFeatures } from './context';
import { maxTokens } from './grammar';
import { symbolCount } from './symbols';
import { stepInputs, type TokenModel } from './token-model';

/** The keys and values of what was said grow by this many places at once: a few sizes only, and little copied in vain. */
const growth = 48;
/** Added to the score of an empty place, so that nothing is read there. */
const nothing = -1e9;

type Graphs = { prefill: Uint8Array; step: Uint8Array };

/**
 * The network `imagine` as two ONNX graphs. On processors only (native or WASM): a GPU adds in an order of its own, and
 * the same seed would then give another place. Keys and values are kept here and written in place, one column a step.
 */
export class OnnxTokenModel implements TokenModel {
  /** Of each layer keys [batch, width, capacity] and values [batch, capacity, width]. */
  private keys: Float32Array[] = [];
  private values: Float32Array[] = [];
  private mask = new Float32Array(0);

  private constructor(
    private readonly ort: OrtApi,
    private readonly prefillSession: InferenceSession,
    private readonly stepSession: InferenceSession,
    readonly batch: number,
    private readonly layers: number,
    private readonly width: number,
  ) {}

  /**
   * Compiles both graphs.
   * @param provider 'cpu' for onnxruntime-node, 'wasm' for onnxruntime-web
   * @throws Error when the graphs were made for another vocabulary; whatever onnxruntime throws
   */
  static async create(ort: OrtApi, graphs: Graphs, provider: 'cpu' | 'wasm'): Promise<OnnxTokenModel> {
    // One thread: the graphs are small, and how sums are shared among threads must not matter.
    const options = { executionProviders: [provider], intraOpNumThreads: 1, graphOptimizationLevel: 'all' } as const;
    const prefill = await ort.InferenceSession.create(graphs.prefill, options);
    try {
      const step = await ort.InferenceSession.create(graphs.step, options);
      try {
        const { batch, layers, width } = readShapes(prefill, step);
        return new OnnxTokenModel(ort, prefill, step, batch, layers, width);
      } catch (error) {
        await step.release();
        throw error;
      }
    } catch (error) {
      await prefill.release();
      throw error;
    }
  }

  async prefill(context: Float32Array): Promise<void> {
    const { batch, layers, width } = this;
    const slots = contextSlots.length;
    const told = new this.ort.Tensor('float32', context, [batch, slots, slotFeatures]);
    const results = await this.prefillSession.run({ context: told });
    const keys = results['keys'].data as Float32Array;
    const values = results['values'].data as Float32Array;
    const rows = batch * width;
    this.keys = [];
    this.values = [];
    for (let layer = 0; layer < layers; layer++) {
      const at = layer * rows * slots;
      this.keys.push(widened(keys.subarray(at, at + rows * slots), rows, slots + growth));
      this.values.push(widened(values.subarray(at, at + rows * slots), batch, (slots + growth) * width));
    }
    this.mask = new Float32Array(slots + growth).fill(nothing, slots);
    for (const name in results) results[name].dispose();
  }

  async step(tokens: Int32Array, position: number): Promise<Float32Array> {
    const { batch, layers, width } = this;
    const place = contextSlots.length + position;
    if (place >= this.mask.length) this.grow();
    const capacity = this.mask.length;
    const { Tensor } = this.ort;
    const feeds: Record<string, Tensor> = {
      tokens: new Tensor('int32', tokens, [batch, stepInputs]),
      mask: new Tensor('float32', this.mask, [capacity]),
    };
    for (let layer = 0; layer < layers; layer++) {
      feeds[`keys${layer}`] = new Tensor('float32', this.keys[layer]!, [batch, width, capacity]);
      feeds[`values${layer}`] = new Tensor('float32', this.values[layer]!, [batch, capacity, width]);
    }
    const results = await this.stepSession.run(feeds);
    this.remember(results['keysValues'].data as Float32Array, place);
    const logits = (results['logits'].data as Float32Array).slice();
    for (const name in results) results[name].dispose();
    return logits;
  }

  /** Frees both graphs; nothing may be running. */
  async dispose(): Promise<void> {
    await this.prefillSession.release();
    await this.stepSession.release();
  }

  /** @param said keys and values of each layer of each block, [batch, layers, 2, width] */
  private remember(said: Float32Array, place: number): void {
    const { batch, layers, width } = this;
    const capacity = this.mask.length;
    for (let row = 0; row < batch; row++) {
      for (let layer = 0; layer < layers; layer++) {
        const from = (row * layers + layer) * 2 * width;
        const keys = this.keys[layer]!;
        for (let w = 0; w < width; w++) keys[(row * width + w) * capacity + place] = said[from + w]!;
        this.values[layer]!.set(said.subarray(from + width, from + 2 * width), (row * capacity + place) * width);
      }
    }
    this.mask[place] = 0;
  }

  private grow(): void {
    const { batch, width } = this;
    const capacity = this.mask.length + growth;
    if (capacity > contextSlots.length + maxTokens + growth) {
      throw new Error(`A block of more than ${maxTokens} tokens was asked for; this is a mistake in sampler.ts.`);
    }
    this.keys = this.keys.map((keys) => widened(keys, batch * width, capacity));
    this.values = this.values.map((values) => widened(values, batch, capacity * width));
    const { mask } = this;
    this.mask = new Float32Array(capacity).fill(nothing);
    this.mask.set(mask);
  }
}

/** The same rows, each filled up with zeros to a new length. */
function widened(rows: Float32Array, count: number, length: number): Float32Array {
  const before = rows.length / count;
  const result = new Float32Array(count * length);
  for (let row = 0; row < count; row++) result.set(rows.subarray(row * before, (row + 1) * before), row * length);
  return result;
}

/** @throws Error when the graphs do not fit this vocabulary */
function readShapes(prefill: InferenceSession, step: InferenceSession): { batch: number; layers: number; width: number } {
  const context = shapeOf(prefill.inputMetadata, 'context');
  const logits = shapeOf(step.outputMetadata, 'logits');
  const keys = shapeOf(prefill.outputMetadata, 'keys');
  const [batch, slots, features] = context;
  if (slots !== contextSlots.length || features !== slotFeatures || logits[1] !== symbolCount) {
    throw new Error(
      `The graphs of imagine take ${slots} slots of ${features} numbers and know ${logits[1]} symbols, but this version ` +
        `of the viewer has ${contextSlots.length}, ${slotFeatures} and ${symbolCount}. Train and export them anew.`,
    );
  }
  return { batch: batch!, layers: keys[0]!, width: keys[2]! };
}

function shapeOf(metadata: readonly InferenceSession.ValueMetadata[], name: string): number[] {
  const found = metadata.find((value) => value.name === name);
  if (!found?.isTensor) {
    throw new Error(`The graphs of imagine have no "${name}". Export them with models/training/imagine/export.py.`);
  }
  return found.shape.map(Number);
}
