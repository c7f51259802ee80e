import { Matrix4, Vector3, type Camera, type Material, type Vector3Like, type WebGLRenderer } from 'three';
import { contactRadii, mostShadows } from './body-shadow';
import type { RealDepthLook, RoomLook } from './room-look';
import { createRoomMask, maskFor } from './room-mask';
import { patchThing, type PatchedPart } from './room-patch';
import { createRoomUniforms } from './room-uniforms';

/** A body that looks smaller than this has no shadow that anybody sees. */
const leastTangent = 0.004;

const worldFromView = new Matrix4();

/**
 * What stands between the dream and the eyes: the form of AR, the depth of the real room, shadows of bodies. Each
 * material asks for its uniforms right before it is drawn, because they differ from eye to eye.
 */
export class Room {
  look: RoomLook | null = null;
  realDepth: RealDepthLook | null = null;
  readonly uniforms = createRoomUniforms();
  readonly #mask = createRoomMask();
  readonly #towardsSun = new Vector3(0, 1, 0);
  #spheres: Float32Array = new Float32Array(0);
  #sphereCount = 0;
  #camera: Camera | null = null;
  #frame = -1;

  /** See {@link import('./world-view').WorldView.setShadows}. */
  setShadows(spheres: Float32Array, count: number, towardsSun: Vector3Like | undefined): void {
    this.#spheres = spheres;
    this.#sphereCount = Math.min(count, mostShadows, Math.floor(spheres.length / 4));
    if (towardsSun) this.#towardsSun.copy(towardsSun).normalize();
    else this.#towardsSun.set(0, 1, 0);
  }

  get hasShadows(): boolean {
    return this.#sphereCount > 0;
  }

  /** Puts masks and real depth into an ordinary material; see {@link patchThing}. */
  patch(material: Material, part: PatchedPart): void {
    patchThing(material, this, part);
  }

  /** For `Material.onBeforeRender`: fills the uniforms for this camera, once in each render of it. */
  readonly prepare = (renderer: WebGLRenderer, _scene: unknown, camera: Camera): void => {
    const { frame } = renderer.info.render;
    if (camera === this.#camera && frame === this.#frame) return;
    this.#camera = camera;
    this.#frame = frame;
    this.#prepareMask(camera);
    this.#prepareDepth(camera);
    this.#prepareShadows(camera);
  };

  #prepareMask(camera: Camera): void {
    const { uniforms } = this;
    // Not `matrixWorld`: of a page's camera three leaves the scale out of the view, of a headset's it does not.
    const mask = maskFor(this.look, worldFromView.copy(camera.matrixWorldInverse).invert(), this.#mask);
    uniforms.roomCode.value = mask.code;
    uniforms.roomFromView.value.copy(mask.spaceFromView);
    uniforms.roomSize.value.copy(mask.size);
    uniforms.roomFree.value.copy(mask.free);
    uniforms.roomReach.value = mask.reachM;
  }

  #prepareDepth(camera: Camera): void {
    const { uniforms, realDepth } = this;
    const eye = this.look === null ? undefined : realDepth?.eyes[realDepth.eyeOf(camera)];
    uniforms.realLayer.value = eye?.layer ?? -1;
    uniforms.realDepth.value = eye && realDepth ? realDepth.texture : null;
    if (!eye || !realDepth) return;
    const { metersPerUnit, nearM, farM } = realDepth;
    uniforms.realFromView.value.copy(eye.depthFromView);
    uniforms.realRange.value.set(metersPerUnit, nearM, nearM / farM);
  }

  #prepareShadows(camera: Camera): void {
    const { bodies, bodyCount, towardsSun } = this.uniforms;
    bodyCount.value = 0;
    if (this.#sphereCount === 0) return;
    const viewFromWorld = camera.matrixWorldInverse;
    const metresPerUnit = viewFromWorld.getMaxScaleOnAxis();
    for (let i = 0; i < this.#sphereCount; i++) {
      const at = 4 * i;
      const radiusM = this.#spheres[at + 3]! * metresPerUnit;
      const body = bodies.value[bodyCount.value]!;
      body.set(this.#spheres[at]!, this.#spheres[at + 1]!, this.#spheres[at + 2]!, 1).applyMatrix4(viewFromWorld);
      const isBehind = body.z > contactRadii * radiusM;
      if (isBehind || -body.z * leastTangent > radiusM) continue;
      body.w = radiusM;
      bodyCount.value++;
    }
    towardsSun.value.copy(this.#towardsSun).transformDirection(viewFromWorld);
  }
}
