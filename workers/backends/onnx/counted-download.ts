/** What a file is, in the words of the sentences that say why it did not come. */
export type FileKind = {
  /** Begins a sentence before the address. */
  name: string;
  /** What the file is one of, with its article: "a file of a world package". */
  part: string;
  /** Who knows its size: "the manifest". */
  authority: string;
  /** What helps when the file is not what it should be: whole sentences. */
  republish: string;
};

export type DownloadOptions = {
  /** Its exact size, unpacked. */
  bytes: number;
  kind: FileKind;
  fetchFile: typeof fetch;
  /** Stops the download; the promise then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** Hears the bytes so far, never more than `bytes`. */
  onLoaded?: (loadedBytes: number) => void;
};

/**
 * Downloads a file of known size and counts its bytes on the way.
 * @throws Error with one sentence that names the file and says what to do
 */
export async function downloadFile(url: string, options: DownloadOptions): Promise<Uint8Array<ArrayBuffer>> {
  const { bytes, kind, fetchFile, signal, onLoaded } = options;
  const response = await request(url, kind.name, fetchFile, signal);
  if (response.headers.get('content-type')?.startsWith('text/html')) throw webPage(url, kind);
  const data = new Uint8Array(bytes);
  let loaded = 0;
  // Content-Length is the compressed size under gzip, or missing, so only the size known beforehand is compared.
  const tooMany = () =>
    new Error(`${kind.name} ${url} has more than the ${bytes} bytes that ${kind.authority} says. ${kind.republish}`);
  const reader = response.body?.getReader();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      signal?.throwIfAborted();
      if (loaded + part.value.length > bytes) {
        if (isPage(loaded === 0 ? part.value : data)) throw webPage(url, kind);
        throw tooMany();
      }
      data.set(part.value, loaded);
      loaded += part.value.length;
      onLoaded?.(loaded);
    }
  } catch (error) {
    reader?.cancel().catch(() => undefined);
    if (error instanceof Error && error.message.includes(url)) throw error;
    throw lostConnection(url, error, signal);
  }
  if (isPage(data.subarray(0, loaded))) throw webPage(url, kind);
  if (loaded !== bytes) {
    const found = `has ${loaded} bytes, but ${kind.authority} says ${bytes}: it was cut short or changed`;
    throw new Error(`${kind.name} ${url} ${found}. ${kind.republish}`);
  }
  return data;
}

/**
 * Asks for a file.
 * @param name begins the sentence that says why it did not come
 * @throws Error with one sentence; the signal's reason when it was called off
 */
export async function request(
  url: string,
  name: string,
  fetchFile: typeof fetch,
  signal: AbortSignal | undefined,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetchFile(url, { signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Error(
      `${name} ${url} could not be fetched (${messageOf(error)}). ` +
        'Check the address and the connection; a file on another site must allow this page (CORS).',
    );
  }
  if (response.ok) return response;
  const advice = response.status === 404 ? 'There is no such file: check the name, or publish it.' : 'Try again later.';
  throw new Error(`${name} ${url} could not be fetched (HTTP ${response.status}). ${advice}`);
}

export function webPage(url: string, kind: FileKind): Error {
  const cause = `is a web page, not ${kind.part}: the file is missing on the server`;
  return new Error(`${url} ${cause}. Check the name, or publish it.`);
}

export function lostConnection(url: string, error: unknown, signal?: AbortSignal): unknown {
  if (signal?.aborted) return error;
  return new Error(`The download of ${url} broke off (${messageOf(error)}). Check the connection and try again.`);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Development servers answer a missing file with the start page and status 200. */
function isPage(data: Uint8Array): boolean {
  const head = new TextDecoder().decode(data.subarray(0, 64)).trimStart().toLowerCase();
  return head.startsWith('<!doctype') || head.startsWith('<html');
}
