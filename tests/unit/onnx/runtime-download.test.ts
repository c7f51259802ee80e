import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OpenProgress } from '../../../src/world/contracts';
import { openOnnxModel } from '../../../workers/backends/onnx/open-onnx-model';
import { RuntimeDownload, runtimeWasmBytes, type WasmFlags } from '../../../workers/backends/onnx/runtime-download';
import { serve, tinyFiles, tinyUrl } from '../../fixtures/tiny-package';
import { tinySurroundings } from '../../fixtures/tiny-surroundings';
import { nodeRuntime } from './node-runtime';

const wasmUrl = 'https://example.org/assets/ort.wasm';
const wasm = Uint8Array.from({ length: 5000 }, (_, i) => i % 251);

/** A `fetch` that answers the runtime's address with one reply after another, and notes how often it was asked. */
function server(...replies: (() => Response | Promise<Response>)[]) {
  const asked: string[] = [];
  const fetchFile = (async (url: string) => {
    asked.push(url);
    return replies.shift()!();
  }) as unknown as typeof fetch;
  return { asked, fetchFile };
}

const whole = () => new Response(wasm.slice());
const offline = () => Promise.reject(new TypeError('Failed to fetch'));

test('the size that the progress counts on is that of the installed runtime', () => {
  const url = import.meta.resolve('onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm');
  expect(statSync(new URL(url)).size).toBe(runtimeWasmBytes);
});

describe('the file of the runtime', () => {
  test('is handed to the first session byte for byte, is freed after it, and is not fetched again', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    const { asked, fetchFile } = server(whole);
    expect(download.pendingBytes()).toBe(5000);
    await download.load(fetchFile);
    expect(download.pendingBytes()).toBe(0);
    await download.load(fetchFile);
    const flags: WasmFlags = {};
    let handed: ArrayBufferLike | undefined;
    const session = await download.begin(flags, async () => {
      handed = flags.wasmBinary as ArrayBuffer;
      expect(new Uint8Array(handed)).toEqual(wasm);
      return 'session';
    });
    expect(session).toBe('session');
    expect(flags).toEqual({});
    // Detached: whoever still holds it holds no memory.
    expect(handed?.byteLength).toBe(0);
    expect(await download.begin(flags, async () => flags.wasmBinary)).toBeUndefined();
    await download.load(fetchFile);
    expect(asked).toEqual([wasmUrl]);
  });

  test('is freed as well when the first session fails', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    await download.load(server(whole).fetchFile);
    const flags: WasmFlags = {};
    await expect(download.begin(flags, () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    expect(flags).toEqual({});
  });

  test('can be asked for again after each failure, and each failure is a sentence that names it', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    const { asked, fetchFile } = server(
      offline,
      () => new Response('', { status: 404 }),
      () => new Response(wasm.slice(0, 700)),
      () => new Response('<!doctype html><title>Reverie</title>', { headers: { 'content-type': 'text/html' } }),
      whole,
    );
    const load = () => download.load(fetchFile);
    await expect(load()).rejects.toThrow(`ONNX Runtime file ${wasmUrl} could not be fetched (Failed to fetch). Check`);
    await expect(load()).rejects.toThrow(`ONNX Runtime file ${wasmUrl} could not be fetched (HTTP 404). There is no such file`);
    await expect(load()).rejects.toThrow(
      `ONNX Runtime file ${wasmUrl} has 700 bytes, but this build says 5000: it was cut short or changed. Reload`,
    );
    await expect(load()).rejects.toThrow(`${wasmUrl} is a web page, not a file of ONNX Runtime`);
    expect(download.pendingBytes()).toBe(5000);
    await load();
    expect(download.pendingBytes()).toBe(0);
    expect(asked).toHaveLength(5);
  });
});

describe('opening a world', () => {
  /** Serves tiny-world, and the runtime by `reply`. */
  function open(download: RuntimeDownload, reply: () => Response | Promise<Response>, signal?: AbortSignal) {
    const progress: OpenProgress[] = [];
    const files = serve(tinyFiles());
    const fetchFile = (async (url: string, init: RequestInit) =>
      url === wasmUrl ? reply() : files(url, init)) as unknown as typeof fetch;
    const runtime = { ...nodeRuntime(), download };
    const surroundings = tinySurroundings();
    const onProgress = (step: OpenProgress) => progress.push(step);
    const model = openOnnxModel({ manifestUrl: tinyUrl, provider: 'auto', surroundings, fetchFile, runtime, onProgress, signal });
    return { model, progress };
  }
  const downloads = (progress: OpenProgress[]) => progress.flatMap((p) => (p.step === 'download' ? [p] : []));
  const packageBytes = tinyFiles()['tiny.onnx'].length + tinyFiles()['self-check.bin'].length;

  test('counts the bytes of the package and of the runtime as one download', async () => {
    const { model, progress } = open(new RuntimeDownload(wasmUrl, wasm.length), whole);
    (await model).dispose();
    const total = packageBytes + wasm.length;
    const seen = downloads(progress);
    expect(new Set(seen.map(({ totalBytes }) => totalBytes))).toEqual(new Set([total]));
    const loaded = seen.map(({ loadedBytes }) => loadedBytes);
    expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
    expect([loaded[0], loaded.at(-1)]).toEqual([0, total]);
    // The steps never go back.
    expect(progress.slice(seen.length).map(({ step }) => step)).toEqual(['compile', 'self-check', 'done']);
  });

  test('counts the runtime only while it is not here', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    (await open(download, whole).model).dispose();
    const { model, progress } = open(download, offline);
    (await model).dispose();
    expect(downloads(progress).at(-1)).toEqual({ step: 'download', loadedBytes: packageBytes, totalBytes: packageBytes });
  });

  test('says when the runtime did not come, and works when it is tried again', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    await expect(open(download, offline).model).rejects.toThrow(
      new RegExp(`^ONNX Runtime file ${wasmUrl} could not be fetched \\(Failed to fetch\\)\\. Check `),
    );
    const { model, progress } = open(download, whole);
    (await model).dispose();
    expect(progress.at(-1)).toEqual({ step: 'done', provider: 'cpu' });
  });

  test('that is called off in the middle of the runtime stops reading it, and the next one gets it', async () => {
    const download = new RuntimeDownload(wasmUrl, wasm.length);
    const stop = new AbortController();
    let pulls = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (++pulls === 3) stop.abort(new Error('another world was chosen'));
        controller.enqueue(wasm.slice(0, 100));
      },
      cancel: () => void (cancelled = true),
    });
    const { model, progress } = open(download, () => new Response(body), stop.signal);
    await expect(model).rejects.toThrow('another world was chosen');
    expect(cancelled).toBe(true);
    expect(pulls).toBeLessThan(6);
    expect(progress.map(({ step }) => step)).not.toContain('compile');
    (await open(download, whole).model).dispose();
  });
});
