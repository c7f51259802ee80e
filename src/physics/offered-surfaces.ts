import { createPose } from '../math/pose';
import type { Intrinsics, Pose } from '../math/types';
import type { CollisionMesh } from '../world/contracts';

/** A copy of a frame's surfaces that is taken in bit by bit; used again for a later frame. */
export class OfferedSurfaces {
  frameId = 0;
  readonly worldFromCamera: Pose = createPose();
  camera: Intrinsics = { width: 1, height: 1, fx: 1, fy: 1, cx: 0, cy: 0 };
  positions = new Float32Array(0);
  indices = new Uint32Array(0);
  partTexels = 1;
  partCount = 0;
  /** Squares compared, and squares put in or passed over, so far. */
  judged = 0;
  placed = 0;
  /** 1: the square says something new. */
  wanted = new Uint8Array(0);
  private starts: readonly number[] = [0, 0];

  copy(mesh: CollisionMesh): void {
    this.frameId = mesh.frameId;
    this.worldFromCamera.set(mesh.worldFromCamera);
    this.camera = mesh.camera;
    if (this.positions.length < mesh.vertexCount * 3) this.positions = new Float32Array(mesh.vertexCount * 4);
    if (this.indices.length < mesh.indexCount) this.indices = new Uint32Array(Math.ceil(mesh.indexCount * 1.3));
    this.positions.set(mesh.positions.subarray(0, mesh.vertexCount * 3));
    this.indices.set(mesh.indices.subarray(0, mesh.indexCount));
    this.partTexels = mesh.partTexels;
    this.starts = mesh.partStarts;
    this.partCount = mesh.partStarts.length / 2 - 1;
    this.judged = 0;
    this.placed = 0;
    if (this.wanted.length < this.partCount) this.wanted = new Uint8Array(this.partCount);
    this.wanted.fill(0);
  }

  indexFrom(part: number): number {
    return this.starts[2 * part + 1]!;
  }

  trianglesOf(part: number): number {
    return (this.indexFrom(part + 1) - this.indexFrom(part)) / 3;
  }

  /** The square with indices of its own. The positions are a view: copy or use them at once. */
  cut(part: number): { positions: Float32Array; indices: Uint32Array } {
    const firstVertex = this.starts[2 * part]!;
    const positions = this.positions.subarray(3 * firstVertex, 3 * this.starts[2 * part + 2]!);
    const indices = this.indices.slice(this.indexFrom(part), this.indexFrom(part + 1));
    for (let k = 0; k < indices.length; k++) indices[k]! -= firstVertex;
    return { positions, indices };
  }
}
