import { downloadFile, type FileKind } from './counted-download';

/**
 * Size of ort-wasm-simd-threaded.asyncify.wasm in onnxruntime-web 1.30.0, bytes. No server says it reliably: under gzip
 * Content-Length is another number. A test compares it with the installed file.
 */
export const runtimeWasmBytes = 26_781_914;

const runtimeFile: FileKind = {
  name: 'ONNX Runtime file',
  part: 'a file of ONNX Runtime',
  authority: 'this build',
  republish: 'Reload to fetch it again; if that does not help, the page must be built and published again.',
};

/** The settings of onnxruntime-web that a {@link RuntimeDownload} writes: `ort.env.wasm`. */
export type WasmFlags = { wasmBinary?: ArrayBufferLike | Uint8Array };

/**
 * The WASM file of onnxruntime-web, fetched here rather than by onnxruntime-web itself, so that its bytes are counted,
 * and so that a failed download can be repeated: onnxruntime-web tries once in a realm and refuses ever after.
 */
export class RuntimeDownload {
  private binary: Uint8Array<ArrayBuffer> | null = null;
  private begun = false;

  /** @param bytes exact size of the file */
  constructor(
    private readonly url: string,
    private readonly bytes: number,
  ) {}

  /** What `load` has to fetch, bytes; 0 once the runtime is here. */
  pendingBytes(): number {
    return this.begun || this.binary ? 0 : this.bytes;
  }

  /**
   * Fetches the file, unless it is here.
   * @throws Error with one sentence; call it again to try again
   */
  async load(
    fetchFile: typeof fetch,
    signal?: AbortSignal,
    onLoaded?: (loadedBytes: number) => void,
  ): Promise<void> {
    if (this.pendingBytes() === 0) return;
    const binary = await downloadFile(this.url, { bytes: this.bytes, kind: runtimeFile, fetchFile, signal, onLoaded });
    // Another opening may have been faster.
    if (this.pendingBytes() > 0) this.binary = binary;
  }

  /**
   * Creates a session. The first one takes the file into use, after which its memory is freed. Without `load` before
   * it, onnxruntime-web fetches the file itself, uncounted.
   */
  async begin<Session>(flags: WasmFlags, create: () => Promise<Session>): Promise<Session> {
    if (this.begun) return create();
    const { binary } = this;
    if (binary) flags.wasmBinary = binary.buffer;
    try {
      return await create();
    } finally {
      this.begun = true;
      this.binary = null;
      delete flags.wasmBinary;
      // The runtime's glue code keeps the buffer for good, though it is compiled; detaching it frees the memory.
      if (binary) structuredClone(binary.buffer, { transfer: [binary.buffer] });
    }
  }
}
