import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as ort from 'onnxruntime-node';
import { loadPackage } from '../../../workers/backends/onnx/package-loader';
import type { OrtRuntime } from '../../../workers/backends/onnx/web-runtime';
import type { Pose } from '../../math/types';
import { fetchFile } from '../node-fetch';
import { countMultiplyAdds } from './multiply-adds';
import { loadWasmRuntime, nativeRuntime } from './node-runtime';
import { readOnnxWeights } from './onnx-file';
import { OpenedWorld, trueMapOf } from './opened-world';
import { medianOf } from './picture-scores';
import { heldoutSeed, type WorldPlan } from './plan';
import type { PackageRow, SpeedRow } from './result';
import { strollPoses } from './stroller';
import { chooseSpawn } from '../../../workers/layout/spawn';

/** See `models/training/reference_unet.py`. */
const referenceFile = 'models/training/reference-unet.onnx';
const referenceSide = 64;
const warmUpRuns = 3;

export type SpeedOutcome = { rows: SpeedRow[]; notes: string[] };

/** Times of this machine, on one thread: `paint` and the reference take turns, so that other work meets both. */
export async function benchSpeed(
  manifestFiles: readonly string[],
  plan: WorldPlan,
  seed: number,
  onProgress: (text: string) => void,
): Promise<SpeedOutcome> {
  const rows: SpeedRow[] = [];
  const notes: string[] = [];
  for (const manifestFile of manifestFiles) {
    onProgress(`times on the CPU: ${manifestFile}`);
    rows.push(...(await timePackage(manifestFile, nativeRuntime, 'cpu', plan, seed)));
  }
  let wasm: OrtRuntime | null = null;
  try {
    wasm = await loadWasmRuntime();
  } catch (error) {
    notes.push(`WASM could not be loaded in Node, so it has no times: ${error instanceof Error ? error.message : String(error)}`);
  }
  for (const manifestFile of wasm ? manifestFiles : []) {
    onProgress(`times on WASM: ${manifestFile}`);
    try {
      rows.push(...(await timePackage(manifestFile, wasm!, 'wasm', plan, seed)));
    } catch (error) {
      notes.push(`${manifestFile} has no WASM times: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { rows, notes };
}

async function timePackage(
  manifestFile: string,
  runtime: OrtRuntime,
  provider: 'cpu' | 'wasm',
  plan: WorldPlan,
  seed: number,
): Promise<SpeedRow[]> {
  const world = await OpenedWorld.open(manifestFile, { map: 'true', runtime });
  const worldSeed = heldoutSeed(seed, 0);
  const map = trueMapOf(world.layoutKind, worldSeed);
  const poses = strollPoses(map, chooseSpawn(map), plan.timedRuns + warmUpRuns);
  await world.begin(worldSeed, 'auto', poses[0]);
  const reference = await openReference(runtime, provider);
  const [paint, whole, compared]: [number[], number[], number[]] = [[], [], []];
  for (const [k, pose] of poses.entries()) {
    const { paintMs, stepMs } = await timeStep(world, pose);
    const referenceMs = await reference.run();
    if (k < warmUpRuns) continue;
    paint.push(paintMs);
    whole.push(stepMs);
    compared.push(referenceMs);
  }
  await reference.close();
  await world.close();
  const { id } = world.model.info;
  const row = (what: string, values: number[]): SpeedRow => ({ kind: 'speed', what, provider, msP50: medianOf(values) ?? Number.NaN });
  return [row(`paint of ${id}`, paint), row(`map and paint of ${id}`, whole), row(`reference beside ${id}`, compared)];
}

async function timeStep(world: OpenedWorld, pose: Pose): Promise<{ paintMs: number; stepMs: number }> {
  const begun = performance.now();
  const { inferenceBegunMs, inferenceEndedMs } = await world.step(pose);
  return { paintMs: inferenceEndedMs - inferenceBegunMs, stepMs: performance.now() - begun };
}

async function openReference(runtime: OrtRuntime, provider: 'cpu' | 'wasm') {
  const options = { executionProviders: [provider], graphOptimizationLevel: 'all' } as const;
  const session = await runtime.ort.InferenceSession.create(readFileSync(referenceFile), options);
  const shape = [1, 3, referenceSide, referenceSide];
  const image = new runtime.ort.Tensor('float32', new Float32Array(3 * referenceSide ** 2).fill(0.5), shape);
  return {
    async run(): Promise<number> {
      const begun = performance.now();
      const results = await session.run({ image });
      const ms = performance.now() - begun;
      for (const name in results) results[name].dispose();
      return ms;
    },
    close: () => session.release(),
  };
}

/** What each graph of a package weighs, and what one run of its painter computes. */
export async function weighPackage(manifestFile: string): Promise<PackageRow[]> {
  const manifestUrl = pathToFileURL(path.resolve(manifestFile)).href;
  const { manifest, graph, imagine } = await loadPackage({ manifestUrl, fetchFile });
  const weigh = (name: string, bytes: Uint8Array, multiplyAdds: number | null): PackageRow => {
    const { parameters, savedByHalf } = readOnnxWeights(bytes);
    return { kind: 'package', id: manifest.id, graph: name, bytes: bytes.length, bytesFp16: bytes.length - savedByHalf, parameters, multiplyAdds };
  };
  const feeds: Record<string, ort.Tensor> = {};
  const inputs = [...Object.entries(manifest.inputs).map(([name, { shape }]) => ({ name, shape: shape as readonly number[] })),
    ...manifest.state.map(({ input, shape }) => ({ name: input, shape: shape as readonly number[] }))];
  for (const { name, shape } of inputs) {
    feeds[name] = new ort.Tensor('float32', new Float32Array(shape.reduce((all, side) => all * side, 1)), [...shape]);
  }
  const rows = [weigh('paint', graph, await countMultiplyAdds(graph, feeds))];
  if (imagine) rows.push(weigh('imagine, prefill', imagine.prefill, null), weigh('imagine, step', imagine.step, null));
  return rows;
}
