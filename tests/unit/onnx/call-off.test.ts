import * as ort from 'onnxruntime-node';
import { expect, test } from 'vitest';
import type { OpenProgress } from '../../../src/world/contracts';
import { openOnnxModel } from '../../../workers/backends/onnx/open-onnx-model';
import type { OrtApi } from '../../../workers/backends/onnx/session';
import type { OrtRuntime } from '../../../workers/backends/onnx/web-runtime';
import { serve, tinyFiles, tinyUrl } from '../../fixtures/tiny-package';
import { tinySurroundings } from '../../fixtures/tiny-surroundings';
import { gate, until } from '../host/fake-world';
import { nodeRuntime } from './node-runtime';

/** The native runtime, which counts what it makes and frees. */
function countingRuntime(hooks: { creating?: () => Promise<void>; created?: () => void; ran?: () => void } = {}) {
  const counts = { created: 0, runs: 0, released: 0 };
  const api: OrtApi = {
    Tensor: ort.Tensor,
    InferenceSession: {
      async create(graph, options) {
        await hooks.creating?.();
        const session = await ort.InferenceSession.create(graph, options);
        counts.created++;
        hooks.created?.();
        const { inputNames, outputNames, inputMetadata, outputMetadata } = session;
        const run = async (...args: Parameters<typeof session.run>) => {
          const results = await session.run(...args);
          counts.runs++;
          hooks.ran?.();
          return results;
        };
        const release = async () => {
          counts.released++;
          await session.release();
        };
        return { inputNames, outputNames, inputMetadata, outputMetadata, run, release } as unknown as typeof session;
      },
    },
  };
  return { counts, runtime: nodeRuntime(['cpu', 'cpu'], api) };
}

function open(runtime: OrtRuntime, signal: AbortSignal, fetchFile = serve(tinyFiles())) {
  const steps: OpenProgress['step'][] = [];
  const surroundings = tinySurroundings();
  const onProgress = ({ step }: OpenProgress) => void steps.push(step);
  return { steps, model: openOnnxModel({ manifestUrl: tinyUrl, provider: 'auto', surroundings, runtime, signal, fetchFile, onProgress }) };
}

const reason = new Error('another world was chosen');

test('an opening that is called off while it downloads compiles nothing', async () => {
  const stop = new AbortController();
  const files = serve(tinyFiles());
  const fetchFile = (async (url: string, init: RequestInit) => {
    if (url.endsWith('.bin')) stop.abort(reason);
    init.signal?.throwIfAborted();
    return files(url, init);
  }) as unknown as typeof fetch;
  const { counts, runtime } = countingRuntime();
  const { model, steps } = open(runtime, stop.signal, fetchFile);
  await expect(model).rejects.toBe(reason);
  expect(new Set(steps)).toEqual(new Set(['download']));
  expect(counts).toEqual({ created: 0, runs: 0, released: 0 });
});

test('an opening that is called off while it looks for a provider compiles nothing', async () => {
  const stop = new AbortController();
  const { counts, runtime } = countingRuntime();
  const plan: OrtRuntime['plan'] = async (wish) => {
    stop.abort(reason);
    return runtime.plan(wish);
  };
  const { model, steps } = open({ ...runtime, plan }, stop.signal);
  await expect(model).rejects.toBe(reason);
  expect(steps).not.toContain('compile');
  expect(counts.created).toBe(0);
});

test('an opening that is called off while it compiles frees the session, without a self-check or another provider', async () => {
  const stop = new AbortController();
  const { counts, runtime } = countingRuntime({ created: () => stop.abort(reason) });
  const { model, steps } = open(runtime, stop.signal);
  await expect(model).rejects.toBe(reason);
  expect(counts).toEqual({ created: 1, runs: 0, released: 1 });
  expect(steps).not.toContain('self-check');
});

test('an opening that is called off while it checks itself frees the session and tries no other provider', async () => {
  const stop = new AbortController();
  const { counts, runtime } = countingRuntime({ ran: () => stop.abort(reason) });
  const { model, steps } = open(runtime, stop.signal);
  await expect(model).rejects.toBe(reason);
  expect(counts).toEqual({ created: 1, runs: 1, released: 1 });
  expect(steps).not.toContain('done');
});

test('an opening that is called off while it waits for another to compile never begins to', async () => {
  const stop = new AbortController();
  const compiling = gate();
  const first = countingRuntime({ creating: () => compiling.opened });
  const second = countingRuntime();
  const running = open(first.runtime, new AbortController().signal);
  await until(() => running.steps.includes('compile'), 'the first compiles');
  const waiting = open(second.runtime, stop.signal);
  await until(() => waiting.steps.includes('compile'), 'the second waits for it');
  stop.abort(reason);
  compiling.open();
  await expect(waiting.model).rejects.toBe(reason);
  (await running.model).dispose();
  expect(second.counts.created).toBe(0);
});

test('calling off an opening that is done changes nothing', async () => {
  const stop = new AbortController();
  const { counts, runtime } = countingRuntime();
  const model = await open(runtime, stop.signal).model;
  stop.abort(reason);
  await model.open(1, null);
  expect(counts.released).toBe(0);
  model.dispose();
});
