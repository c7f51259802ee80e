import { BufferAttribute, BufferGeometry, Mesh, NoBlending, ShaderMaterial, Vector2 } from 'three';
import fragmentShader from './shaders/optical-patch.frag.glsl?raw';
import vertexShader from './shaders/optical-patch.vert.glsl?raw';

/**
 * Where the patch lies in the view of each eye and of the page, as tangents of the angles from the axis: 14 degrees to
 * the left and 17 down, where every lens is clear and both eyes of every headset see it. Panels of the page can lie over it.
 */
export const patchMiddle = Object.freeze({ right: -0.25, up: -0.3 });
/** From the middle to the outside of the grey frame, and how much of that is the square: 7 degrees wide in all. */
export const patchHalfSize = 0.065;
export const patchInside = 0.85;

/**
 * A square that is black or white, for a photodiode or a fast camera. Locked to the view, in the same direction in both
 * eyes; drawn after everything else, over everything else, and never lit or tone mapped.
 */
export class OpticalPatchMesh extends Mesh<BufferGeometry, ShaderMaterial> {
  constructor() {
    const material = new ShaderMaterial({
      name: 'optical-patch',
      vertexShader,
      fragmentShader,
      uniforms: {
        middle: { value: new Vector2(patchMiddle.right, patchMiddle.up) },
        halfSize: { value: patchHalfSize },
        inside: { value: patchInside },
        level: { value: 0 },
      },
      depthTest: false,
      depthWrite: false,
      // Only what counts as transparent is drawn after the vignette and the notices, in the order of `renderOrder`.
      transparent: true,
      blending: NoBlending,
      toneMapped: false,
    });
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(new Float32Array([-1, -1, 0, 1, -1, 0, 1, 1, 0, -1, 1, 0]), 3));
    geometry.setIndex([0, 1, 2, 0, 2, 3]);
    super(geometry, material);
    this.name = 'optical-patch';
    this.renderOrder = 10_000;
    this.frustumCulled = false;
    this.matrixAutoUpdate = false;
    this.raycast = () => {};
    this.visible = false;
  }

  /** @param level 0 black, 1 white; from the next draw on */
  setLevel(level: 0 | 1): void {
    this.material.uniforms['level']!.value = level;
  }

  override dispose(): void {
    super.dispose();
    this.geometry.dispose();
    this.material.dispose();
  }
}
