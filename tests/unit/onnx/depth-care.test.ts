import { expect, test } from 'vitest';
import { serve, tinyFiles, tinyUrl, withManifest, type Files } from '../../fixtures/tiny-package';
import { tinySurroundings } from '../../fixtures/tiny-surroundings';
import { openOnnxModel } from '../../../workers/backends/onnx/open-onnx-model';
import { nodeRuntime } from './node-runtime';

async function careOf(files: Files) {
  const model = await openOnnxModel({
    manifestUrl: tinyUrl,
    provider: 'auto',
    surroundings: tinySurroundings(),
    fetchFile: serve(files),
    runtime: nodeRuntime(),
  });
  const care = model.info.depthCare;
  model.dispose();
  return care;
}

test('a world carries what its manifest asks to be done to its depth', async () => {
  expect(await careOf(withManifest(tinyFiles(), () => {}))).toEqual({ median: false, align: false });
  const both = withManifest(tinyFiles(), (m) => {
    Object.assign(m['outputs'].inverseDepth, { filter: 'median', scaleOverTime: 'wobbles' });
  });
  expect(await careOf(both)).toEqual({ median: true, align: true });
});
