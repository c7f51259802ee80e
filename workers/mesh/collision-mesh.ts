import type { Intrinsics, Pose } from '../../src/math/types';
import type { CollisionMesh } from '../../src/world/contracts';
import { blockLevels, BlockPyramid, type BlockSource } from './collision-blocks';
import { cornerOf, cornerValue } from './collision-corner';
import { KeptTexels } from './collision-keep';
import type { BufferPool } from './pool';
import { addQuad } from './quad';

/** What a frame's mesh may have; above it the surface gets coarser, and at last shorter-sighted. */
export const maxTriangles = 4000;
/** Nobody throws farther than this, metres; nearer when there are too many edges. */
const reachesM = [30, 20, 12, 7] as const;
/** A quad may be off by a centimetre, or a quarter of a texel's width where that is more; or by these times as much. */
const flatM = 0.01;
const flatTexels = 0.25;
const tolerances = [1, 1.5, 2, 3, 4, 6, 8] as const;
/** Squares along the longer side of a picture. */
const partsPerSide = 4;
const largestBlock = 1 << (blockLevels - 1);

/** A clean depth picture with its cuts, as `PictureMesher` leaves them. */
export type CutDepth = { inverseDepth: Float32Array; cutRight: Uint8Array; cutBelow: Uint8Array; camera: Intrinsics };

/**
 * Surfaces for bodies to bounce off, from a cut depth picture: a quadtree of quads, as large as flatness allows and down
 * to one texel at cuts. Nothing goes across a cut; sky, far things and crumbs are left out. Quads of different sizes meet
 * without common vertices along their edge; what opens there is less than the tolerance.
 */
export class CollisionMesher {
  /** How many times the usual tolerance the last mesh has, and how far it reaches, metres. */
  tolerance = 1;
  reachM = 30;
  private readonly kept = new KeptTexels();
  private readonly blocks = new BlockPyramid();
  /** Vertex of each corner and texel around it; valid from the first vertex of the running square on. */
  private vertexAt = new Int32Array(0);

  constructor(private readonly pool: BufferPool) {}

  /** @param depth of one frame, read only. Buffers of the mesh come from the pool. */
  build(depth: CutDepth, worldFromCamera: Pose, frameId: number): CollisionMesh {
    const { camera } = depth;
    const { width, height } = camera;
    const source: BlockSource = { d: depth.inverseDepth, cutRight: depth.cutRight, cutBelow: depth.cutBelow, width, height };
    const keeps = this.choose(source, camera);
    const positions = new Float32Array(this.pool.acquire(maxTriangles * 2 * 12));
    const indices = new Uint32Array(this.pool.acquire(maxTriangles * 12));
    const partTexels = largestBlock * Math.max(1, Math.ceil(Math.max(width, height) / partsPerSide / largestBlock));
    if (this.vertexAt.length !== 4 * (width + 1) * (height + 1)) this.vertexAt = new Int32Array(4 * (width + 1) * (height + 1));
    this.vertexAt.fill(-1);

    let vertexCount = 0;
    let indexCount = 0;
    let partBegin = 0;
    const vertex = (x: number, y: number, which: number): number => {
      const inverseDepth = cornerOf(source, keeps, x, y, which);
      const cornerX = x + (which & 1);
      const cornerY = y + (which >> 1);
      const key = 4 * (cornerY * (width + 1) + cornerX) + cornerValue.first;
      const known = this.vertexAt[key]!;
      if (known >= partBegin) return known;
      const z = 1 / inverseDepth;
      const cameraX = ((cornerX - camera.cx) / camera.fx) * z;
      const cameraY = (-(cornerY - camera.cy) / camera.fy) * z;
      for (let k = 0; k < 3; k++) {
        positions[3 * vertexCount + k] =
          worldFromCamera[k]! * cameraX + worldFromCamera[4 + k]! * cameraY - worldFromCamera[8 + k]! * z + worldFromCamera[12 + k]!;
      }
      this.vertexAt[key] = vertexCount;
      return vertexCount++;
    };
    const addBlock = (x: number, y: number, side: number): void => {
      const last = side - 1;
      const upLeft = vertex(x, y, 0);
      const upRight = vertex(x + last, y, 1);
      const downLeft = vertex(x, y + last, 2);
      indexCount = addQuad(indices, indexCount, upLeft, upRight, downLeft, vertex(x + last, y + last, 3));
    };

    const partStarts: number[] = [];
    for (let y = 0; y < height; y += partTexels) {
      for (let x = 0; x < width; x += partTexels) {
        partStarts.push(vertexCount, indexCount);
        partBegin = vertexCount;
        this.visit(x, y, Math.min(x + partTexels, width), Math.min(y + partTexels, height), addBlock);
      }
    }
    partStarts.push(vertexCount, indexCount);
    return {
      frameId,
      worldFromCamera: Float32Array.from(worldFromCamera),
      camera,
      positions,
      vertexCount,
      indices,
      indexCount,
      partTexels,
      partStarts,
    };
  }

  /** Finds the finest mesh that the budget allows; at least the nearest {@link maxTriangles}. */
  private choose(source: BlockSource, camera: Intrinsics): Uint8Array {
    let keeps = new Uint8Array(0) as Uint8Array;
    const toleranceOf = (d: number): number => Math.max(flatM * d * d, (flatTexels * d) / camera.fx);
    for (const reachM of reachesM) {
      this.reachM = reachM;
      keeps = this.kept.find(source, 1 / reachM);
      const kept = keeps;
      this.blocks.build(source, keeps, (x, y, which) => cornerOf(source, kept, x, y, which), toleranceOf);
      for (const tolerance of tolerances) {
        this.tolerance = tolerance;
        let quads = 0;
        this.visit(0, 0, source.width, source.height, () => quads++);
        if (2 * quads <= maxTriangles) return keeps;
      }
    }
    // A thicket right before the eyes: what does not fit is left out, from the nearest texels' own limit on.
    return this.thin(keeps, source);
  }

  private thin(keeps: Uint8Array, source: BlockSource): Uint8Array {
    let quads = 0;
    this.visit(0, 0, source.width, source.height, (x, y, side) => {
      if (2 * ++quads <= maxTriangles) return;
      for (let row = y; row < y + side; row++) keeps.fill(0, row * source.width + x, row * source.width + x + side);
    });
    this.blocks.build(source, keeps, (x, y, which) => cornerOf(source, keeps, x, y, which), () => Number.POSITIVE_INFINITY);
    return keeps;
  }

  /** Calls back for every quad of the region, in an order that is always the same. */
  private visit(x0: number, y0: number, x1: number, y1: number, each: (x: number, y: number, side: number) => void): void {
    for (let y = y0; y < y1; y += largestBlock) {
      for (let x = x0; x < x1; x += largestBlock) this.descend(blockLevels - 1, x, y, each);
    }
  }

  private descend(level: number, x: number, y: number, each: (x: number, y: number, side: number) => void): void {
    const column = x >> level;
    const row = y >> level;
    const columns = this.blocks.columns[level]!;
    // Beyond a whole number of blocks, at the right and the lower border, smaller ones go on.
    const fits = column < columns && row < this.blocks.rows[level]!;
    const error = fits ? this.blocks.errors[level]![row * columns + column]! : Number.POSITIVE_INFINITY;
    if (error <= this.tolerance) {
      each(x, y, 1 << level);
      return;
    }
    if (level === 0) return;
    const half = 1 << (level - 1);
    this.descend(level - 1, x, y, each);
    this.descend(level - 1, x + half, y, each);
    this.descend(level - 1, x, y + half, each);
    this.descend(level - 1, x + half, y + half, each);
  }
}
