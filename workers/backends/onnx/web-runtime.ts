import * as ort from 'onnxruntime-web/webgpu';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { planProviders, wasmThreads, type ProviderPlan, type ProviderWish } from './providers';
import { runtimeWasmBytes, RuntimeDownload } from './runtime-download';
import type { OrtApi } from './session';

/** An ONNX runtime and its knowledge of this device. Tests in Node bring their own. */
export type OrtRuntime = {
  ort: OrtApi;
  plan(wish: ProviderWish): Promise<ProviderPlan>;
  /** What to load before the first session; absent when the whole runtime is here. */
  download?: Pick<RuntimeDownload, 'pendingBytes' | 'load'>;
};

// One in a realm, as onnxruntime-web itself. In development the address has no host; sentences shall name all of it.
const download = new RuntimeDownload(new URL(wasmUrl, globalThis.location.href).href, runtimeWasmBytes);

/** onnxruntime-web: WebGPU and WASM in one build, 27 MB of wasm. */
export const webRuntime: OrtRuntime = {
  ort: {
    Tensor: ort.Tensor,
    InferenceSession: {
      create: (graph, options) => download.begin(ort.env.wasm, () => ort.InferenceSession.create(graph, options)),
    },
  },
  download,
  plan(wish) {
    // Read once, at the first session, for all providers: set for WASM, since a GPU that fails its self-check falls
    // back to WASM in this same worker. Threads that the WebGPU provider leaves idle cost no time.
    ort.env.wasm.numThreads = wasmThreads(globalThis.crossOriginIsolated === true, navigator.hardwareConcurrency ?? 1);
    ort.env.logLevel = 'error';
    return planProviders(wish, navigator.gpu);
  },
};

/** The same for a worker that is to leave the other cores alone: WASM on one thread. */
export const oneThreadRuntime: OrtRuntime = {
  ...webRuntime,
  async plan() {
    ort.env.wasm.numThreads = 1;
    ort.env.logLevel = 'error';
    return { order: ['wasm'], warnings: [] };
  },
};
