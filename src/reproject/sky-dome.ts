import { BufferAttribute, BufferGeometry, Mesh, ShaderMaterial, type DataTexture } from 'three';
import { skyRows } from '../world/contracts';
import { pictureTexture } from './keyframe-buffers';
import fragmentShader from './shaders/sky.frag.glsl?raw';
import vertexShader from './shaders/sky.vert.glsl?raw';
import { writeDusk } from './sky-rows';

/**
 * Colour in every direction that no keyframe covers, infinitely far away, above and below the horizon: nothing is ever
 * black. One triangle over the whole view, drawn first, without depth.
 */
export class SkyDome extends Mesh<BufferGeometry, ShaderMaterial> {
  readonly #texture: DataTexture;
  readonly #rows: Uint8Array;

  constructor() {
    const rows = new Uint8Array(skyRows * 4);
    const texture = pictureTexture(rows, 1, skyRows);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 3, -1, 0, -1, 3, 0]), 3));
    const material = new ShaderMaterial({
      name: 'sky',
      vertexShader,
      fragmentShader,
      uniforms: { rows: { value: texture } },
      depthTest: false,
      depthWrite: false,
      dithering: true,
      toneMapped: false,
    });
    super(geometry, material);
    this.#texture = texture;
    this.#rows = rows;
    this.name = 'sky';
    this.renderOrder = -1000;
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
    this.reset();
  }

  /** @param sky `skyRows` RGBA8 sRGB entries from straight down to straight up; copied. */
  setRows(sky: Uint8Array): void {
    this.#rows.set(sky);
    this.#texture.needsUpdate = true;
  }

  /** Back to the dusk that is shown before the first frame. */
  reset(): void {
    writeDusk(this.#rows);
    this.#texture.needsUpdate = true;
  }

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
    this.material.dispose();
    this.#texture.dispose();
  }
}
