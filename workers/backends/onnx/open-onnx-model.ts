import type { OpenProgress } from '../../../src/world/contracts';
import { bindPackage, needsSurroundings, OnnxModel, type Binding } from './onnx-model';
import { loadPackage } from './package-loader';
import { providerName, type Provider, type ProviderWish } from './providers';
import { decodeSelfCheck, findDifference, findNonFinite, type SelfCheck } from './self-check';
import { GraphMismatch, StepSession, type OrtApi } from './session';
import { usesSource } from './sources';
import { SpatialMemory } from './spatial-memory';
import type { Surroundings } from './surroundings';
import type { OrtRuntime } from './web-runtime';

export type OpenOnnxOptions = {
  manifestUrl: string;
  provider: ProviderWish;
  /** The map and its light; may be null for packages that do not read it. */
  surroundings: Surroundings | null;
  onProgress?: (progress: OpenProgress) => void;
  /** Stops the download; the promise then rejects with the signal's reason. */
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
  const { manifestUrl, provider: wish, onProgress, signal, fetchFile, surroundings } = options;
  const { manifest, graph, selfCheck } = await loadPackage({
    manifestUrl,
    signal,
    fetchFile,
    onProgress: (loadedBytes, totalBytes) => onProgress?.({ step: 'download', loadedBytes, totalBytes }),
  });
  if (needsSurroundings(manifest) && !surroundings) {
    throw new Error(
      `World package ${manifest.id} reads the semantic map, but there is none here. Open it in the viewer.`,
    );
  }
  const binding = bindPackage(manifest);
  const check = selfCheck && decodeSelfCheck(manifest, selfCheck);
  // Imported late, so that worlds without a network do not load the runtime.
  const runtime = options.runtime ?? (await import('./web-runtime')).webRuntime;
  const plan = await runtime.plan(wish);
  const failures: string[] = [];
  for (const provider of plan.order) {
    try {
      onProgress?.({ step: 'compile' });
      const session = await compile(runtime.ort, graph, provider, binding);
      onProgress?.({ step: 'self-check', provider });
      await warmUp(session, binding, check);
      const memory = usesSource(manifest, 'memory') ? new SpatialMemory(binding.camera) : null;
      const fallback = failures.map((failure) => `${failure} ${providerName(provider)} is used instead.`);
      onProgress?.({ step: 'done', provider });
      return new OnnxModel(binding, session, surroundings, memory, [...plan.warnings, ...fallback]);
    } catch (error) {
      if (error instanceof GraphMismatch) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`${providerName(provider)} cannot run ${manifest.name}: ${reason}.`);
    }
  }
  const what = `World package ${manifest.id}: ${manifest.graphs.step.file} does not run here.`;
  throw new Error(`${what} ${failures.join(' ')} Open another world, or reload.`);
}

function compile(ort: OrtApi, graph: Uint8Array, provider: Provider, binding: Binding): Promise<StepSession> {
  return StepSession.create(ort, graph, provider, binding.manifest, binding.feeds);
}

/** The first run compiles the shaders, so it is the self-check at once. Frees the session when the check fails. */
async function warmUp(session: StepSession, binding: Binding, check: SelfCheck | null): Promise<void> {
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
    if (wrong !== null) throw new Error(`the self-check failed, ${String(wrong)}`);
  } catch (error) {
    await session.dispose();
    throw error;
  }
}
