import { describe, expect, test } from 'vitest';
import type { OpenProgress } from '../../src/world/contracts';
import { parseManifest } from '../../src/world/manifest';
import { bindPackage } from '../../workers/backends/onnx/onnx-model';
import { openOnnxModel } from '../../workers/backends/onnx/open-onnx-model';
import { loadPackage } from '../../workers/backends/onnx/package-loader';
import { decodeSelfCheck, findDifference, type NamedArrays } from '../../workers/backends/onnx/self-check';
import { StepSession, type OrtApi } from '../../workers/backends/onnx/session';
import { webRuntime, type OrtRuntime } from '../../workers/backends/onnx/web-runtime';
import { actionAt, poseAt, tinySurroundings } from '../fixtures/tiny-surroundings';

/** Compiling the shaders of even a tiny graph takes a software GPU half a minute on a busy machine. */
const webgpuTimeoutMs = 180_000;

const manifestUrl = new URL('../fixtures/tiny-world/manifest.json', import.meta.url).href;

/** Runs the tiny graph on one provider, on its stored inputs and with a state that is not zero. */
async function runOn(provider: 'webgpu' | 'wasm'): Promise<NamedArrays> {
  await webRuntime.plan(provider);
  const { manifest, graph, selfCheck } = await loadPackage({ manifestUrl });
  const { feeds } = bindPackage(parseManifest(manifestJson(manifest), manifestUrl));
  const check = decodeSelfCheck(manifest, selfCheck!);
  for (const { name, data } of feeds) data.set(check.inputs[name] ?? [0.3, -0.2, 0.1, 0.7]);
  const session = await StepSession.create(webRuntime.ort, graph, provider, manifest, feeds);
  const copies: Record<string, Float32Array> = {};
  // The second run is fed the state of the first, on WebGPU without a way over the processor.
  for (let k = 0; k < 2; k++) {
    await session.run((outputs) => {
      for (const [name, values] of Object.entries(outputs)) copies[`${name} ${k}`] = values.slice();
    });
    for (const [name, values] of Object.entries(await session.readState())) copies[`${name} ${k}`] = values;
  }
  session.forgetState();
  await session.run((outputs) => {
    for (const [name, values] of Object.entries(outputs)) copies[`${name} anew`] = values.slice();
  });
  await session.dispose();
  return copies;
}

/** `bindPackage` takes a checked manifest as it is; a copy keeps the two bindings apart. */
const manifestJson = (manifest: unknown) => {
  const json = structuredClone(manifest) as { inputs: Record<string, { kind?: string }> };
  for (const input of Object.values(json.inputs)) delete input.kind;
  return json;
};

test('WebGPU and WASM compute the same numbers to 1e-3, state included', { timeout: webgpuTimeoutMs }, async () => {
  const onGpu = await runOn('webgpu');
  const onCpu = await runOn('wasm');
  const names = ['h_next', 'inverseDepth', 'rgb'];
  const runs = [...names.flatMap((name) => [`${name} 0`, `${name} 1`]), 'inverseDepth anew', 'rgb anew'];
  expect(Object.keys(onGpu).sort()).toEqual(runs.sort());
  expect(findDifference(onCpu, onGpu, 1e-3)).toBeNull();
  // They are numbers of a picture, not two times nothing.
  expect(onCpu['rgb 0'].some((value) => value > 0.2 && value < 0.8)).toBe(true);
  // The state went on: h_next = 0.5 h + drive, and red glows by it. Forgotten, everything is as at first.
  expect(onGpu['h_next 0'].every((value) => value !== 0)).toBe(true);
  const drive = onCpu['h_next 0'].map((value, i) => value - 0.5 * [0.3, -0.2, 0.1, 0.7][i]);
  onGpu['h_next 1'].forEach((value, i) => expect(value).toBeCloseTo(0.5 * onCpu['h_next 0'][i] + drive[i], 3));
  expect(findDifference({ rgb: onCpu['rgb 0'] }, { rgb: onGpu['rgb anew'] }, 1e-3)).toBeNull();
});

describe('opening tiny-world in a browser', () => {
  const open = async (provider: 'auto' | 'webgpu' | 'wasm', runtime?: OrtRuntime) => {
    const progress: OpenProgress[] = [];
    const model = await openOnnxModel({ manifestUrl, provider, surroundings: tinySurroundings(), onProgress: (p) => progress.push(p), runtime });
    return { model, progress };
  };
  const walk = async (provider: 'webgpu' | 'wasm') => {
    const { model } = await open(provider);
    expect(model.info.provider).toBe(provider);
    expect(model.warnings).toEqual([]);
    await model.open(3, poseAt(0, 1.6, 0));
    let bytes: number[] = [];
    for (let i = 0; i < 4; i++) bytes = Array.from((await model.step(actionAt(poseAt(0.3 * i, 1.6, 0), 1))).color);
    model.dispose();
    return bytes;
  };

  test('a walk of four steps ends in the same picture on WebGPU and WASM, to one level of colour', { timeout: webgpuTimeoutMs }, async () => {
    const onGpu = await walk('webgpu');
    const onCpu = await walk('wasm');
    const worst = onGpu.reduce((most, value, i) => Math.max(most, Math.abs(value - onCpu[i])), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });

  test('a GPU that is emulated in software is left alone unless asked for', async () => {
    const { model } = await open('auto');
    expect(model.info.provider).toBe('wasm');
    model.dispose();
  });

  test('a GPU that computes wrongly falls back to WASM and says so', { timeout: webgpuTimeoutMs }, async () => {
    const { model, progress } = await open('webgpu', { ...webRuntime, ort: withWrongGpu(webRuntime.ort) });
    expect(model.info.provider).toBe('wasm');
    expect(model.warnings).toHaveLength(1);
    expect(model.warnings[0]).toMatch(/^WebGPU cannot run Tiny world: the self-check failed, output "rgb" is off by .* WASM is used instead\.$/);
    expect(progress.at(-1)).toEqual({ step: 'done', provider: 'wasm' });
    await model.open(3, null);
    expect((await model.step(actionAt(poseAt(0, 1.6, 0)))).color.some((value) => value > 60 && value < 255)).toBe(true);
    model.dispose();
  });
});

/** onnxruntime-web, but what runs on WebGPU comes back a quarter too bright. */
function withWrongGpu(ort: OrtApi): OrtApi {
  const create = async (graph: Uint8Array, options: { executionProviders: unknown[] }) => {
    const session = await ort.InferenceSession.create(graph, options as object);
    if (options.executionProviders[0] === 'wasm') return session;
    const run = session.run.bind(session) as (...args: unknown[]) => ReturnType<typeof session.run>;
    session.run = (async (...args: unknown[]) => {
      const results = await run(...args);
      (results['rgb'].data as Float32Array).forEach((value, i, all) => (all[i] = value + 0.25));
      return results;
    }) as typeof session.run;
    return session;
  };
  return { Tensor: ort.Tensor, InferenceSession: { create } as unknown as OrtApi['InferenceSession'] };
}
