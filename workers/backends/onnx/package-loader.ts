import { parseManifest, type Manifest } from '../../../src/world/manifest';
import { downloadFile, lostConnection, messageOf, request, webPage, type FileKind } from './counted-download';
import { selfCheckBytes } from './self-check';

/** Everything of a world package, read and checked. */
export type WorldPackage = {
  manifest: Manifest;
  /** The step graph, ONNX. */
  graph: Uint8Array;
  /** Stored inputs and outputs, see `self-check.ts`; null when the package has none. */
  selfCheck: Uint8Array | null;
};

export type LoadOptions = {
  manifestUrl: string;
  onProgress?: (loadedBytes: number, totalBytes: number) => void;
  signal?: AbortSignal;
  fetchFile?: typeof fetch;
};

const packageFile: FileKind = {
  name: 'World package file',
  part: 'a file of a world package',
  authority: 'the manifest',
  republish: 'Reload to fetch it again; if that does not help, the package must be published again.',
};

/**
 * Downloads a package and checks that what came is what the manifest says.
 * @throws Error with one sentence that names the file and says what to do
 */
export async function loadPackage(options: LoadOptions): Promise<WorldPackage> {
  const { manifestUrl, onProgress, signal, fetchFile = fetch } = options;
  const manifest = await loadManifest(manifestUrl, fetchFile, signal);
  const { step } = manifest.graphs;
  const checkBytes = manifest.selfCheck ? selfCheckBytes(manifest) : 0;
  const total = step.bytes + checkBytes;
  onProgress?.(0, total);
  const urlOf = (file: string) => new URL(file, manifestUrl).href;
  const download = (file: string, bytes: number, before: number) =>
    downloadFile(urlOf(file), {
      bytes,
      kind: packageFile,
      fetchFile,
      signal,
      onLoaded: (loaded) => onProgress?.(before + loaded, total),
    });

  const graph = await download(step.file, step.bytes, 0);
  await checkHash(graph, step.sha256, urlOf(step.file));
  const selfCheck = manifest.selfCheck ? await download(manifest.selfCheck.file, checkBytes, step.bytes) : null;
  return { manifest, graph, selfCheck };
}

async function loadManifest(url: string, fetchFile: typeof fetch, signal?: AbortSignal): Promise<Manifest> {
  const response = await request(url, 'World manifest', fetchFile, signal);
  const text = await response.text().catch((error: unknown) => {
    throw lostConnection(url, error, signal);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (text.trimStart().startsWith('<')) throw webPage(url, packageFile);
    throw new Error(`World manifest ${url} is not valid JSON (${messageOf(error)}). Correct the file.`);
  }
  return parseManifest(json, url);
}

async function checkHash(data: Uint8Array, expected: string, url: string): Promise<void> {
  // Without a secure origin (plain http on a LAN) there is no crypto.subtle; the byte count has been checked.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found === expected) return;
  const difference = `is not the file that the manifest describes: its sha256 is ${found}, not ${expected}`;
  throw new Error(`${packageFile.name} ${url} ${difference}. ${packageFile.republish}`);
}
