import type { Intrinsics } from '../../src/math/types';
import type { LayerPicture, ModelFrame, Picture } from '../../src/world/contracts';
import type { LayerBudget } from '../../src/world/layer-budget';
import type { SavedFrame, VisitMemory } from '../../src/world/visit-memory';
import type { DepthPicture } from '../memory/coverage';
import { LayerMemory, type Remembered } from '../memory/layer-memory';
import { BackgroundBuilder } from '../mesh/background';
import { coarserCamera, coarserColor, coarserDepth, shrinkFactor } from '../mesh/coarser';
import { PictureMesher } from '../mesh/picture-mesher';
import type { BufferPool } from '../mesh/pool';

/** When frames of an earlier visit were painted, on this window's clock: before it. */
const longAgoMs = 0;

/** Older frames that travel with one new frame, at most: each costs the page an upload. */
const updatesAFrame = 2;

/**
 * Older frames are cut at smaller jumps than the newest: seen from elsewhere, a small jump that was left whole becomes a
 * sheet of rubber, and a cut too many only a crack that something else fills.
 */
const olderStrictness = 0.5;

/** What stands behind the newest frame: older frames that show what it cannot, and a guess for what none has seen. */
export class LayerBuilder {
  private readonly memory = new LayerMemory();
  private readonly backgrounds = new BackgroundBuilder();
  private readonly olderMesher: PictureMesher;
  private readonly backgroundMesher: PictureMesher;
  private readonly kept = { depth: new Float32Array(0), color: new Uint8Array(0) };

  constructor(private readonly pool: BufferPool) {
    this.olderMesher = new PictureMesher(pool, olderStrictness);
    this.backgroundMesher = new PictureMesher(pool);
  }

  /** @param strictness of the newest frame's cuts; older frames are cut at smaller jumps still */
  set strictness(strictness: number) {
    this.olderMesher.strictness = olderStrictness * strictness;
  }

  /** Forgets everything; call when a world opens. */
  reset(): void {
    this.memory.reset();
  }

  /** @param inverseDepth sanitised depth of the painted frame */
  background(painted: ModelFrame, inverseDepth: Float32Array, side: number): Picture | null {
    if (side === 0) return null;
    const guess = this.backgrounds.build(painted.color, inverseDepth, painted.camera, side);
    if (guess === null) return null;
    const mesh = this.backgroundMesher.build(guess.inverseDepth, guess.camera, Number.POSITIVE_INFINITY, null);
    return { camera: guess.camera, color: this.copy(guess.color), mesh };
  }

  /** Older frames to draw with a painted one, which is kept for later if it shows something new. */
  older(
    painted: ModelFrame,
    inverseDepth: Float32Array,
    frameId: number,
    actionAtMs: number,
    budget: LayerBudget,
  ): { layers: number[]; layerUpdates: LayerPicture[] } {
    const newest: DepthPicture = { camera: painted.camera, inverseDepth, worldFromCamera: painted.worldFromCamera };
    if (budget.olderFrames === 0) return { layers: [], layerUpdates: [] };
    this.memory.carveBy(newest);
    const chosen = this.memory.choose(newest, budget.olderFrames);
    const layers = chosen.map((remembered) => remembered.frameId);
    const layerUpdates: LayerPicture[] = [];
    for (const remembered of chosen) {
      if (layerUpdates.length < updatesAFrame && this.memory.needsSending(remembered)) {
        layerUpdates.push(this.send(remembered));
      }
    }
    this.keep(painted, inverseDepth, frameId, actionAtMs, budget.olderSide);
    return { layers, layerUpdates };
  }

  /** These did not reach the page. */
  lose(updates: readonly LayerPicture[]): void {
    for (const { id } of updates) this.memory.notSent(id);
  }

  /** Copies of the older frames, for a visit that is saved. */
  snapshot(): SavedFrame[] {
    return this.memory.frames.map(({ worldFromCamera, camera, color, inverseDepth }) => ({
      worldFromCamera: Float32Array.from(worldFromCamera),
      camera,
      color: new Uint8Array(color),
      inverseDepth: Float32Array.from(inverseDepth),
    }));
  }

  /** Begins with the frames of a saved visit. @param nextId gives each a new id */
  restore({ newest, older }: VisitMemory, nextId: () => number, { olderSide }: LayerBudget): void {
    for (const { color, inverseDepth, camera, worldFromCamera } of older) {
      if (inverseDepth) this.memory.restore(color, inverseDepth, camera, worldFromCamera, nextId(), longAgoMs);
    }
    if (newest?.inverseDepth) this.keep(newest, newest.inverseDepth, nextId(), longAgoMs, olderSide);
  }

  private keep(
    { color, camera, worldFromCamera }: Pick<ModelFrame, 'camera' | 'worldFromCamera'> & { color: Uint8Array | Uint8ClampedArray },
    inverseDepth: Float32Array,
    frameId: number,
    actionAtMs: number,
    mostTexels: number,
  ): void {
    const factor = shrinkFactor(camera.width, camera.height, mostTexels);
    if (factor === 1) {
      this.memory.offer(color, inverseDepth, camera, worldFromCamera, frameId, actionAtMs);
      return;
    }
    const smaller: Intrinsics = coarserCamera(camera, factor);
    const { kept } = this;
    if (kept.depth.length !== smaller.width * smaller.height) {
      kept.depth = new Float32Array(smaller.width * smaller.height);
      kept.color = new Uint8Array(4 * smaller.width * smaller.height);
    }
    coarserDepth(inverseDepth, camera.width, camera.height, factor, kept.depth);
    coarserColor(color, inverseDepth, camera.width, camera.height, factor, kept.depth, kept.color);
    this.memory.offer(kept.color, kept.depth, smaller, worldFromCamera, frameId, actionAtMs);
  }

  private send(remembered: Remembered): LayerPicture {
    const { frameId, actionAtMs, camera, inverseDepth, color, worldFromCamera } = remembered;
    remembered.carvedSinceSent = 0;
    return {
      id: frameId,
      actionAtMs,
      // The store goes on using its own pose.
      worldFromCamera: Float32Array.from(worldFromCamera),
      camera,
      color: this.copy(color),
      mesh: this.olderMesher.build(inverseDepth, camera, Number.POSITIVE_INFINITY, null),
    };
  }

  private copy(color: Uint8Array | Uint8ClampedArray): Uint8Array {
    const out = new Uint8Array(this.pool.acquire(color.length));
    out.set(color);
    return out;
  }
}
