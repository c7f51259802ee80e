/** What computes a graph: in the browser `webgpu` or `wasm`, in Node (tests, tools) `cpu`. */
export type Provider = 'webgpu' | 'wasm' | 'cpu';
export type ProviderWish = 'auto' | 'webgpu' | 'wasm';

/** Providers to try, best first, and sentences for the person when a wish could not be met. */
export type ProviderPlan = { order: Provider[]; warnings: string[] };

type AdapterInfo = Partial<
  Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'>
>;
type Gpu = { requestAdapter(options?: { powerPreference: 'high-performance' }): Promise<{ info: AdapterInfo } | null> };

/** A driver that does not answer would keep the world shut for ever. */
const adapterTimeoutMs = 10_000;

/** @param gpu `navigator.gpu`, undefined where there is no WebGPU */
export async function planProviders(wish: ProviderWish, gpu: Gpu | undefined): Promise<ProviderPlan> {
  if (wish === 'wasm') return { order: ['wasm'], warnings: [] };
  const adapter = gpu && (await requestAdapter(gpu));
  if (!adapter) {
    const warning = 'WebGPU is not available here, so the network runs on the CPU (WASM), more slowly.';
    return { order: ['wasm'], warnings: wish === 'webgpu' ? [warning] : [] };
  }
  // A GPU emulated by the CPU takes seconds for a frame that WASM paints in milliseconds.
  if (wish === 'auto' && isSoftware(adapter.info)) return { order: ['wasm'], warnings: [] };
  return { order: ['webgpu', 'wasm'], warnings: [] };
}

async function requestAdapter(gpu: Gpu): Promise<{ info: AdapterInfo } | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), adapterTimeoutMs);
  });
  const answer = gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  const adapter = await Promise.race([answer, tooLate]);
  clearTimeout(timer);
  return adapter;
}

function isSoftware(info: AdapterInfo): boolean {
  const words = `${info.vendor ?? ''} ${info.architecture ?? ''} ${info.device ?? ''} ${info.description ?? ''}`;
  return info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|softpipe|basic render/i.test(words);
}

/** Threads for WASM: more than one needs shared memory, and half the cores are left to the page and the headset. */
export function wasmThreads(crossOriginIsolated: boolean, cores: number): number {
  return crossOriginIsolated ? Math.min(4, Math.ceil(cores / 2)) : 1;
}

export function providerName(provider: Provider): string {
  return { webgpu: 'WebGPU', wasm: 'WASM', cpu: 'CPU' }[provider];
}
