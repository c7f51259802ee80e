import { parseManifest, type Manifest } from '../../../src/world/manifest';
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
    downloadFile(urlOf(file), bytes, fetchFile, signal, (loaded) => onProgress?.(before + loaded, total));

  const graph = await download(step.file, step.bytes, 0);
  await checkHash(graph, step.sha256, urlOf(step.file));
  const selfCheck = manifest.selfCheck ? await download(manifest.selfCheck.file, checkBytes, step.bytes) : null;
  return { manifest, graph, selfCheck };
}

async function loadManifest(url: string, fetchFile: typeof fetch, signal?: AbortSignal): Promise<Manifest> {
  const response = await request(url, fetchFile, signal, 'World manifest');
  const text = await response.text().catch((error: unknown) => {
    throw lostConnection(url, error, signal);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (text.trimStart().startsWith('<')) throw webPage(url);
    throw new Error(`World manifest ${url} is not valid JSON (${messageOf(error)}). Correct the file.`);
  }
  return parseManifest(json, url);
}

async function downloadFile(
  url: string,
  bytes: number,
  fetchFile: typeof fetch,
  signal: AbortSignal | undefined,
  onLoaded: (loadedBytes: number) => void,
): Promise<Uint8Array> {
  const response = await request(url, fetchFile, signal, 'World package file');
  if (response.headers.get('content-type')?.startsWith('text/html')) throw webPage(url);
  const data = new Uint8Array(bytes);
  let loaded = 0;
  // Content-Length is the compressed size under gzip, so only the manifest's own number is compared.
  const tooMany = () =>
    new Error(`World package file ${url} has more than the ${bytes} bytes that the manifest says. ${republish}`);
  try {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (loaded + part.value.length > bytes) {
        assertNotPage(loaded === 0 ? part.value : data, url);
        void reader?.cancel();
        throw tooMany();
      }
      data.set(part.value, loaded);
      loaded += part.value.length;
      onLoaded(loaded);
    }
  } catch (error) {
    if (error instanceof Error && error.message.includes(url)) throw error;
    throw lostConnection(url, error, signal);
  }
  assertNotPage(data.subarray(0, loaded), url);
  if (loaded !== bytes) {
    const found = `has ${loaded} bytes, but the manifest says ${bytes}: it was cut short or changed`;
    throw new Error(`World package file ${url} ${found}. ${republish}`);
  }
  return data;
}

const republish = 'Reload to fetch it again; if that does not help, the package must be published again.';

async function request(
  url: string,
  fetchFile: typeof fetch,
  signal: AbortSignal | undefined,
  what: string,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetchFile(url, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(
      `${what} ${url} could not be fetched (${messageOf(error)}). ` +
        'Check the address and the connection; a file on another site must allow this page (CORS).',
    );
  }
  if (response.ok) return response;
  const advice = response.status === 404 ? 'There is no such file: check the name, or publish it.' : 'Try again later.';
  throw new Error(`${what} ${url} could not be fetched (HTTP ${response.status}). ${advice}`);
}

async function checkHash(data: Uint8Array, expected: string, url: string): Promise<void> {
  // Without a secure origin (plain http on a LAN) there is no crypto.subtle; the byte count has been checked.
  if (globalThis.crypto?.subtle === undefined) return;
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data as Uint8Array<ArrayBuffer>));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found === expected) return;
  const difference = `its sha256 is ${found}, not ${expected}`;
  throw new Error(`World package file ${url} is not the file that the manifest describes: ${difference}. ${republish}`);
}

/** Development servers answer a missing file with the start page and status 200. */
function assertNotPage(data: Uint8Array, url: string): void {
  const head = new TextDecoder().decode(data.subarray(0, 64)).trimStart().toLowerCase();
  if (head.startsWith('<!doctype') || head.startsWith('<html')) throw webPage(url);
}

function webPage(url: string): Error {
  const cause = 'is a web page, not a file of a world package: the file is missing on the server';
  return new Error(`${url} ${cause}. Check the name, or publish it.`);
}

function lostConnection(url: string, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return error;
  return new Error(`The download of ${url} broke off (${messageOf(error)}). Check the connection and try again.`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
