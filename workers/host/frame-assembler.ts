import type { FrameTimes, ModelFrame, WorldFrame } from '../../src/world/contracts';
import { CornerMesher } from '../mesh/corner-mesh';
import { BufferPool, frameByteLengths } from '../mesh/pool';
import { sanitiseInverseDepth } from '../mesh/sanitise';
import { SkyBins } from '../mesh/sky-bins';

type BufferKind = keyof ReturnType<typeof frameByteLengths>;

/** A frame that is ready to be posted, with the buffers that travel with it. */
export type AssembledFrame = { frame: WorldFrame; transfer: ArrayBuffer[] };

/** Turns what a model painted into what the page draws: clean depth, cut mesh, far colours, in pooled buffers. */
export class FrameAssembler {
  private readonly mesher = new CornerMesher();
  private readonly sky = new SkyBins();
  private pool: BufferPool<BufferKind> | null = null;
  private width = 0;
  private height = 0;
  private nextId = 1;

  /** Forgets the far colours of the world before. */
  reset(): void {
    this.sky.reset();
  }

  /** @param times on the window's clock; `meshedMs` and `sentMs` are filled by the caller after this */
  assemble(painted: ModelFrame, actionId: number, times: FrameTimes): AssembledFrame {
    const { camera, color, inverseDepth } = painted;
    const { width, height } = camera;
    const pool = this.poolFor(width, height);
    const invalidTexels = inverseDepth ? sanitiseInverseDepth(inverseDepth) : 0;
    const colorBytes = new Uint8Array(pool.acquire('color'));
    colorBytes.set(color);
    const vertices = new Uint16Array(pool.acquire('vertices'));
    const indices = new Uint32Array(pool.acquire('indices'));
    const mesh = this.mesher.build(inverseDepth, width, height, vertices, indices);
    const sky = new Uint8Array(pool.acquire('sky'));
    this.sky.accumulate(color, inverseDepth, camera, painted.worldFromCamera);
    this.sky.write(sky);
    const frame: WorldFrame = {
      id: this.nextId++,
      actionId,
      // The backend goes on using its own pose; the frame keeps the one it was made for.
      worldFromCamera: Float32Array.from(painted.worldFromCamera),
      camera,
      color: colorBytes,
      mesh,
      sky,
      times,
      invalidTexels,
      cutEdges: this.mesher.cutEdges,
    };
    return {
      frame,
      transfer: [colorBytes.buffer, vertices.buffer, indices.buffer, sky.buffer],
    };
  }

  /** Takes the buffers of a drawn frame back. */
  release(buffers: { color: Uint8Array; vertices: Uint16Array; indices: Uint32Array; sky: Uint8Array }): void {
    this.pool?.release('color', buffers.color.buffer);
    this.pool?.release('vertices', buffers.vertices.buffer);
    this.pool?.release('indices', buffers.indices.buffer);
    this.pool?.release('sky', buffers.sky.buffer);
  }

  private poolFor(width: number, height: number): BufferPool<BufferKind> {
    if (!this.pool) this.pool = new BufferPool(frameByteLengths(width, height));
    else if (width !== this.width || height !== this.height) this.pool.resize(frameByteLengths(width, height));
    this.width = width;
    this.height = height;
    return this.pool;
  }
}
