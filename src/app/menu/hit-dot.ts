import { CircleGeometry, Color, Group, Mesh, MeshBasicMaterial, type Object3D, type Vector3 } from 'three';
import { menuOrder } from './menu-place';

const resting = new Color('#ffffff');
const pressing = new Color('#ecc993');
const radiusM = 0.007;

/** A dot where a ray hits the menu: bright with a dark rim, so that it shows on light and dark. */
export class HitDot extends Group {
  private readonly rim = disc(radiusM * 1.4, '#14161c', menuOrder + 1);
  private readonly core = disc(radiusM, '#ffffff', menuOrder + 2);

  constructor() {
    super();
    this.name = 'menu dot';
    this.visible = false;
    // It is no target itself.
    this.pointerEvents = 'none';
    this.add(this.rim, this.core);
  }

  /** @param at in the world, null: nothing is hit. @param facing lies in the plane that is hit */
  show(at: Vector3 | null, facing: Object3D, isDown: boolean): void {
    this.visible = at !== null;
    if (!at) return;
    this.position.copy(at);
    this.parent?.worldToLocal(this.position);
    this.quaternion.setFromRotationMatrix(facing.matrix);
    this.scale.setScalar(isDown ? 0.75 : 1);
    (this.core.material as MeshBasicMaterial).color.copy(isDown ? pressing : resting);
  }

  override dispose(): void {
    super.dispose();
    for (const part of [this.rim, this.core]) {
      part.geometry.dispose();
      part.material.dispose();
    }
  }
}

function disc(radius: number, color: string, order: number): Mesh<CircleGeometry, MeshBasicMaterial> {
  const material = new MeshBasicMaterial({ color, transparent: true, depthTest: false, depthWrite: false, toneMapped: false });
  const mesh = new Mesh(new CircleGeometry(radius, 24), material);
  mesh.renderOrder = order;
  return mesh;
}
