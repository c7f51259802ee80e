import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadPackage } from '../../../workers/backends/onnx/package-loader';
import { serve, tinyFiles, tinyUrl, withManifest, type Files } from '../../fixtures/tiny-package';

const load = (files: Files) => loadPackage({ manifestUrl: tinyUrl, fetchFile: serve(files) });
const page = () => new Response('<!doctype html><title>Reverie</title>', { headers: { 'content-type': 'text/html' } });

afterEach(() => {
  vi.unstubAllGlobals();
});

test('a whole package arrives byte for byte, and progress rises to its end', async () => {
  const files = tinyFiles();
  const seen: [number, number][] = [];
  const got = await loadPackage({ manifestUrl: tinyUrl, fetchFile: serve(files), onProgress: (loaded, total) => seen.push([loaded, total]) });
  expect(got.manifest.id).toBe('tiny-world');
  expect(got.graph).toEqual(files['tiny.onnx']);
  expect(got.imagine).toBeNull();
  expect(got.selfCheck).toEqual(files['self-check.bin']);
  const total = files['tiny.onnx'].length + files['self-check.bin'].length;
  expect(seen.length).toBeGreaterThan(20);
  expect(seen.every(([loaded, of], i) => of === total && loaded >= (seen[i - 1]?.[0] ?? 0))).toBe(true);
  expect(seen.at(-1)).toEqual([total, total]);
});

test('the graphs that imagine arrive too, checked and counted like the step', async () => {
  const prefill = new TextEncoder().encode('what is around');
  const step = new TextEncoder().encode('what comes next');
  const listed = async (file: string, bytes: Uint8Array<ArrayBuffer>) => {
    const digest = await crypto.subtle.digest('SHA-256', bytes);
    return { file, bytes: bytes.length, sha256: Buffer.from(digest).toString('hex') };
  };
  const imaginePrefill = await listed('prefill.onnx', prefill);
  const imagineStep = await listed('next.onnx', step);
  const files = withManifest(tinyFiles(), (m) => {
    m['layout'] = { kind: 'imagined' };
    Object.assign(m['graphs'], { imaginePrefill, imagineStep });
  });
  const whole = { ...files, 'prefill.onnx': prefill, 'next.onnx': step };
  const seen: [number, number][] = [];
  const got = await loadPackage({ manifestUrl: tinyUrl, fetchFile: serve(whole), onProgress: (loaded, total) => seen.push([loaded, total]) });
  expect(got.imagine).toEqual({ prefill, step });
  const total = tinyFiles()['tiny.onnx'].length + prefill.length + step.length + tinyFiles()['self-check.bin'].length;
  expect(seen.at(-1)).toEqual([total, total]);
  expect(seen.every(([loaded], i) => loaded >= (seen[i - 1]?.[0] ?? 0))).toBe(true);
  const flipped = step.map((byte, i) => (i === 3 ? byte ^ 1 : byte));
  await expect(load({ ...whole, 'next.onnx': flipped })).rejects.toThrow('next.onnx is not the file that the manifest describes: its sha256 is ');
});

test('a package without a self-check loads', async () => {
  const got = await load(withManifest(tinyFiles(), (m) => delete m['selfCheck']));
  expect(got.selfCheck).toBeNull();
});

describe('each failure is one sentence that names the file', () => {
  const graphUrl = 'https://example.org/worlds/tiny/tiny.onnx';
  const changed = (name: string, file: Uint8Array | Response | undefined): Files => {
    const files: Files = tinyFiles();
    if (file) files[name] = file;
    else delete files[name];
    return files;
  };
  const onnx = tinyFiles()['tiny.onnx'];
  const flipped = onnx.map((byte, i) => (i === 500 ? byte ^ 1 : byte));

  test.each<[string, Files, string]>([
    ['no manifest', changed('manifest.json', undefined), `World manifest ${tinyUrl} could not be fetched (HTTP 404). There is no such file: check the name, or publish it.`],
    ['a page for a manifest', changed('manifest.json', page()), `${tinyUrl} is a web page, not a file of a world package: the file is missing on the server.`],
    ['a manifest cut short', changed('manifest.json', tinyFiles()['manifest.json'].slice(0, 200)), `World manifest ${tinyUrl} is not valid JSON`],
    ['no graph', changed('tiny.onnx', undefined), `World package file ${graphUrl} could not be fetched (HTTP 404). There is no such file`],
    ['a server fault', changed('tiny.onnx', new Response('', { status: 503 })), `World package file ${graphUrl} could not be fetched (HTTP 503). Try again later.`],
    ['a page for a graph', changed('tiny.onnx', page()), `${graphUrl} is a web page, not a file of a world package`],
    ['a page for a graph, unlabelled', changed('tiny.onnx', new TextEncoder().encode('\n<!DOCTYPE html><html>')), `${graphUrl} is a web page`],
    ['a long page for a short file', changed('tiny.onnx', new TextEncoder().encode(`<!doctype html>${'x'.repeat(9000)}`)), `${graphUrl} is a web page`],
    ['a graph cut short', changed('tiny.onnx', onnx.slice(0, 2000)), `World package file ${graphUrl} has 2000 bytes, but the manifest says ${onnx.length}: it was cut short or changed. Reload`],
    ['a graph too long', changed('tiny.onnx', new Uint8Array(9000)), `World package file ${graphUrl} has more than the ${onnx.length} bytes that the manifest says. Reload`],
    ['one wrong bit', changed('tiny.onnx', flipped), `World package file ${graphUrl} is not the file that the manifest describes: its sha256 is `],
    ['no self-check', changed('self-check.bin', undefined), 'World package file https://example.org/worlds/tiny/self-check.bin could not be fetched (HTTP 404).'],
    ['a self-check of another size', changed('self-check.bin', new Uint8Array(40)), 'self-check.bin has 40 bytes, but the manifest says 19528'],
  ])('%s', async (_, files, sentence) => {
    await expect(load(files)).rejects.toThrow(sentence);
  });

  test('no network', async () => {
    const fetchFile = (async () => Promise.reject(new TypeError('Failed to fetch'))) as unknown as typeof fetch;
    await expect(loadPackage({ manifestUrl: tinyUrl, fetchFile })).rejects.toThrow(
      `World manifest ${tinyUrl} could not be fetched (Failed to fetch). Check the address and the connection`,
    );
  });

  test('a connection that breaks in the middle', async () => {
    let sent = false;
    const broken = new ReadableStream({
      pull(controller) {
        if (sent) controller.error(new TypeError('network error'));
        else controller.enqueue(onnx.slice(0, 100));
        sent = true;
      },
    });
    const files = tinyFiles();
    const whole = serve(files);
    const fetchFile = (async (url: string) => (url.endsWith('.onnx') ? new Response(broken) : whole(url))) as unknown as typeof fetch;
    await expect(loadPackage({ manifestUrl: tinyUrl, fetchFile })).rejects.toThrow(
      `The download of ${graphUrl} broke off (network error). Check the connection and try again.`,
    );
  });
});

test('on an insecure origin, where nothing can be hashed, the byte count alone decides', async () => {
  vi.stubGlobal('crypto', {});
  const onnx = tinyFiles()['tiny.onnx'];
  const files: Files = { ...tinyFiles(), 'tiny.onnx': onnx.map((byte, i) => (i === 500 ? byte ^ 1 : byte)) };
  await expect(load(files)).resolves.toMatchObject({ manifest: { id: 'tiny-world' } });
});

test('an aborted download rejects with the reason of the signal, not with a sentence about the network', async () => {
  const stop = new AbortController();
  const fetchFile = (async (_: string, init: RequestInit) => {
    stop.abort(new Error('another world was chosen'));
    init.signal?.throwIfAborted();
  }) as unknown as typeof fetch;
  await expect(loadPackage({ manifestUrl: tinyUrl, fetchFile, signal: stop.signal })).rejects.toThrow('another world was chosen');
});
