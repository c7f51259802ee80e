import type { Intrinsics, Pose } from '../../src/math/types';
import type { FrameMesh } from '../../src/world/contracts';
import { coarserCamera, coarserDepth, shrinkFactor } from './coarser';
import type { CutDepth } from './collision-mesh';
import { CornerMesher, maxIndices, maxVertices } from './corner-mesh';
import { CutMemory } from './cut-memory';
import type { BufferPool } from './pool';

/**
 * Meshes pictures of one kind (newest frames, older ones, backgrounds) into pooled buffers, with as many quads as the
 * budget allows: a larger picture gets one quad for several texels, and keeps its colour.
 */
export class PictureMesher {
  /** Cut edges of the last mesh. */
  cutEdges = 0;
  /** What the last mesh was made of, until the next; null without depth. */
  cut: CutDepth | null = null;
  private readonly mesher = new CornerMesher();
  private readonly cuts = new CutMemory();
  private coarse = new Float32Array(0);

  /** @param strictness of cuts from the next picture on, see `findCuts` */
  constructor(
    private readonly pool: BufferPool,
    public strictness = 1,
  ) {}

  /** Forgets where the last picture was cut. */
  reset(): void {
    this.cuts.reset();
  }

  /**
   * @param inverseDepth sanitised, or null: a screen infinitely far.
   * @param mostQuads a side.
   * @param worldFromCamera pose, when pictures follow each other and cuts shall not flicker; null for single pictures.
   */
  build(inverseDepth: Float32Array | null, camera: Intrinsics, mostQuads: number, worldFromCamera: Pose | null): FrameMesh {
    const factor = inverseDepth === null ? 1 : shrinkFactor(camera.width, camera.height, mostQuads);
    const meshCamera = factor === 1 ? camera : coarserCamera(camera, factor);
    const { width, height } = meshCamera;
    let depth = inverseDepth;
    if (inverseDepth !== null && factor > 1) {
      if (this.coarse.length !== width * height) this.coarse = new Float32Array(width * height);
      coarserDepth(inverseDepth, camera.width, camera.height, factor, this.coarse);
      depth = this.coarse;
    }
    const vertices = new Uint16Array(this.pool.acquire(maxVertices(width, height) * 8));
    const indices = new Uint32Array(this.pool.acquire(maxIndices(width, height) * 4));
    const hint = worldFromCamera === null ? null : this.cuts.recall(meshCamera, worldFromCamera);
    const mesh = this.mesher.build(depth, width, height, vertices, indices, hint, this.strictness);
    this.cutEdges = this.mesher.cutEdges;
    const { cutRight, cutBelow } = this.mesher;
    this.cut = depth === null ? null : { inverseDepth: depth, cutRight, cutBelow, camera: meshCamera };
    if (worldFromCamera !== null && depth !== null) {
      this.cuts.remember(depth, cutRight, cutBelow, meshCamera, worldFromCamera);
    }
    if (factor > 1) {
      for (let p = 0; p < mesh.vertexCount * 4; p += 4) {
        vertices[p]! *= factor;
        vertices[p + 1]! *= factor;
      }
      mesh.texelsPerQuad = factor;
    }
    return mesh;
  }
}
