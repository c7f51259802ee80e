import { Color, DynamicDrawUsage, Group, InstancedMesh, Matrix4, MeshStandardMaterial, Quaternion, Vector3, type Material } from 'three';
import type { BodyShape } from './body';
import { ballGeometry, cubeGeometry, ownColor } from './body-geometry';

/** What a body looks like; its pose comes from the physics. */
export type BodyLook = { shape: BodyShape; /** 0 … 1, around the circle of colours. */ hue: number };

/** Beside a thing's own colour. */
const cream = new Color('#f3ead8');

const color = new Color();
const matrix = new Matrix4();
const position = new Vector3();
const rotation = new Quaternion();
const size = new Vector3();

/**
 * All bodies in at most two draw calls, as ordinary three.js meshes: they write and test the same depth as the dream, so
 * that each hides what is behind it. Nothing is drawn, and nothing computed, without bodies.
 */
export class BodyMeshes extends Group {
  readonly material: MeshStandardMaterial;
  private readonly shapes: Readonly<Record<BodyShape, InstancedMesh>>;
  private readonly shown: Record<BodyShape, number> = { ball: 0, cube: 0 };

  /** @param patch what else must be in the shader of every real thing (the forms of AR, the real world's depth) */
  constructor(most: number, patch: (material: Material) => void = () => {}) {
    super();
    this.name = 'things';
    this.material = thingMaterial();
    patch(this.material);
    this.shapes = {
      ball: instances(new InstancedMesh(ballGeometry(), this.material, most), 'balls'),
      cube: instances(new InstancedMesh(cubeGeometry(), this.material, most), 'cubes'),
    };
    this.add(this.shapes.ball, this.shapes.cube);
    this.visible = false;
  }

  /** Before the bodies of a display frame. */
  begin(): void {
    this.shown.ball = 0;
    this.shown.cube = 0;
  }

  /** One body. @param poses 8 numbers a body: x, y, z, quaternion, radius, from index 8 * `index` */
  put(look: BodyLook, poses: Float32Array, index: number): void {
    const mesh = this.shapes[look.shape];
    const slot = this.shown[look.shape]++;
    const at = 8 * index;
    const radiusM = poses[at + 7]!;
    position.fromArray(poses, at);
    rotation.fromArray(poses, at + 3);
    matrix.compose(position, rotation, size.setScalar(radiusM));
    mesh.setMatrixAt(slot, matrix);
    mesh.setColorAt(slot, color.setHSL(look.hue, 0.62, 0.45));
  }

  /** After them. */
  end(): void {
    const { ball, cube } = this.shapes;
    finish(ball, this.shown.ball);
    finish(cube, this.shown.cube);
    this.visible = this.shown.ball + this.shown.cube > 0;
  }

  override dispose(): void {
    super.dispose();
    for (const mesh of Object.values(this.shapes)) {
      mesh.geometry.dispose();
      mesh.dispose();
    }
    this.material.dispose();
  }
}

function instances(mesh: InstancedMesh, name: string): InstancedMesh {
  mesh.name = name;
  mesh.count = 0;
  mesh.visible = false;
  // Bodies are everywhere, and three would measure all of them for each frame.
  mesh.frustumCulled = false;
  mesh.raycast = () => {};
  mesh.matrixAutoUpdate = false;
  mesh.instanceMatrix.setUsage(DynamicDrawUsage);
  // Made now: three would compile another shader when the first colour is set.
  mesh.setColorAt(0, color.set(1, 1, 1));
  mesh.instanceColor?.setUsage(DynamicDrawUsage);
  return mesh;
}

function finish(mesh: InstancedMesh, count: number): void {
  mesh.count = count;
  mesh.visible = count > 0;
  if (count === 0) return;
  // All of it, always: a part of 10 kB would have to be described by an object for each frame.
  mesh.instanceMatrix.needsUpdate = true;
  if (mesh.instanceColor) mesh.instanceColor.needsUpdate = true;
}

/** As the worlds' own renderer brings light to the screen (workers/layout/light.ts): nothing is ever burnt out. */
const shoulder = 'outgoingLight = 1.0 - exp(-1.15 * outgoingLight);';

/** Matt, slightly soft: a toy in a painted world. */
function thingMaterial(): MeshStandardMaterial {
  const material = new MeshStandardMaterial({ roughness: 0.7, metalness: 0 });
  material.name = 'thing';
  material.onBeforeCompile = (shader) => {
    shader.uniforms['cream'] = { value: cream };
    shader.vertexShader = shader.vertexShader
      .replace('#include <common>', `#include <common>\nattribute float ${ownColor};\nvarying float vOwnColor;`)
      .replace('#include <color_vertex>', `#include <color_vertex>\nvOwnColor = ${ownColor};`);
    shader.fragmentShader = shader.fragmentShader
      .replace('#include <common>', '#include <common>\nuniform vec3 cream;\nvarying float vOwnColor;')
      .replace('#include <color_fragment>', 'diffuseColor.rgb = mix(cream, vColor.rgb, vOwnColor);')
      .replace('#include <opaque_fragment>', `${shoulder}\n#include <opaque_fragment>`);
  };
  return material;
}
