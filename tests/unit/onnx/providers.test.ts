import { expect, test, vi } from 'vitest';
import { planProviders, wasmThreads } from '../../../workers/backends/onnx/providers';

const gpu = (info: Record<string, unknown> | null) => ({ requestAdapter: async () => (info === null ? null : { info }) });
const real = { vendor: 'nvidia', architecture: 'lovelace', isFallbackAdapter: false };

test('a real GPU goes first, WASM stands by', async () => {
  expect(await planProviders('auto', gpu(real))).toEqual({ order: ['webgpu', 'wasm'], warnings: [] });
});

test.each([
  ['no WebGPU', undefined],
  ['no adapter', gpu(null)],
  ['SwiftShader', gpu({ vendor: 'google', architecture: 'swiftshader' })],
  ['a fallback adapter', gpu({ vendor: 'x', isFallbackAdapter: true })],
  ['llvmpipe', gpu({ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0)' })],
  ['a driver that throws', { requestAdapter: () => Promise.reject(new Error('lost')) }],
])('auto takes WASM on %s, without a word', async (_, device) => {
  expect(await planProviders('auto', device)).toEqual({ order: ['wasm'], warnings: [] });
});

test('a driver that never answers counts as none', async () => {
  vi.useFakeTimers();
  const plan = planProviders('auto', { requestAdapter: () => new Promise(() => undefined) });
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await plan).toEqual({ order: ['wasm'], warnings: [] });
  vi.useRealTimers();
});

test('a person who asks for WebGPU gets it even in software, and hears when there is none', async () => {
  expect((await planProviders('webgpu', gpu({ architecture: 'swiftshader' }))).order).toEqual(['webgpu', 'wasm']);
  const none = await planProviders('webgpu', undefined);
  expect(none.order).toEqual(['wasm']);
  expect(none.warnings[0]).toMatch(/^WebGPU is not available here/);
});

test('a person who asks for WASM gets only that', async () => {
  expect((await planProviders('wasm', gpu(real))).order).toEqual(['wasm']);
});

test('threads take half the cores, four at most, and one without isolation', () => {
  expect([1, 2, 3, 8, 32].map((cores) => wasmThreads(true, cores))).toEqual([1, 1, 2, 4, 4]);
  expect(wasmThreads(false, 32)).toBe(1);
});
