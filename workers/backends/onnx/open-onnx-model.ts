import type { OpenProgress } from '../../../src/world/contracts';
import { messageOf } from './counted-download';
import { bindPackage, needsSurroundings, OnnxModel, type Binding } from './onnx-model';
import { loadPackage, type WorldPackage } from './package-loader';
import { providerName, type ProviderPlan, type ProviderWish } from './providers';
import { decodeSelfCheck, findDifference, findNonFinite, type SelfCheck } from './self-check';
import { GraphMismatch, StepSession } from './session';
import { usesSource } from './sources';
import { SpatialMemory } from './spatial-memory';
import type { Surroundings, SurroundingsMaker } from './surroundings';
import type { OrtRuntime } from './web-runtime';

export type OpenOnnxOptions = {
  manifestUrl: string;
  provider: ProviderWish;
  /** The map and its light; may be null for packages that do not read it. */
  surroundings: Surroundings | SurroundingsMaker | null;
  onProgress?: (progress: OpenProgress) => void;
  /** Calls the opening off, at the latest when what compiles is done; the promise then rejects with its reason. */
  signal?: AbortSignal;
  fetchFile?: typeof fetch;
  /** @default onnxruntime-web; tests in Node bring onnxruntime-node */
  runtime?: OrtRuntime;
};

/**
 * Downloads a world package, compiles its graph on the best provider that computes it rightly, and warms it up.
 * @throws Error with one sentence that says what to do
 */
export async function openOnnxModel(options: OpenOnnxOptions): Promise<OnnxModel> {
  const { manifestUrl, provider: wish, onProgress, signal, fetchFile = fetch, surroundings } = options;
  const runtime = options.runtime ?? (await importWebRuntime());
  const runtimeBytes = runtime.download?.pendingBytes() ?? 0;
  let packageBytes = 0;
  const { manifest, graph, imagine, selfCheck } = await loadPackage({
    manifestUrl,
    signal,
    fetchFile,
    onProgress: (loadedBytes, bytes) => {
      packageBytes = bytes;
      onProgress?.({ step: 'download', loadedBytes, totalBytes: bytes + runtimeBytes });
    },
  });
  if (needsSurroundings(manifest) && !surroundings) {
    throw new Error(
      `World package ${manifest.id} reads the semantic map, but there is none here. Open it in the viewer.`,
    );
  }
  const binding = bindPackage(manifest);
  const check = selfCheck && decodeSelfCheck(manifest, selfCheck);
  const plan = await runtime.plan(wish);
  // After all that can be wrong with the package, because it is the larger part; just before it is used.
  await runtime.download?.load(fetchFile, signal, (loaded) => {
    onProgress?.({ step: 'download', loadedBytes: packageBytes + loaded, totalBytes: packageBytes + runtimeBytes });
  });
  signal?.throwIfAborted();
  const around = typeof surroundings === 'function' ? surroundings({ manifest, imagine }) : surroundings;
  try {
    return await compile(runtime.ort, { manifest, graph }, binding, check, plan, around, options);
  } catch (error) {
    around?.dispose?.();
    throw error;
  }
}

/** Tries one provider after the other until one computes the graph rightly. */
async function compile(
  ort: OrtRuntime['ort'],
  { manifest, graph }: Pick<WorldPackage, 'manifest' | 'graph'>,
  binding: Binding,
  check: SelfCheck | null,
  plan: ProviderPlan,
  surroundings: Surroundings | null,
  { onProgress, signal }: OpenOnnxOptions,
): Promise<OnnxModel> {
  const failures: string[] = [];
  for (const provider of plan.order) {
    try {
      onProgress?.({ step: 'compile' });
      const session = await StepSession.create(ort, graph, provider, manifest, binding.feeds, signal);
      onProgress?.({ step: 'self-check', provider });
      await warmUp(session, binding, check, signal);
      const memory = usesSource(manifest, 'memory') ? new SpatialMemory(binding.camera) : null;
      const fallback = failures.map((failure) => `${failure} ${providerName(provider)} is used instead.`);
      onProgress?.({ step: 'done', provider });
      return new OnnxModel(binding, session, surroundings, memory, [...plan.warnings, ...fallback]);
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof GraphMismatch) throw error;
      failures.push(`${providerName(provider)} cannot run ${manifest.name}: ${messageOf(error).replace(/[.\s]+$/, '')}.`);
    }
  }
  const what = `World package ${manifest.id}: ${manifest.graphs.step.file} does not run here.`;
  throw new Error(`${what} ${failures.join(' ')} Open another world, or reload.`);
}

/** Imported late, so that worlds without a network do not load the runtime. */
async function importWebRuntime(): Promise<OrtRuntime> {
  try {
    return (await import('./web-runtime')).webRuntime;
  } catch (error) {
    // Browsers may remember that a module failed, so asking again would not help.
    throw new Error(`ONNX Runtime could not be loaded (${messageOf(error)}). Check the connection and reload.`);
  }
}

/** The first run compiles the shaders, so it is the self-check at once. Frees the session when that fails or is off. */
async function warmUp(
  session: StepSession,
  binding: Binding,
  check: SelfCheck | null,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (const { name, data } of binding.feeds) {
    const stored = check?.inputs[name];
    if (stored) data.set(stored);
    else data.fill(0);
  }
  let wrong: string | null = null;
  try {
    await session.run((outputs) => {
      const tolerance = binding.manifest.selfCheck?.tolerance ?? 0;
      wrong = (check && findDifference(check.outputs, outputs, tolerance)) ?? findNonFinite(outputs);
    });
    wrong ??= findNonFinite(await session.readState());
    signal?.throwIfAborted();
    if (wrong !== null) throw new Error(`the self-check failed, ${String(wrong)}`);
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
