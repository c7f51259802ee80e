import {
  DataArrayTexture,
  ExternalTexture,
  FloatType,
  Matrix4,
  NearestFilter,
  RedFormat,
  type Camera,
  type WebGLRenderer,
} from 'three';
import type { RealDepthEye, RealDepthLook } from '../reproject/room-look';
import { depthFromView, metresInto } from './real-depth-data';

/** Whether the room's depth is known, and on which way it comes. */
export type RealDepthStatus = 'none' | 'cpu' | 'gpu';

/** What the draft of the specification and headsets have beyond the types of the package. */
type DepthInformation = XRDepthInformation & {
  /** Left out or true: it may be used. */
  readonly isValid?: boolean;
  /** Of a depth buffer; where they are left out, raw values are distances. */
  readonly depthNear?: number;
  readonly depthFar?: number;
};

type MutableLook = { -readonly [K in keyof RealDepthLook]: RealDepthLook[K] };

/** Depth on the CPU comes with the camera's pictures, less often than frames: the last one holds for so many frames. */
const mostMissedFrames = 15;

/**
 * Depth of the real room (WebXR Depth Sensing, https://www.w3.org/TR/webxr-depth-sensing-1/), as a texture array with a
 * layer for each eye. On the GPU way (Quest) it is the headset's own texture, on the CPU way it is copied into ours.
 * Without the feature, or while nothing comes, `look` is null and nothing is hidden. Never throws.
 */
export class RealDepth {
  status: RealDepthStatus = 'none';
  #look: MutableLook | null = null;
  #renderer: WebGLRenderer | null = null;
  #missed = 0;
  readonly #eyes: RealDepthEye[] = [];
  /** Depth camera from room, projected onto the texture, for each eye. */
  readonly #uvFromRoom: Matrix4[] = [];
  readonly #external = new ExternalTexture();
  #copied: DataArrayTexture | null = null;

  /** For `WorldView.setRealDepth`; the same object while the way stays the same. */
  get look(): RealDepthLook | null {
    return this.#look;
  }

  /**
   * Before the render of each display frame of a session.
   * @param space the reference space that the eyes are drawn in
   */
  update(frame: XRFrame, space: XRReferenceSpace, renderer: WebGLRenderer): void {
    if (renderer !== this.#renderer) this.#take(renderer);
    const usage = usageOf(frame.session);
    const views = (usage === null ? undefined : frame.getViewerPose(space)?.views) ?? [];
    let known = 0;
    for (let i = 0; i < views.length; i++) {
      if (usage === 'gpu-optimized' ? this.#readGpu(views[i]!, i, renderer) : this.#readCpu(frame, views[i]!, i, views.length)) known++;
    }
    if (known > 0) {
      this.status = usage === 'gpu-optimized' ? 'gpu' : 'cpu';
      this.#missed = 0;
    } else if (usage !== 'cpu-optimized' || ++this.#missed > mostMissedFrames) {
      // The headset's own texture holds for its frame only.
      this.reset();
      return;
    }
    for (let i = 0; i < views.length; i++) {
      const uvFromRoom = this.#uvFromRoom[i];
      const eye = this.#eyes[i];
      // The eye moves on while the depth stands still.
      if (uvFromRoom && eye) eye.depthFromView.fromArray(views[i]!.transform.matrix).premultiply(uvFromRoom);
    }
  }

  /** The session has ended, or depth has. */
  reset(): void {
    this.status = 'none';
    this.#look = null;
    this.#missed = 0;
    this.#external.sourceTexture = null;
    this.#eyes.length = 0;
    this.#uvFromRoom.length = 0;
  }

  dispose(): void {
    this.reset();
    this.#copied?.dispose();
    this.#copied = null;
  }

  #take(renderer: WebGLRenderer): void {
    this.#renderer = renderer;
    // Three would copy the whole depth map into the depth buffer: hard, flickering edges, and no second opinion.
    renderer.xr.getDepthSensingMesh = () => null as never;
    renderer.xr.hasDepthSensing = () => false;
  }

  #readGpu(view: XRView, index: number, renderer: WebGLRenderer): boolean {
    let info: (XRWebGLDepthInformation & DepthInformation) | null | undefined;
    try {
      info = renderer.xr.getBinding()?.getDepthInformation(view);
    } catch {
      return false;
    }
    // Phones give single pictures on this way, which have the CPU way too.
    if (!info?.texture || info.isValid === false || info.textureType !== 'texture-array') return false;
    this.#external.sourceTexture = info.texture;
    const nearM = info.depthNear ?? 0;
    this.#note(this.#external, info.rawValueToMeters, nearM, nearM > 0 ? (info.depthFar ?? Infinity) : Infinity);
    this.#place(index, info.imageIndex ?? index, view, info, false);
    return true;
  }

  #readCpu(frame: XRFrame, view: XRView, index: number, layers: number): boolean {
    let info: (XRCPUDepthInformation & DepthInformation) | null | undefined;
    try {
      info = frame.getDepthInformation(view);
    } catch {
      return false;
    }
    if (!info || info.isValid === false) return false;
    const { width, height } = info;
    const texture = this.#copyInto(width, height, layers);
    const format = (frame.session as { depthDataFormat?: string }).depthDataFormat;
    const texels = width * height;
    const data = texture.image.data as Float32Array;
    metresInto(info.data, format, info.rawValueToMeters, data.subarray(index * texels, (index + 1) * texels));
    texture.needsUpdate = true;
    this.#note(texture, 1, 0, Infinity);
    this.#place(index, index, view, info, true);
    return true;
  }

  #copyInto(width: number, height: number, layers: number): DataArrayTexture {
    const now = this.#copied;
    if (now !== null && now.image.width === width && now.image.height === height && now.image.depth === layers) return now;
    now?.dispose();
    const texture = new DataArrayTexture(new Float32Array(width * height * layers), width, height, layers);
    texture.format = RedFormat;
    texture.type = FloatType;
    texture.minFilter = NearestFilter;
    texture.magFilter = NearestFilter;
    this.#copied = texture;
    return texture;
  }

  #note(texture: RealDepthLook['texture'], metersPerUnit: number, nearM: number, farM: number): void {
    this.#look ??= { texture, metersPerUnit, nearM, farM, eyes: this.#eyes, eyeOf: this.#eyeOf };
    this.#look.texture = texture;
    this.#look.metersPerUnit = metersPerUnit;
    this.#look.nearM = nearM;
    this.#look.farM = farM;
  }

  #place(index: number, layer: number, view: XRView, info: DepthInformation, rowsFromTop: boolean): void {
    const eye = (this.#eyes[index] ??= { layer, depthFromView: new Matrix4() });
    eye.layer = layer;
    const { projectionMatrix, transform } = info;
    depthFromView(
      projectionMatrix ?? view.projectionMatrix,
      (transform ?? view.transform).inverse.matrix,
      info.normDepthBufferFromNormView.matrix,
      rowsFromTop,
      (this.#uvFromRoom[index] ??= new Matrix4()),
    );
  }

  readonly #eyeOf = (camera: Camera): number => this.#renderer?.xr.getCamera().cameras.indexOf(camera as never) ?? -1;
}

/** Null without the feature; browsers throw when it was not granted. */
function usageOf(session: XRSession): 'cpu-optimized' | 'gpu-optimized' | null {
  if (session.enabledFeatures && !session.enabledFeatures.includes('depth-sensing')) return null;
  try {
    return session.depthUsage ?? null;
  } catch {
    return null;
  }
}
