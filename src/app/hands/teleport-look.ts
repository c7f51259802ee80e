import {
  BoxGeometry,
  CylinderGeometry,
  DynamicDrawUsage,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  RingGeometry,
  Vector3,
  type BufferGeometry,
} from 'three';
import type { TeleportArc } from '../../xr/hands/teleport';

/** Colours that stay apart for those who see no red and green; the shapes differ as well. */
const validColor = '#8fe3ff';
const invalidColor = '#ff8a4c';
/** The arc is drawn as dashes, with one at every so many of its points. */
const pointsPerDash = 2;
const maxDashes = 64;
const dashRadiusM = 0.006;
/** The first part of the arc is left out, so that it is not in the face of who aims, metres. */
const startM = 0.15;
/** Height of ring and cross above the floor, which the painted ground reaches by a few centimetres. */
const liftM = 0.03;
/** What is behind something is still felt, but faintly. */
const hiddenOpacity = 0.3;

const up = new Vector3(0, 1, 0);
const from = new Vector3();
const to = new Vector3();
const along = new Vector3();
const size = new Vector3();
const turn = new Quaternion();
const matrix = new Matrix4();

/** Arc and target of a teleport, in the world: a ring on the floor where one can stand, an upright cross where one cannot. */
export class TeleportLook extends Group {
  private readonly dashes: InstancedMesh;
  private readonly dashMaterial = new MeshBasicMaterial({ transparent: true, opacity: 0.85, toneMapped: false });
  private readonly ring = marker([
    new RingGeometry(0.2, 0.27, 48).rotateX(-Math.PI / 2),
    new RingGeometry(0, 0.05, 24).rotateX(-Math.PI / 2),
  ], validColor);
  private readonly cross = marker([
    new BoxGeometry(0.36, 0.06, 0.02).rotateZ(Math.PI / 4),
    new BoxGeometry(0.36, 0.06, 0.02).rotateZ(-Math.PI / 4),
  ], invalidColor);

  constructor() {
    super();
    this.name = 'teleport';
    this.dashes = new InstancedMesh(new CylinderGeometry(1, 1, 1, 6), this.dashMaterial, maxDashes);
    this.dashes.instanceMatrix.setUsage(DynamicDrawUsage);
    this.dashes.frustumCulled = false;
    this.dashes.renderOrder = 901;
    this.add(this.dashes, this.ring, this.cross);
    this.visible = false;
  }

  /** @param showsArc false for a ray that begins at the eyes, of which one would see but a dot */
  show(arc: TeleportArc, showsArc: boolean): void {
    this.visible = true;
    this.ring.visible = arc.isValid;
    this.cross.visible = !arc.isValid && arc.isEnded;
    const mark = arc.isValid ? this.ring : this.cross;
    mark.position.set(arc.target.x, arc.target.y + liftM, arc.target.z);
    // Upright against a wall or on the floor: it is seen best from where it was thrown.
    if (!arc.isValid) this.cross.lookAt(from.fromArray(arc.points));
    this.dashMaterial.color.set(arc.isValid ? validColor : invalidColor);
    this.dashes.visible = showsArc;
    if (showsArc) this.placeDashes(arc);
  }

  hide(): void {
    this.visible = false;
  }

  override dispose(): void {
    this.dashes.geometry.dispose();
    this.dashMaterial.dispose();
    this.dashes.dispose();
    for (const mark of [this.ring, this.cross]) {
      mark.traverse((part) => {
        if (!(part instanceof Mesh)) return;
        (part.geometry as BufferGeometry).dispose();
        (part.material as MeshBasicMaterial).dispose();
      });
    }
  }

  private placeDashes({ points, pointCount }: TeleportArc): void {
    let count = 0;
    for (let i = 0; i + 1 < pointCount && count < maxDashes; i += pointsPerDash) {
      from.fromArray(points, 3 * i);
      to.fromArray(points, 3 * (i + 1));
      if (Math.hypot(from.x - points[0]!, from.y - points[1]!, from.z - points[2]!) < startM) continue;
      along.subVectors(to, from);
      const length = along.length();
      if (length < 1e-4) continue;
      turn.setFromUnitVectors(up, along.divideScalar(length));
      matrix.compose(from.lerp(to, 0.5), turn, size.set(dashRadiusM, length, dashRadiusM));
      this.dashes.setMatrixAt(count++, matrix);
    }
    this.dashes.count = count;
    this.dashes.instanceMatrix.needsUpdate = true;
  }
}

/** Flat shapes on the floor, drawn where they are seen and, faintly, where something is before them. */
function marker(shapes: readonly BufferGeometry[], color: string): Group {
  const seen = new MeshBasicMaterial({ color, transparent: true, depthWrite: false, toneMapped: false });
  const hidden = seen.clone();
  hidden.opacity = hiddenOpacity;
  hidden.depthTest = false;
  const group = new Group();
  for (const shape of shapes) {
    const behind = new Mesh(shape, hidden);
    const before = new Mesh(shape, seen);
    behind.renderOrder = 900;
    before.renderOrder = 902;
    group.add(behind, before);
  }
  group.visible = false;
  return group;
}
