/** Raw deflate of RFC 1951 expands to at most so many times its size. */
export const mostExpansion = 1032;

const format = 'deflate-raw';

/** Whether this browser (or Node) can compress; an old one saves larger files that every other can read. */
export function canDeflate(): boolean {
  try {
    // Older browsers have the class and not this format.
    void new CompressionStream(format);
    return true;
  } catch {
    return false;
  }
}

/** Compresses off this thread. */
export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = streamOf(bytes).pipeThrough(new CompressionStream(format));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Expands to exactly `expectedBytes`; never holds more than that, whatever the data would become.
 * @throws Error when the data is broken or becomes anything else
 */
export async function inflate(bytes: Uint8Array, expectedBytes: number): Promise<Uint8Array> {
  const out = new Uint8Array(expectedBytes);
  const reader = streamOf(bytes).pipeThrough(new DecompressionStream(format)).getReader();
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (filled + value.length > expectedBytes) {
      await reader.cancel().catch(() => {});
      throw new Error(`it expands to more than its ${expectedBytes} bytes`);
    }
    out.set(value, filled);
    filled += value.length;
  }
  if (filled !== expectedBytes) throw new Error(`it expands to ${filled} bytes, not to ${expectedBytes}`);
  return out;
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new Blob([bytes as Uint8Array<ArrayBuffer>]).stream();
}
