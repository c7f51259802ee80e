import * as ort from 'onnxruntime-node';
import type { OrtApi } from '../../../workers/backends/onnx/session';
import type { OrtRuntime } from '../../../workers/backends/onnx/web-runtime';

/** The native provider on one thread, whatever the code that opens a package asks for. */
const oneThread: OrtApi = {
  Tensor: ort.Tensor,
  InferenceSession: {
    create: (graph, options) => ort.InferenceSession.create(graph, { ...options, intraOpNumThreads: 1, interOpNumThreads: 1 }),
  },
};

/** onnxruntime-node in the place of onnxruntime-web: the rest of the way is the worker's. */
export const nativeRuntime: OrtRuntime = { ort: oneThread, plan: async () => ({ order: ['cpu'], warnings: [] }) };

/** onnxruntime-web in this process: WASM on one thread. @throws whatever stands in its way, as text for a note */
export async function loadWasmRuntime(): Promise<OrtRuntime> {
  const web = await import('onnxruntime-web');
  web.env.wasm.numThreads = 1;
  web.env.logLevel = 'error';
  return { ort: web, plan: async () => ({ order: ['wasm'], warnings: [] }) };
}
