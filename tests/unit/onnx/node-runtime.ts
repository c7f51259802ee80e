import * as ort from 'onnxruntime-node';
import type { Provider } from '../../../workers/backends/onnx/providers';
import type { OrtApi } from '../../../workers/backends/onnx/session';
import type { OrtRuntime } from '../../../workers/backends/onnx/web-runtime';

/** The native CPU runtime in the place of onnxruntime-web. */
export function nodeRuntime(order: Provider[] = ['cpu'], api: OrtApi = ort): OrtRuntime {
  return { ort: api, plan: async () => ({ order, warnings: [] }) };
}

/** Like onnxruntime-node, but WebGPU is the CPU with its first `rgb` number changed: a device that computes wrongly. */
export const faultyGpu: OrtApi = {
  Tensor: ort.Tensor,
  InferenceSession: {
    async create(graph: Uint8Array, options: ort.InferenceSession.SessionOptions) {
      const [provider] = options.executionProviders ?? [];
      const session = await ort.InferenceSession.create(graph, { executionProviders: ['cpu'] });
      if (provider === 'cpu') return session;
      return new Proxy(session, {
        get(target, key) {
          if (key === 'run') {
            return async (...args: Parameters<typeof session.run>) => {
              const results = await target.run(...args);
              (results['rgb'].data as Float32Array)[0] += 0.5;
              return results;
            };
          }
          const value = Reflect.get(target, key, target) as unknown;
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
    },
  } as OrtApi['InferenceSession'],
};
