import { describe, expect, test } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { OpenProgress } from '../../../src/world/contracts';
import { openOnnxModel } from '../../../workers/backends/onnx/open-onnx-model';
import type { Provider } from '../../../workers/backends/onnx/providers';
import { createMapView } from '../../../workers/layout/map-view';
import { actionAt, fillMapView, poseAt, tinySurroundings } from '../../fixtures/tiny-surroundings';
import { serve, tinyFiles, tinyUrl, withManifest, type Files } from '../../fixtures/tiny-package';
import { faultyGpu, nodeRuntime } from './node-runtime';

const here = poseAt(0, 1.6, 0);

async function openTiny(files: Files = tinyFiles(), order?: Provider[], api?: typeof faultyGpu) {
  const progress: OpenProgress[] = [];
  const surroundings = tinySurroundings();
  const model = await openOnnxModel({
    manifestUrl: tinyUrl,
    provider: 'auto',
    surroundings,
    fetchFile: serve(files),
    onProgress: (step) => progress.push(step),
    runtime: nodeRuntime(order, api),
  });
  return { model, surroundings, progress };
}

describe('a package that is right', () => {
  test('opens in three steps and says what it is', async () => {
    const { model, progress } = await openTiny();
    expect([...new Set(progress.map((p) => p.step))]).toEqual(['download', 'compile', 'self-check', 'done']);
    expect(progress.at(-1)).toEqual({ step: 'done', provider: 'cpu' });
    await model.open(11, null);
    expect(model.info).toMatchObject({
      id: 'tiny-world',
      hasDepth: true,
      rateHz: 30,
      provider: 'cpu',
      layout: { kind: 'courtyards', seed: 11 },
      camera: { width: 16, height: 16, fx: expect.closeTo(8, 5) },
    });
    expect(model.warnings).toEqual([]);
    model.dispose();
  });

  test('starts where it is told, or where its surroundings say', async () => {
    const { model } = await openTiny();
    expect((await model.open(1, poseAt(4, 5, 6))).worldFromHead.slice(12, 15)).toEqual(new Float32Array([4, 5, 6]));
    expect((await model.open(1, null)).worldFromHead.slice(12, 15)).toEqual(new Float32Array([1, 1.6, -2]));
    model.dispose();
  });

  test('paints at the pose of the action, with the depth of the map', async () => {
    const { model, surroundings } = await openTiny();
    await model.open(1, null);
    const pose = poseFromYawPitch([3, 1.5, -7], 0.4, 0.1);
    const frame = await model.step(actionAt(pose));
    expect(surroundings.poses.at(-1)).toEqual(pose);
    expect(frame.worldFromCamera).toEqual(pose);
    const map = createMapView(16, 16);
    fillMapView(map);
    expect(frame.inverseDepth).toEqual(map.inverseDepth);
    expect(frame.inferenceEndedMs).toBeGreaterThanOrEqual(frame.inferenceBegunMs);
    expect(frame.readBackMs).toBeGreaterThanOrEqual(frame.inferenceEndedMs);
    // The texture of the tiny graph is at most 0.05, its tint about 0.1: the colours are the map's, about.
    for (let i = 0; i < 256; i++) {
      for (let c = 0; c < 3; c++) expect(Math.abs(frame.color[4 * i + c] / 255 - map.color[c * 256 + i])).toBeLessThan(0.2);
      expect(frame.color[4 * i + 3]).toBe(255);
    }
    model.dispose();
  });

  test('carries its state from step to step: red brightens by 0.1, then by 0.05, then by 0.025', async () => {
    const { model } = await openTiny(withoutChance());
    await model.open(1, here);
    const red: number[] = [];
    for (let i = 0; i < 4; i++) red.push((await model.step(actionAt(here))).color[0] / 255);
    // h = 0, 1, 1.5, 1.75; the glow is 0.1 h. Bytes round to 0.004.
    expect(red[1] - red[0]).toBeCloseTo(0.1, 2);
    expect(red[2] - red[1]).toBeCloseTo(0.05, 2);
    expect(red[3] - red[2]).toBeCloseTo(0.025, 2);
    model.dispose();
  });

  test('answers the trigger one step later, in blue, and not at all without it', async () => {
    const { model } = await openTiny(withoutChance());
    const blueAfter = async (trigger: number) => {
      await model.open(1, here);
      await model.step(actionAt(here, trigger));
      return (await model.step(actionAt(here))).color[2] / 255;
    };
    expect((await blueAfter(1)) - (await blueAfter(0))).toBeCloseTo(0.2, 2);
    model.dispose();
  });

  test('is the same world again for the same seed, to the last byte, and another for another', async () => {
    const { model } = await openTiny();
    const walk = async (seed: number) => {
      await model.open(seed, here);
      const bytes: number[] = [];
      for (let i = 0; i < 5; i++) bytes.push(...(await model.step(actionAt(poseAt(0.2 * i, 1.6, 0)))).color);
      return bytes;
    };
    const first = await walk(5);
    expect(await walk(5)).toEqual(first);
    expect(await walk(6)).not.toEqual(first);
    model.dispose();
  });

  test('forgets a step that was running when the world was opened again', async () => {
    const { model } = await openTiny(withoutChance());
    await model.open(1, here);
    const fresh = (await model.step(actionAt(here))).color[0];
    const late = model.step(actionAt(here));
    await model.open(1, here);
    await late;
    expect((await model.step(actionAt(here))).color[0]).toBe(fresh);
    model.dispose();
  });

  test('starts without a stored check, as long as its numbers are finite', async () => {
    const { model } = await openTiny(withManifest(tinyFiles(), (m) => delete m['selfCheck']));
    expect(model.info.provider).toBe('cpu');
    model.dispose();
  });
});

/** Tiny-world without noise, history and memory in the texture, so that only the state can change the picture. */
function withoutChance(): Files {
  return withManifest(tinyFiles(), (m) => {
    m['inputs'].image.parts.splice(3, 3, { source: 'constant', values: [0, 0, 0, 0, 0, 0] });
  });
}

describe('a provider that fails', () => {
  test('by computing wrongly is left for the next, with a sentence', async () => {
    const { model, progress } = await openTiny(tinyFiles(), ['webgpu', 'cpu'], faultyGpu);
    expect(model.info.provider).toBe('cpu');
    expect(model.warnings).toEqual([
      'WebGPU cannot run Tiny world: the self-check failed, output "rgb" is off by 0.50, more than 0.001. CPU is used instead.',
    ]);
    expect(progress.filter((p) => p.step === 'self-check')).toEqual([
      { step: 'self-check', provider: 'webgpu' },
      { step: 'self-check', provider: 'cpu' },
    ]);
    await model.open(1, null);
    expect((await model.step(actionAt(here))).color.length).toBe(1024);
    model.dispose();
  });

  test('when there is no other ends in one sentence', async () => {
    await expect(openTiny(tinyFiles(), ['webgpu'], faultyGpu)).rejects.toThrow(
      /^World package tiny-world: tiny\.onnx does not run here\. WebGPU cannot run Tiny world: the self-check failed, .* Open another world, or reload\.$/,
    );
  });
});

describe('a package that does not fit its graph is refused by name', () => {
  /** The file is another one, and the manifest says so rightly: only the graph itself can tell. */
  const notOnnx = () => {
    const files = tinyFiles();
    return withManifest({ ...files, 'tiny.onnx': files['tiny.onnx'].slice(0, 1500) }, (m) => {
      m['graphs'].step.bytes = 1500;
      m['graphs'].step.sha256 = 'ab61f9b2ffd8d1d4ba0d4c4dd4e0d4a1d1d4ba0d4c4dd4e0d4a1d1d4ba0d4c4d';
    });
  };

  test.each<[string, (m: Record<string, any>) => void, string]>([ // oxlint-disable-line typescript/no-explicit-any -- tests break the shape on purpose
    ['a name that the graph lacks', (m) => (m['state'][0].input = 'hidden'), 'World package tiny-world: tiny.onnx has no input "hidden" that the manifest binds; it has image, style, h. Correct the name in the manifest.'],
    ['an output that the graph lacks', (m) => (m['state'][0].output = 'hidden'), 'World package tiny-world: tiny.onnx has no output "hidden" that the manifest binds; it has rgb, inverseDepth, h_next.'],
    ['an input that is not bound', (m) => (m['state'] = []), 'World package tiny-world: tiny.onnx has the input "h", which the manifest does not bind. Add it to "inputs" or "state".'],
    ['a state of another shape', (m) => (m['state'][0].shape = [1, 5]), 'World package tiny-world: tiny.onnx: input "h" is [1, 4] in the graph, but [1, 5] in the manifest. Make them the same.'],
    [
      'an input of another shape',
      (m) => {
        m['inputs'].style = { shape: [1, 19], parts: [...m['inputs'].style.parts, { source: 'constant', values: [0] }] };
        delete m['selfCheck'];
      },
      'World package tiny-world: tiny.onnx: input "style" is [1, 18] in the graph, but [1, 19] in the manifest. Make them the same.',
    ],
  ])('%s', async (_, change, sentence) => {
    await expect(openTiny(withManifest(tinyFiles(), change))).rejects.toThrow(sentence);
  });

  test('and so is a file that is no graph', async () => {
    const files = notOnnx();
    const digest = await crypto.subtle.digest('SHA-256', files['tiny.onnx'] as Uint8Array<ArrayBuffer>);
    const sha256 = Buffer.from(digest).toString('hex');
    const honest = withManifest(files, (m) => (m['graphs'].step.sha256 = sha256));
    await expect(openTiny(honest)).rejects.toThrow(/^World package tiny-world: tiny\.onnx does not run here\. CPU cannot run Tiny world: /);
  });

  test('and so is a package that needs a map where there is none', async () => {
    const opening = openOnnxModel({ manifestUrl: tinyUrl, provider: 'auto', surroundings: null, fetchFile: serve(tinyFiles()), runtime: nodeRuntime() });
    await expect(opening).rejects.toThrow('World package tiny-world reads the semantic map, but there is none here.');
  });
});
