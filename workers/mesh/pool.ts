import { skyRows } from '../../src/world/contracts';
import { maxIndices, maxVertices } from './corner-mesh';

/** Bytes of every array of one frame that travels to the page, by name. */
export function frameByteLengths(width: number, height: number) {
  return {
    color: width * height * 4,
    vertices: maxVertices(width, height) * 4 * Uint16Array.BYTES_PER_ELEMENT,
    indices: maxIndices(width, height) * Uint32Array.BYTES_PER_ELEMENT,
    sky: skyRows * 4,
  };
}

/**
 * Buffers that travel between worker and page by transfer and come back to be used again, so that a steady stream of
 * frames allocates nothing. A kind is a name with one byte length (see {@link frameByteLengths}). When none is at
 * home a new one is made, so the worker never waits for the page; at most `capacity` of a kind are kept.
 */
export class BufferPool<Kind extends string> {
  private byteLengths: Record<Kind, number>;
  private readonly home = new Map<Kind, ArrayBuffer[]>();
  /** Buffers made so far; it stops growing once the page gives back what it gets. */
  made = 0;

  constructor(
    byteLengths: Record<Kind, number>,
    readonly capacity = 4,
  ) {
    this.byteLengths = byteLengths;
  }

  /** A buffer of this kind's byte length. Its content is whatever the last user left. */
  acquire(kind: Kind): ArrayBuffer {
    const kept = this.home.get(kind)?.pop();
    if (kept) return kept;
    this.made++;
    return new ArrayBuffer(this.byteLengths[kind]);
  }

  /**
   * Takes a buffer back. Refused (and left to the garbage collector): another size, because the resolution changed
   * since or the buffer is detached; one that is at home already; and any beyond the capacity.
   * @returns whether it was kept.
   */
  release(kind: Kind, buffer: ArrayBufferLike): boolean {
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== this.byteLengths[kind]) return false;
    let kept = this.home.get(kind);
    if (!kept) this.home.set(kind, (kept = []));
    if (kept.length >= this.capacity || kept.includes(buffer)) return false;
    kept.push(buffer);
    return true;
  }

  /** How many buffers of a kind are at home. */
  idle(kind: Kind): number {
    return this.home.get(kind)?.length ?? 0;
  }

  /** Another resolution: drops every buffer whose kind has a new size. Old ones still under way are refused later. */
  resize(byteLengths: Record<Kind, number>): void {
    for (const kind of this.home.keys()) {
      if (byteLengths[kind] !== this.byteLengths[kind]) this.home.delete(kind);
    }
    this.byteLengths = byteLengths;
  }
}
