import {
  ConstantAlphaFactor,
  CustomBlending,
  DoubleSide,
  Mesh,
  NormalBlending,
  OneMinusConstantAlphaFactor,
  ShaderMaterial,
  Vector2,
  type BufferGeometry,
  type WebGLRenderer,
} from 'three';
import type { Pose } from '../math/types';
import type { Picture } from '../world/contracts';
import { KeyframeBuffers } from './keyframe-buffers';
import { quadDistanceM, type ReprojectionMode } from './modes';
import type { Room } from './room';
import type { RoomUniforms } from './room-uniforms';
import cubic from './shaders/cubic.glsl?raw';
import fragmentShader from './shaders/keyframe.frag.glsl?raw';
import vertexShader from './shaders/keyframe.vert.glsl?raw';
import roomShader from './shaders/room.glsl?raw';
import shadows from './shaders/shadows.glsl?raw';
import stale from './shaders/stale.glsl?raw';
import { only, plainVariant, setVariant, type ShaderVariant } from './shader-variant';

/** What every layer of one view shares: one object, so that one write reaches all. */
export type SharedUniforms = RoomUniforms & {
  debugView: { value: number };
  staleness: { value: number };
  softEdges: { value: number };
};

/** And what fills them for the eye that is drawn. */
export type Shared = { uniforms: SharedUniforms; room: Room };

export function createShared(room: Room): Shared {
  const uniforms = { debugView: { value: 0 }, staleness: { value: 0 }, softEdges: { value: 0 }, ...room.uniforms };
  return { uniforms, room };
}

/**
 * One picture with depth in the scene: a keyframe, or a guessed background. Geometry and texture are allocated once for
 * a resolution and written again for the next picture; its pose and intrinsics change together with them.
 */
export class LayerMesh extends Mesh<BufferGeometry, ShaderMaterial> {
  /** Of the frame it shows. */
  frameId = 0;
  /** 0 … 1, and where it is going. */
  opacity = 1;
  opacityTarget = 1;
  /** When the action of its frame was sampled, ms. */
  actionAtMs = 0;
  readonly #buffers: KeyframeBuffers;
  readonly #worldFromKeyframe: Pose = new Float32Array(16);
  readonly #own;
  #inverseDepthStep = 0;
  #variant = plainVariant;
  #softEdges = false;
  /** Where it stands is right for this mode; null after another picture. */
  #placedFor: ReprojectionMode | null = null;

  constructor(width: number, height: number, { uniforms, room }: Shared) {
    const buffers = new KeyframeBuffers(width, height);
    const own = {
      picture: { value: buffers.texture },
      texelsPerQuad: { value: 1 },
      inverseDepthStep: { value: 0 },
      inverseDepthFlat: { value: 0 },
      focal: { value: new Vector2(1, 1) },
      principal: { value: new Vector2() },
      texelSize: { value: new Vector2(1 / width, 1 / height) },
      depthBias: { value: 0 },
      isGuess: { value: 0 },
      trimmed: { value: 0 },
      opacity: { value: 1 },
      layerCode: { value: 0 },
      ageS: { value: 0 },
    };
    const material = new ShaderMaterial({
      name: 'keyframe',
      vertexShader,
      fragmentShader: cubic + stale + only('BODIES', shadows) + only('ROOM', roomShader) + fragmentShader,
      // Not a literal in the constructor call: three would clone the shared ones.
      uniforms: {},
      // Depth noise turns triangles on grazing surfaces around, and the back of a shell is nearer the truth than a hole.
      side: DoubleSide,
      toneMapped: false,
      // In a room: from what is there to the colour and the alpha of this layer, both premultiplied, by its opacity.
      blendSrc: ConstantAlphaFactor,
      blendDst: OneMinusConstantAlphaFactor,
    });
    Object.assign(material.uniforms, own, uniforms);
    material.onBeforeRender = room.prepare;
    super(buffers.geometry, material);
    this.#buffers = buffers;
    this.#own = own;
    this.name = 'keyframe';
    this.visible = false;
    // The shader places the vertices; three knows neither their bounds nor how to hit them.
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
  }

  fits(width: number, height: number): boolean {
    return this.#buffers.width === width && this.#buffers.height === height;
  }

  /** Copies a picture in: its arrays may be given back at once. @returns bytes that go to the GPU */
  write(picture: Picture, worldFromKeyframe: Pose, frameId: number, actionAtMs: number): number {
    const { fx, fy, cx, cy } = picture.camera;
    const bytes = this.#buffers.write(picture);
    this.#own.focal.value.set(fx, fy);
    this.#own.principal.value.set(cx, cy);
    this.#own.texelsPerQuad.value = picture.mesh.texelsPerQuad;
    this.#inverseDepthStep = picture.mesh.inverseDepthStep;
    this.#worldFromKeyframe.set(worldFromKeyframe);
    this.#placedFor = null;
    this.frameId = frameId;
    this.actionAtMs = actionAtMs;
    return bytes;
  }

  /** @param worldFromHead used in mode `off` only: the picture goes with the head */
  place(mode: ReprojectionMode, worldFromHead: Pose): void {
    // Only with the head it stands elsewhere in each display frame.
    if (mode === this.#placedFor && mode !== 'off') return;
    this.#placedFor = mode;
    const hasDepth = mode === 'mesh' || mode === 'layers';
    this.#own.inverseDepthStep.value = hasDepth ? this.#inverseDepthStep : 0;
    this.#own.inverseDepthFlat.value = mode === 'quad' ? 1 / quadDistanceM : 0;
    this.matrix.fromArray(mode === 'off' ? worldFromHead : this.#worldFromKeyframe);
    this.matrixWorldNeedsUpdate = true;
  }

  /** What it is to the picture of this display frame; see the uniforms in `keyframe.*.glsl`. */
  take(code: number, depthBias: number, isGuess: boolean, trimmed: boolean, renderOrder: number): void {
    this.#own.layerCode.value = code;
    this.#own.depthBias.value = depthBias;
    this.#own.isGuess.value = isGuess ? 1 : 0;
    this.#own.trimmed.value = trimmed ? 1 : 0;
    this.renderOrder = renderOrder;
  }

  /** Code of its layer in the debug view `source`. */
  get code(): number {
    return this.#own.layerCode.value;
  }

  /** Moves the opacity towards its target. @param step largest change; 1 arrives at once */
  fade(step: number): void {
    const { opacity, opacityTarget } = this;
    this.opacity = opacity < opacityTarget ? Math.min(opacity + step, opacityTarget) : Math.max(opacity - step, opacityTarget);
  }

  /** Puts opacity, blending and age into effect for the next draw. @param wanted false hides it in this mode */
  present(wanted: boolean, atMs: number, rawOutput: boolean): void {
    this.#own.opacity.value = this.opacity;
    this.#own.ageS.value = (atMs - this.actionAtMs) / 1000;
    this.material.transparent = this.opacity < 1 && !rawOutput;
    this.material.blending = this.#variant.room && this.material.transparent ? CustomBlending : NormalBlending;
    this.material.blendAlpha = this.opacity;
    this.visible = wanted && this.opacity > 0;
  }

  setSoftEdges(soft: boolean): void {
    this.#softEdges = soft;
    // In a room alpha is how much of the room is covered, and must reach the headset.
    this.material.alphaToCoverage = soft && !this.#variant.room;
  }

  /** What it is drawn with from the next draw on. */
  setVariant(variant: ShaderVariant): void {
    this.#variant = variant;
    setVariant(this.material, variant);
    this.setSoftEdges(this.#softEdges);
  }

  /** Sends the picture to the GPU now: uploads in the middle of a headset's render pass are dear on tiling GPUs. */
  upload(renderer: WebGLRenderer): void {
    renderer.initTexture(this.#buffers.texture);
  }

  override dispose(): void {
    super.dispose();
    this.visible = false;
    this.#buffers.dispose();
    this.material.dispose();
  }
}
