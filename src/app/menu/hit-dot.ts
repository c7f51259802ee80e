import { CircleGeometry, Color, CylinderGeometry, Group, Mesh, MeshBasicMaterial, type BufferGeometry, type Object3D, type Vector3 } from 'three';
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
  return overlay(new CircleGeometry(radius, 24), color, 1, order);
}

function overlay<T extends BufferGeometry>(geometry: T, color: string, opacity: number, order: number): Mesh<T, MeshBasicMaterial> {
  const material = new MeshBasicMaterial({ color, opacity, transparent: true, depthTest: false, depthWrite: false, toneMapped: false });
  const mesh = new Mesh(geometry, material);
  mesh.renderOrder = order;
  return mesh;
}

/** The end of the hand's ray, over the menu: what is drawn of it elsewhere is covered by the menu. From here along -Z. */
export class HitRay extends Group {
  private readonly line = overlay(new CylinderGeometry(0.0012, 0.0012, 1, 6).rotateX(Math.PI / 2).translate(0, 0, -0.5), '#ffffff', 0.4, menuOrder + 1);

  constructor() {
    super();
    this.pointerEvents = 'none';
    this.matrixAutoUpdate = false;
    this.visible = false;
    this.add(this.line);
  }

  /** @param space of the aim; @param lengthM in its metres, null: nothing is hit, or there is no hand to draw it from */
  show(space: Object3D, lengthM: number | null): void {
    this.visible = lengthM !== null;
    if (lengthM === null) return;
    this.matrix.copy(space.matrix);
    this.line.scale.z = lengthM;
  }

  override dispose(): void {
    super.dispose();
    this.line.geometry.dispose();
    this.line.material.dispose();
  }
}
