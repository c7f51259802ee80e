import {
  CylinderGeometry,
  DataTexture,
  DynamicDrawUsage,
  Group,
  InstancedMesh,
  LinearFilter,
  Matrix4,
  MeshMatcapMaterial,
  Quaternion,
  SphereGeometry,
  SRGBColorSpace,
  Vector3,
} from 'three';
import type { Hands } from '../../xr/hand-state';
import { boneParents, jointCount } from '../../xr/hands/hand-joints';

/** Bones that close the palm, besides those from joint to joint: between the roots of neighbouring fingers. */
const palmBones: readonly (readonly [number, number])[] = [[6, 11], [11, 16], [16, 21]];
const bones: readonly (readonly [number, number])[] = [
  ...boneParents.flatMap((parent, joint) => (parent < 0 ? [] : [[parent, joint] as const])),
  ...palmBones,
];
/** Seen from outside the fingers are a little slimmer than their bones are long: the tracked radius is that of the skin. */
const slim = 0.92;

const up = new Vector3(0, 1, 0);
const from = new Vector3();
const to = new Vector3();
const along = new Vector3();
const size = new Vector3();
const turn = new Quaternion();
const none = new Quaternion();
const matrix = new Matrix4();

/** Both bare hands as rounded bones, in the tracked room: two draw calls, nothing downloaded, no light needed. */
export class BareHands extends Group {
  private readonly material = new MeshMatcapMaterial({ matcap: skinLight(), toneMapped: false });
  private readonly spheres = new InstancedMesh(new SphereGeometry(1, 14, 10), this.material, 2 * jointCount);
  private readonly capsules = new InstancedMesh(new CylinderGeometry(1, 1, 1, 12, 1, true), this.material, 2 * bones.length);

  constructor() {
    super();
    this.name = 'bare hands';
    for (const mesh of [this.spheres, this.capsules]) {
      mesh.instanceMatrix.setUsage(DynamicDrawUsage);
      mesh.frustumCulled = false;
      this.add(mesh);
    }
  }

  /** Moves the hands to where they are seen in this frame; one that is not tracked is not drawn. */
  update(hands: Hands): void {
    let spheres = 0;
    let capsules = 0;
    for (let h = 0; h < 2; h++) {
      const { isTracked, roomFromJoint, radiiM } = hands.all[h]!.joints;
      if (!isTracked) continue;
      for (let joint = 0; joint < jointCount; joint++) {
        const radius = radiusOf(radiiM, joint);
        matrix.compose(from.fromArray(roomFromJoint, 16 * joint + 12), none, size.set(radius, radius, radius));
        this.spheres.setMatrixAt(spheres++, matrix);
      }
      for (let b = 0; b < bones.length; b++) {
        const [parent, joint] = bones[b]!;
        from.fromArray(roomFromJoint, 16 * parent + 12);
        to.fromArray(roomFromJoint, 16 * joint + 12);
        along.subVectors(to, from);
        const length = along.length();
        if (length < 1e-4) continue;
        const radius = Math.min(radiusOf(radiiM, parent), radiusOf(radiiM, joint));
        turn.setFromUnitVectors(up, along.divideScalar(length));
        matrix.compose(from.lerp(to, 0.5), turn, size.set(radius, length, radius));
        this.capsules.setMatrixAt(capsules++, matrix);
      }
    }
    this.visible = spheres > 0;
    this.spheres.count = spheres;
    this.capsules.count = capsules;
    this.spheres.instanceMatrix.needsUpdate = this.capsules.instanceMatrix.needsUpdate = this.visible;
  }

  override dispose(): void {
    this.material.matcap?.dispose();
    this.material.dispose();
    for (const mesh of [this.spheres, this.capsules]) {
      mesh.geometry.dispose();
      mesh.dispose();
    }
  }
}

/** Runtimes may not know a radius (NaN). */
function radiusOf(radiiM: Float32Array, joint: number): number {
  const radius = radiiM[joint]!;
  return slim * (radius > 0.002 && radius < 0.03 ? radius : 0.008);
}

/** How a rounded thing of one plain colour looks in soft light from above: a picture of a sphere. */
function skinLight(): DataTexture {
  const n = 64;
  const data = new Uint8Array(n * n * 4);
  for (let row = 0; row < n; row++) {
    for (let column = 0; column < n; column++) {
      const x = ((column + 0.5) / n) * 2 - 1;
      const y = ((row + 0.5) / n) * 2 - 1;
      const z = Math.sqrt(Math.max(0, 1 - x * x - y * y));
      const light = 0.42 + 0.34 * (0.5 + 0.5 * y) + 0.24 * z;
      const rim = 0.16 * (1 - z) ** 3;
      data.set([255 * Math.min(1, 0.93 * light + rim), 255 * Math.min(1, 0.86 * light + rim), 255 * Math.min(1, 0.8 * light + rim), 255], 4 * (row * n + column));
    }
  }
  const texture = new DataTexture(data, n, n);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
