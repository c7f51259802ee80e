import type { Object3D } from 'three';
import { LayerMesh, type Shared } from './layer-mesh';

/** Meshes at rest that are kept for the next picture of their size. */
const mostIdle = 4;

/** Layers in the scene and those at rest, so that a steady stream of frames allocates nothing on the GPU. */
export class LayerPool {
  readonly #parent: Object3D;
  readonly #shared: Shared;
  readonly #idle: LayerMesh[] = [];
  #soft = false;
  #inRoom = false;

  constructor(parent: Object3D, shared: Shared) {
    this.#parent = parent;
    this.#shared = shared;
  }

  acquire(width: number, height: number): LayerMesh {
    const at = this.#idle.findIndex((mesh) => mesh.fits(width, height));
    const mesh = at >= 0 ? this.#idle.splice(at, 1)[0] : new LayerMesh(width, height, this.#shared);
    mesh.setSoftEdges(this.#soft);
    mesh.setInRoom(this.#inRoom);
    mesh.opacity = 1;
    mesh.opacityTarget = 1;
    this.#parent.add(mesh);
    return mesh;
  }

  /** Takes a layer out of the scene. */
  release(mesh: LayerMesh): void {
    mesh.visible = false;
    this.#idle.push(mesh);
    if (this.#idle.length > mostIdle) {
      const oldest = this.#idle.shift()!;
      oldest.removeFromParent();
      oldest.dispose();
    }
  }

  setSoftEdges(soft: boolean): void {
    this.#soft = soft;
  }

  setInRoom(inRoom: boolean): void {
    this.#inRoom = inRoom;
  }

  dispose(): void {
    for (const mesh of this.#idle.splice(0)) {
      mesh.removeFromParent();
      mesh.dispose();
    }
  }
}
