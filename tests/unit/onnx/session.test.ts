import { expect, test } from 'vitest';
import { parseManifest } from '../../../src/world/manifest';
import { bindPackage } from '../../../workers/backends/onnx/onnx-model';
import { StepSession, type OrtApi } from '../../../workers/backends/onnx/session';
import { tinyFiles, tinyUrl } from '../../fixtures/tiny-package';

const files = tinyFiles();
const manifest = parseManifest(JSON.parse(new TextDecoder().decode(files['manifest.json'])), tinyUrl);
const shapes = { image: [1, 15, 16, 16], style: [1, 18], h: [1, 4], rgb: [1, 3, 16, 16], inverseDepth: [1, 1, 16, 16], h_next: [1, 4] };
type Name = keyof typeof shapes;

/** A runtime that only counts: how much is under way at once, what is not disposed, and what state each run was fed. */
function countingRuntime(fails = false) {
  const counts = { underWay: 0, most: 0, undisposed: 0, released: 0 };
  const fed: number[] = [];
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
    async getData() {
      return this.data;
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
      run: async (feeds: Record<string, Tensor>, fetches: Name[]) => {
        fed.push(feeds['h']!.data[0]);
        await busy();
        return Object.fromEntries(fetches.map((name) => [name, new Tensor('float32', new Float32Array(4).fill(fed.length))]));
      },
      release: async () => counts.released++,
    };
  };
  return { counts, fed, ort: { Tensor, InferenceSession: { create } } as unknown as OrtApi };
}

test('creations and runs of all sessions take their turns; of the outputs only the newest state is kept', async () => {
  const { counts, ort } = countingRuntime();
  const { feeds } = bindPackage(manifest);
  const make = () => StepSession.create(ort, files['tiny.onnx'], 'cpu', manifest, feeds);
  const [one, two] = await Promise.all([make(), make()]);
  const afterCreation = counts.undisposed;
  await Promise.all([one.run(() => undefined), two.run(() => undefined), make(), one.run(() => undefined)]);
  expect(counts.most).toBe(1);
  expect(counts.undisposed).toBe(afterCreation + feeds.length + 2);
  await Promise.all([one.dispose(), two.dispose()]);
  expect(counts.undisposed).toBe(afterCreation + feeds.length);
  expect(counts.released).toBe(2);
});

test('outputs are disposed even when reading them throws, and the next run goes on', async () => {
  const { counts, ort } = countingRuntime();
  const session = await StepSession.create(ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const before = counts.undisposed;
  await expect(session.run(() => { throw new Error('bad reader'); })).rejects.toThrow('bad reader');
  await session.run(() => undefined);
  expect(counts.undisposed).toBe(before + 1);
  session.forgetState();
  await session.run(() => session.forgetState());
  expect(counts.undisposed).toBe(before);
});

test('state goes from one run to the next as it came, and begins anew once it is forgotten', async () => {
  const { fed, ort } = countingRuntime();
  const { feeds } = bindPackage(manifest);
  feeds.find(({ name }) => name === 'h')!.data.fill(7);
  const session = await StepSession.create(ort, files['tiny.onnx'], 'cpu', manifest, feeds);
  for (let k = 0; k < 3; k++) await session.run(() => undefined);
  expect(fed).toEqual([7, 1, 2]);
  expect(await session.readState()).toEqual({ h_next: new Float32Array(4).fill(3) });
  const late = session.run(() => undefined);
  while (fed.length < 4) await new Promise((resolve) => setTimeout(resolve));
  session.forgetState();
  await late;
  await session.run(() => undefined);
  expect(fed.slice(3)).toEqual([3, 7]);
});

test('a run that fails rejects, and does not block what waits behind it', async () => {
  const broken = await StepSession.create(countingRuntime(true).ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const whole = await StepSession.create(countingRuntime().ort, files['tiny.onnx'], 'cpu', manifest, bindPackage(manifest).feeds);
  const failing = broken.run(() => undefined);
  const working = whole.run(() => undefined);
  await expect(failing).rejects.toThrow('device lost');
  await expect(working).resolves.toBeUndefined();
});
