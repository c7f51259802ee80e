import type { Action } from '../../../src/action/action';
import type { Pose } from '../../../src/math/types';
import type { MapNews, ModelFrame, OpenResult, WorldInfo, WorldModel } from '../../../src/world/contracts';
import { rememberedId, type RememberedPlace, type SavedFrame, type VisitMemory } from '../../../src/world/visit-memory';

/**
 * A place as it was left: gives the saved picture again and again, from where it was painted, so that the place is there
 * before the model that painted it. One may walk about in it as far as the saved pictures reach.
 */
export class RememberedWorld implements WorldModel {
  readonly info: WorldInfo;
  private readonly newest: SavedFrame;
  private readonly frame: ModelFrame;
  private news: MapNews | null = null;

  /** @throws Error with a sentence when nothing was painted yet in that visit */
  constructor(
    private readonly memory: VisitMemory,
    private readonly place: RememberedPlace,
  ) {
    const { name, layout } = place;
    const { newest } = memory;
    if (!newest) throw new Error('This visit has no picture yet.');
    this.newest = newest;
    this.info = {
      id: rememberedId,
      name,
      description: 'The place as it was when the visit was saved, while its world loads.',
      camera: newest.camera,
      hasDepth: newest.inverseDepth !== null,
      // Nothing in it changes, but after a jump the picture must come soon.
      rateHz: 4,
      provider: 'saved',
      layout,
    };
    this.frame = {
      worldFromCamera: Float32Array.from(newest.worldFromCamera),
      camera: newest.camera,
      color: new Uint8ClampedArray(newest.color.length),
      inverseDepth: newest.inverseDepth && new Float32Array(newest.inverseDepth.length),
      inferenceBegunMs: 0,
      inferenceEndedMs: 0,
    };
  }

  async open(seed: number, worldFromHead: Pose | null): Promise<OpenResult> {
    const { blocks } = this.memory;
    this.news = blocks.length > 0 ? { seed, blocks, failure: null } : null;
    return { worldFromHead: worldFromHead ?? this.place.worldFromHead };
  }

  /** The walls that were known. */
  takeMap(): MapNews | null {
    const { news } = this;
    this.news = null;
    return news;
  }

  async step(_action: Action): Promise<ModelFrame> {
    const { frame, newest } = this;
    frame.inferenceBegunMs = performance.now();
    // Whoever takes a frame may write into it.
    frame.worldFromCamera.set(newest.worldFromCamera);
    frame.color.set(newest.color);
    if (newest.inverseDepth) frame.inverseDepth?.set(newest.inverseDepth);
    frame.inferenceEndedMs = performance.now();
    return frame;
  }

  dispose(): void {}
}
