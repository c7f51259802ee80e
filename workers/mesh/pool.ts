/**
 * Buffers that travel between worker and page by transfer and come back to be used again, so that a steady stream of
 * frames allocates nothing. Kept by byte length, which is all that makes one as good as another. When none is at home
 * a new one is made, so the worker never waits for the page; at most `capacity` of a length are kept, and lengths that
 * nobody asked for lately (another resolution) are let go.
 */
export class BufferPool {
  /** Buffers made so far; it stops growing once the page gives back what it gets. */
  made = 0;
  private readonly home = new Map<number, { buffers: ArrayBuffer[]; askedAt: number }>();
  private asked = 0;

  constructor(readonly capacity = 6) {}

  /** A buffer of this byte length. Its content is whatever the last user left. */
  acquire(byteLength: number): ArrayBuffer {
    this.asked++;
    let shelf = this.home.get(byteLength);
    if (!shelf) this.home.set(byteLength, (shelf = { buffers: [], askedAt: 0 }));
    shelf.askedAt = this.asked;
    const kept = shelf.buffers.pop();
    if (kept) return kept;
    this.made++;
    return new ArrayBuffer(byteLength);
  }

  /**
   * Takes a buffer back. Refused (and left to the garbage collector): a length nobody asks for, a detached buffer, one
   * that is at home already, and any beyond the capacity.
   * @returns whether it was kept.
   */
  release(buffer: ArrayBufferLike): boolean {
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength === 0) return false;
    this.letGo();
    const shelf = this.home.get(buffer.byteLength);
    if (!shelf || shelf.buffers.length >= this.capacity || shelf.buffers.includes(buffer)) return false;
    shelf.buffers.push(buffer);
    return true;
  }

  /** How many buffers of a length are at home. */
  idle(byteLength: number): number {
    return this.home.get(byteLength)?.buffers.length ?? 0;
  }

  private letGo(): void {
    for (const [byteLength, shelf] of this.home) {
      if (this.asked - shelf.askedAt > forgottenAfter) this.home.delete(byteLength);
    }
  }
}

/** A frame asks for seven buffers at most, with older frames for more; this is a few dozen frames. */
const forgottenAfter = 400;
