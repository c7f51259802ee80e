import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/world/manifest';
import { bindPackage } from '../../../workers/backends/onnx/onnx-model';
import { StepSession, type OrtApi } from '../../../workers/backends/onnx/session';
import { tinyFiles, tinyUrl } from '../../fixtures/tiny-package';

const files = tinyFiles();
const manifest = parseManifest(JSON.parse(new TextDecoder().decode(files['manifest.json'])), tinyUrl);
const shapes = { image: [1, 15, 16, 16], style: [1, 18], h: [1, 4], rgb: [1, 3, 16, 16], inverseDepth: [1, 1, 16, 16], h_next: [1, 4] };
type Name = keyof typeof shapes;

/** A runtime that only counts: how much is under way at once, and what is not disposed. */
function countingRuntime(fails = false) {
  const counts = { underWay: 0, most: 0, undisposed: 0, released: 0 };
  const busy = async () => {
    counts.most = Math.max(counts.most, ++counts.underWay);
    await new Promise((resolve) => setTimeout(resolve, 2));
    counts.underWay--;
    if (fails) throw new Error('device lost');
  };
  const metadata = (names: Name[]) => names.map((name) => ({ name, isTensor: true, type: 'float32', shape: shapes[name] }));
  class Tensor {
    constructor(readonly type: string, readonly data: Float32Array) {
      counts.undisposed++;
    }
    dispose() {
      counts.undisposed--;
    }
  }
  const create = async () => {
    counts.most = Math.max(counts.most, ++counts.underWay);
    await new Promise((resolve) => setTimeout(resolve, 2));
    counts.underWay--;
    return {
      inputNames: ['image', 'style', 'h'],
      inputMetadata: metadata(['image', 'style', 'h']),
      outputMetadata: metadata(['rgb', 'inverseDepth', 'h_next']),
      run: async (_: unknown, fetches: Name[]) => {
        await busy();
        return Object.fromEntries(fetches.map((name) => [name, new Tensor('float32', new Float32Array(4))]));
      },
      release: async () => counts.released++,
    };
  };
  return { counts, ort: { Tensor, InferenceSession: { create } } as unknown as OrtApi };
}

test('creations and runs of all sessions take their turns, and every output is disposed', async () => {
  const { counts, ort } = countingRuntime();
  const { feeds } = bindPackage(manifest);
  const make = () => StepSession.create(ort, files['tiny.onnx'], 'cpu', manifest, feeds);
  const [one, two] = await Promise.all([make(), make()]);
  const afterCreation = counts.undisposed;
  await Promise.all([one.run(() => undefined), two.run(() => undefined), make(), one.run(() => undefined)]);
  expect(counts.most).toBe(1);
  expect(counts.undisposed).toBe(afterCreation + feeds.length);
  await Promise.all([one.dispose(), two.dispose()]);
  expect(counts.released).toBe(2);
});

test('outputs are disposed even when reading them throws, and the next run goes on', async () => {
  const { counts, ort } = countingRuntime();
  const session = await StepSession.create(ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const before = counts.undisposed;
  await expect(session.run(() => { throw new Error('bad reader'); })).rejects.toThrow('bad reader');
  await session.run(() => undefined);
  expect(counts.undisposed).toBe(before);
});

test('a run that fails rejects, and does not block what waits behind it', async () => {
  const broken = await StepSession.create(countingRuntime(true).ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const whole = await StepSession.create(countingRuntime().ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const failing = broken.run(() => undefined);
  const working = whole.run(() => undefined);
  await expect(failing).rejects.toThrow('device lost');
  await expect(working).resolves.toBeUndefined();
});
