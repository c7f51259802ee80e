import { parseManifest, type GraphFile, type Manifest } from '../../../src/world/manifest';
import { downloadFile, lostConnection, messageOf, request, webPage, type FileKind } from './counted-download';
import { selfCheckBytes } from './self-check';

/** `prefill` reads what is around a block, `step` says its next token; see `workers/imagine`. */
export type ImagineGraphs = { prefill: Uint8Array; step: Uint8Array };

/** Everything of a world package, read and checked. */
export type WorldPackage = {
  manifest: Manifest;
  /** The step graph, ONNX. */
  graph: Uint8Array;
  /** The graphs that imagine the map, ONNX; null when the layout is not imagined. */
  imagine: ImagineGraphs | null;
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
  const { step, imaginePrefill, imagineStep } = manifest.graphs;
  const checkBytes = manifest.selfCheck ? selfCheckBytes(manifest) : 0;
  const total = step.bytes + (imaginePrefill?.bytes ?? 0) + (imagineStep?.bytes ?? 0) + checkBytes;
  onProgress?.(0, total);
  const urlOf = (file: string) => new URL(file, manifestUrl).href;
  let before = 0;
  const download = async (file: string, bytes: number): Promise<Uint8Array> => {
    const data = await downloadFile(urlOf(file), {
      bytes,
      kind: packageFile,
      fetchFile,
      signal,
      onLoaded: (loaded) => onProgress?.(before + loaded, total),
    });
    before += bytes;
    return data;
  };
  const downloadGraph = async ({ file, bytes, sha256 }: GraphFile): Promise<Uint8Array> => {
    const graph = await download(file, bytes);
    await checkHash(graph, sha256, urlOf(file));
    return graph;
  };

  const graph = await downloadGraph(step);
  const imagine =
    imaginePrefill && imagineStep
      ? { prefill: await downloadGraph(imaginePrefill), step: await downloadGraph(imagineStep) }
      : null;
  const selfCheck = manifest.selfCheck ? await download(manifest.selfCheck.file, checkBytes) : null;
  return { manifest, graph, imagine, selfCheck };
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
