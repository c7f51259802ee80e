import {
  BufferAttribute,
  BufferGeometry,
  Mesh,
  RepeatWrapping,
  ShaderMaterial,
  type DataTexture,
  type WebGLRenderer,
} from 'three';
import { skyHeight, skyWidth } from '../world/contracts';
import { debugViews, type DebugView } from './debug-views';
import { pictureTexture } from './keyframe-buffers';
import { Room } from './room';
import type { RoomLook } from './room-look';
import cubic from './shaders/cubic.glsl?raw';
import fragmentShader from './shaders/sky.frag.glsl?raw';
import roomShader from './shaders/room.glsl?raw';
import vertexShader from './shaders/sky.vert.glsl?raw';
import stale from './shaders/stale.glsl?raw';
import { only, setVariant } from './shader-variant';
import { writeDusk } from './sky-dusk';

/** All directions, around and around. */
function mapTexture(data: Uint8Array): DataTexture {
  const texture = pictureTexture(data, skyWidth, skyHeight);
  texture.wrapS = RepeatWrapping;
  return texture;
}

/**
 * Colour in every direction that no keyframe covers, infinitely far away, above and below the horizon: nothing is ever
 * black. One triangle over the whole view, drawn first, without depth.
 */
export class SkyDome extends Mesh<BufferGeometry, ShaderMaterial> {
  readonly #texture: DataTexture;
  readonly #map: Uint8Array;
  readonly #uniforms;


  /** @param room masks the dome in AR */
  constructor(room = new Room()) {
    const map = new Uint8Array(skyWidth * skyHeight * 4);
    const texture = mapTexture(map);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
    const uniforms = { map: { value: texture }, debugView: { value: 0 }, staleness: { value: 0 } };
    const material = new ShaderMaterial({
      name: 'sky',
      vertexShader,
      fragmentShader: cubic + stale + only('ROOM', roomShader) + fragmentShader,
      // Not a literal in the constructor call: three would clone the shared ones.
      uniforms: {},
      depthTest: false,
      depthWrite: false,
      dithering: true,
      toneMapped: false,
    });
    Object.assign(material.uniforms, uniforms, room.uniforms);
    material.onBeforeRender = room.prepare;
    super(geometry, material);
    this.#texture = texture;
    this.#map = map;
    this.#uniforms = uniforms;
    this.name = 'sky';
    this.renderOrder = -1000;
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
    this.reset();
  }

  /** @param sky `skyWidth` x `skyHeight` RGBA8 sRGB, see {@link import('../world/contracts').WorldFrame.sky}; copied. */
  setMap(sky: Uint8Array): void {
    this.#map.set(sky);
    this.#texture.needsUpdate = true;
  }

  /** In a room the sky is only seen through a window. */
  setRoom(look: RoomLook | null): void {
    this.visible = look === null || look.form === 'window';
    setVariant(this.material, { room: look !== null, bodies: false });
  }

  /** Back to the dusk that is shown before the first frame. */
  reset(): void {
    writeDusk(this.#map);
    this.#texture.needsUpdate = true;
  }

  setDebugView(view: DebugView): void {
    this.#uniforms.debugView.value = debugViews.indexOf(view);
  }

  /** @param staleness 0 fresh … 1: no new frame for a while; takes the colour away, as the keyframe shader does. */
  setStaleness(staleness: number): void {
    this.#uniforms.staleness.value = staleness;
  }

  /** Sends the map to the GPU now, not in the middle of a headset's render pass. */
  upload(renderer: WebGLRenderer): void {
    renderer.initTexture(this.#texture);
  }

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
    this.material.dispose();
    this.#texture.dispose();
  }
}
