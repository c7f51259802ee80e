import * as ort from 'onnxruntime-web/webgpu';
import { planProviders, wasmThreads, type ProviderPlan, type ProviderWish } from './providers';
import type { OrtApi } from './session';

/** An ONNX runtime and its knowledge of this device. Tests in Node bring their own. */
export type OrtRuntime = { ort: OrtApi; plan(wish: ProviderWish): Promise<ProviderPlan> };

/** onnxruntime-web: WebGPU and WASM in one build; the 27 MB of wasm are fetched at the first session. */
export const webRuntime: OrtRuntime = {
  ort,
  plan(wish) {
    // Read once, at the first session, for all providers: set for WASM, since a GPU that fails its self-check falls
    // back to WASM in this same worker. Threads that the WebGPU provider leaves idle cost no time.
    ort.env.wasm.numThreads = wasmThreads(globalThis.crossOriginIsolated === true, navigator.hardwareConcurrency ?? 1);
    ort.env.logLevel = 'error';
    return planProviders(wish, navigator.gpu);
  },
};
