import { BufferGeometry, DoubleSide, Mesh, ShaderMaterial, Vector2, type WebGLRenderer } from 'three';
import type { Pose } from '../math/types';
import type { WorldFrame } from '../world/contracts';
import { KeyframeBuffers } from './keyframe-buffers';
import fragmentShader from './shaders/keyframe.frag.glsl?raw';
import vertexShader from './shaders/keyframe.vert.glsl?raw';

function createMaterial() {
  const uniforms = {
    picture: { value: null as KeyframeBuffers['texture'] | null },
    inverseDepthStep: { value: 0 },
    focal: { value: new Vector2(1, 1) },
    principal: { value: new Vector2() },
    texelSize: { value: new Vector2(1, 1) },
  };
  const material = new ShaderMaterial({
    name: 'keyframe',
    vertexShader,
    fragmentShader,
    uniforms,
    // Depth noise turns triangles on grazing surfaces around, and the back of a shell is nearer the truth than a hole.
    side: DoubleSide,
    toneMapped: false,
  });
  return { material, uniforms };
}

/**
 * The newest keyframe as a mesh in the space of its parent. Two sets of buffers: a frame is written into the one that
 * is not on the screen, then both swap places at once, so that picture, geometry, intrinsics and pose never mix.
 */
export class KeyframeMesh extends Mesh<BufferGeometry, ShaderMaterial> {
  readonly #uniforms: ReturnType<typeof createMaterial>['uniforms'];
  #front: KeyframeBuffers | null = null;
  #back: KeyframeBuffers | null = null;
  #inverseDepthStep = 0;

  constructor() {
    const { material, uniforms } = createMaterial();
    super(new BufferGeometry(), material);
    this.#uniforms = uniforms;
    this.name = 'keyframe';
    this.visible = false;
    // The shader places the vertices; three knows neither their bounds nor how to hit them.
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
  }

  /** Shows a frame from the next draw on. Copies it: its arrays may be given back at once. */
  show(frame: WorldFrame): void {
    const { width, height, fx, fy, cx, cy } = frame.camera;
    let next = this.#back;
    if (next === null || next.width !== width || next.height !== height) {
      next?.dispose();
      next = new KeyframeBuffers(width, height);
    }
    next.write(frame);
    this.#back = this.#front;
    this.#front = next;
    this.geometry = next.geometry;
    this.#uniforms.picture.value = next.texture;
    this.#uniforms.focal.value.set(fx, fy);
    this.#uniforms.principal.value.set(cx, cy);
    this.#uniforms.texelSize.value.set(1 / width, 1 / height);
    this.#inverseDepthStep = frame.mesh.inverseDepthStep;
    this.visible = true;
  }

  /**
   * @param worldFromKeyframe pose of the keyframe camera.
   * @param atInfinity ignore the depth: a picture infinitely far.
   */
  place(worldFromKeyframe: Pose, atInfinity: boolean): void {
    this.matrix.fromArray(worldFromKeyframe);
    this.matrixWorldNeedsUpdate = true;
    this.#uniforms.inverseDepthStep.value = atInfinity ? 0 : this.#inverseDepthStep;
  }

  /** Sends the picture to the GPU now: uploads in the middle of a headset's render pass are dear on tiling GPUs. */
  upload(renderer: WebGLRenderer): void {
    if (this.#front !== null) renderer.initTexture(this.#front.texture);
  }

  override dispose(): void {
    super.dispose();
    this.visible = false;
    this.#front?.dispose();
    this.#back?.dispose();
    this.#front = null;
    this.#back = null;
    this.material.dispose();
  }
}
