import { Mesh, type Object3D } from 'three';
import { LayerMesh, type Shared } from './layer-mesh';
import { plainVariant, type ShaderVariant } from './shader-variant';

/** Meshes at rest that are kept for the next picture of their size. */
const mostIdle = 4;

/** Layers in the scene and those at rest, so that a steady stream of frames allocates nothing on the GPU. */
export class LayerPool {
  readonly #parent: Object3D;
  readonly #shared: Shared;
  readonly #idle: LayerMesh[] = [];
  #soft = false;
  #variant = plainVariant;
  /** Keep the programs of VR compiled: the first thrown ball must not make the picture wait, nor the last. */
  readonly #keepers: { mesh: Mesh; layer: LayerMesh }[] = [];

  constructor(parent: Object3D, shared: Shared) {
    this.#parent = parent;
    this.#shared = shared;
    for (const bodies of [false, true]) this.#keep({ room: false, bodies });
  }

  acquire(width: number, height: number): LayerMesh {
    const at = this.#idle.findIndex((mesh) => mesh.fits(width, height));
    const mesh = at >= 0 ? this.#idle.splice(at, 1)[0] : new LayerMesh(width, height, this.#shared);
    mesh.setSoftEdges(this.#soft);
    mesh.setVariant(this.#variant);
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

  setVariant(variant: ShaderVariant): void {
    this.#variant = variant;
  }

  dispose(): void {
    for (const mesh of this.#idle.splice(0)) {
      mesh.removeFromParent();
      mesh.dispose();
    }
    for (const { mesh, layer } of this.#keepers.splice(0)) {
      mesh.removeFromParent();
      layer.dispose();
    }
  }

  /** A mesh of nothing, drawn once: with it three compiles its program and keeps it. */
  #keep(variant: ShaderVariant): void {
    const layer = new LayerMesh(1, 1, this.#shared);
    layer.setVariant(variant);
    // Not a layer for whoever looks at the view's children.
    const mesh = new Mesh(layer.geometry, layer.material);
    mesh.name = 'program';
    mesh.frustumCulled = false;
    mesh.onAfterRender = () => {
      mesh.visible = false;
    };
    this.#keepers.push({ mesh, layer });
    this.#parent.add(mesh);
  }
}
