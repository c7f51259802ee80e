import { Group, type Material, type Vector3Like, type WebGLRenderer } from 'three';
import type { Intrinsics, Pose } from '../math/types';
import type { FrameTimes, LayerPicture, WorldFrame } from '../world/contracts';
import { frameBuffers, layerBuffers, ownBuffers } from '../world/frame-buffers';
import { debugViews, type DebugView } from './debug-views';
import { fadeMs } from './fade';
import { checkFrame } from './frame-check';
import { createShared } from './layer-mesh';
import { LayerPool } from './layer-pool';
import { LayerStack } from './layer-stack';
import type { ReprojectionMode } from './modes';
import type { RealDepthLook, RoomLook } from './room-look';
import { Room } from './room';
import type { PatchedPart } from './room-patch';
import { plainVariant } from './shader-variant';
import { SkyDome } from './sky-dome';

/** What is on the screen: the frame that the picture of this display frame was made from. */
export type DrawnFrame = {
  readonly id: number;
  readonly actionId: number;
  /** The pose the picture was made for. */
  readonly worldFromCamera: Pose;
  readonly camera: Intrinsics;
  readonly times: FrameTimes;
  readonly depthCorrection: WorldFrame['depthCorrection'];
};

/** An older frame that waited for this many display frames goes before the newest one. */
const longestWait = 2;
/** A page in the background comes back after any time: fades do not need to know. */
const longestIntervalMs = 1000;

/**
 * The dreamed world in the scene: sky, newest frame, older frames, guessed backgrounds, in world space (leave its
 * transform alone, or use it to show the world as a model on a table: everything inside follows).
 *
 * Each display frame: `setHead`, `flush`, then render. Frames come in at any time by `queue`.
 */
export class WorldView extends Group {
  /** What AR adds; in VR it only shades what bodies stand on. */
  readonly room = new Room();
  readonly sky = new SkyDome(this.room);
  readonly #shared = createShared(this.room);
  readonly #stack = new LayerStack(new LayerPool(this, this.#shared));
  readonly #release: (buffers: readonly ArrayBuffer[]) => void;
  readonly #worldFromHead: Pose = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  readonly #updates: LayerPicture[] = [];
  #variant = plainVariant;
  #mode: ReprojectionMode = 'layers';
  #debugView: DebugView = 'none';
  #pending: WorldFrame | null = null;
  #drawn: DrawnFrame | null = null;
  #updateWaited = 0;
  #flushedMs = Number.NaN;
  #shownMs = Number.NaN;

  /** @param release gets every buffer of queued frames, each once, when it may go back to the worker. */
  constructor(release: (buffers: readonly ArrayBuffer[]) => void) {
    super();
    this.name = 'world';
    this.#release = release;
    this.add(this.sky);
  }

  get mode(): ReprojectionMode {
    return this.#mode;
  }

  /** The frame that the next draw shows, null before the first. The object is new for each frame and never changes. */
  get lastDrawn(): DrawnFrame | null {
    return this.#drawn;
  }

  /** Bytes that the last `flush` sent to the GPU for frames; the sky map comes on top. */
  get uploadedBytes(): number {
    return this.#stack.uploadedBytes;
  }

  /**
   * Takes a frame over; only the newest waits for `flush`, but older frames that travel with it all do.
   * @throws Error when the frame's parts do not fit together; it is released and the picture before stays.
   */
  queue(frame: WorldFrame): void {
    this.#check(frame);
    if (this.#pending !== null) this.#release(ownBuffers(this.#pending));
    this.#pending = frame;
    this.#stack.want(frame.layers);
    this.#takeUpdates(frame);
  }

  /**
   * Takes only the older frames that travel with a frame that shall not be shown; gives the rest back.
   * @throws Error as `queue` does
   */
  queueOlder(frame: WorldFrame): void {
    this.#check(frame);
    this.#release(ownBuffers(frame));
    this.#takeUpdates(frame);
  }

  /**
   * One display frame: uploads one waiting frame at most, newest or older, and moves the fades on.
   * @param atMs of this display frame, on any steady clock.
   * @param renderer uploads pictures now, not in the middle of the render pass.
   * @returns whether a new frame is on the screen.
   */
  flush(atMs: number, renderer?: WebGLRenderer): boolean {
    const intervalMs = Math.min(longestIntervalMs, Math.max(0, atMs - this.#flushedMs)) || 0;
    this.#flushedMs = atMs;
    this.#stack.uploadedBytes = 0;
    const update = this.#nextUpdate();
    const updateFirst = update !== undefined && (this.#pending === null || this.#updateWaited >= longestWait);
    let isNew = false;
    if (updateFirst) this.#showUpdate(update, renderer);
    else if (this.#pending !== null) {
      this.#updateWaited++;
      this.#show(this.#pending, atMs, intervalMs, renderer);
      isNew = true;
    }
    this.#stack.advance(intervalMs, this.#updates.length === 0);
    this.#present();
    return isNew;
  }

  /** Everything that waits or fades is there at once, for pictures outside of time. */
  settle(renderer?: WebGLRenderer): void {
    for (let update = this.#nextUpdate(); update !== undefined; update = this.#nextUpdate()) {
      this.#showUpdate(update, renderer);
    }
    if (this.#pending !== null) this.#show(this.#pending, this.#flushedMs, 0, renderer);
    this.#stack.settle();
    this.#present();
  }

  setMode(mode: ReprojectionMode): void {
    this.#mode = mode;
    this.#present();
  }

  setDebugView(view: DebugView): void {
    this.#debugView = view;
    this.#shared.uniforms.debugView.value = debugViews.indexOf(view);
    this.sky.setDebugView(view);
    this.#present();
  }

  /** @param staleness 0 fresh … 1: the picture has lost its colour because no new frame comes */
  setStaleness(staleness: number): void {
    this.#shared.uniforms.staleness.value = staleness;
    this.sky.setStaleness(staleness);
  }

  /** Silhouettes fade over their last texel; needs a canvas with antialiasing (alpha to coverage). */
  setSoftEdges(soft: boolean): void {
    this.#shared.uniforms.softEdges.value = soft ? 1 : 0;
    this.#stack.setSoftEdges(soft);
  }

  /** How the dream stands in the visitor's room, from the next draw on; null: it is all there is (VR, page). */
  setRoom(look: RoomLook | null): void {
    this.room.look = look;
    this.sky.setRoom(look);
    this.#vary();
  }

  /** The depth of the real room, which hides the dream where it is nearer; null: nothing hides it. */
  setRealDepth(depth: RealDepthLook | null): void {
    this.room.realDepth = depth;
  }

  /**
   * Bodies that throw a shadow on everything dreamed: where they touch it, and softly below.
   * @param spheres x, y, z and radius of each, world metres; read in each draw until the next call, not copied
   * @param count of spheres, the most important first: those beyond `mostShadows` throw none
   * @param towardsSun world space, of any length; left out: straight up
   */
  setShadows(spheres: Float32Array, count: number, towardsSun?: Vector3Like): void {
    this.room.setShadows(spheres, count, towardsSun);
    this.#vary();
  }

  /**
   * Hides what an ordinary material draws where the real room does, and where the look masks it. Outside AR nothing
   * changes. @param part what it belongs to: the room's own things have no masks
   */
  patchForRoom(material: Material, part: PatchedPart = 'dream'): void {
    this.room.patch(material, part);
  }

  /**
   * Where the head is in this display frame, in the space of this group; in a headset the middle of both eyes, so that
   * both see the same picture. Only the mode `off` uses it, from the next `flush` on.
   */
  setHead(worldFromHead: Pose): void {
    this.#worldFromHead.set(worldFromHead);
  }

  /** Id of the frame behind a layer code of the debug view `source`; 0: none. */
  sourceId(code: number): number {
    return this.#stack.frameOf(code);
  }

  /** Forgets older frames and keeps the newest: what made them is gone. */
  forgetOlder(): void {
    for (const update of this.#updates.splice(0)) this.#release(layerBuffers(update));
    this.#stack.forgetOlder();
  }

  /** Forgets every frame: only the dusk sky remains, until the next one. Unlike three's `clear`, keeps its parts. */
  override clear(): this {
    if (this.#pending !== null) this.#release(ownBuffers(this.#pending));
    this.#pending = null;
    this.#drawn = null;
    this.#shownMs = Number.NaN;
    this.forgetOlder();
    this.#stack.clear();
    this.sky.reset();
    return this;
  }

  override dispose(): void {
    super.dispose();
    this.clear();
    this.#stack.dispose();
    this.sky.dispose();
  }

  #show(frame: WorldFrame, atMs: number, displayIntervalMs: number, renderer: WebGLRenderer | undefined): void {
    this.#pending = null;
    const modelIntervalMs = atMs - this.#shownMs;
    this.#shownMs = atMs;
    const fadeOver = this.#mode === 'layers' && modelIntervalMs > 0 ? fadeMs(modelIntervalMs, displayIntervalMs) : 0;
    this.#stack.show(frame, fadeOver, renderer);
    this.sky.setMap(frame.sky);
    if (renderer !== undefined) this.sky.upload(renderer);
    const { id, actionId, worldFromCamera, camera, times, depthCorrection } = frame;
    this.#drawn = { id, actionId, worldFromCamera, camera, times, depthCorrection };
    this.#release(ownBuffers(frame));
  }

  #showUpdate(update: LayerPicture, renderer: WebGLRenderer | undefined): void {
    this.#updates.shift();
    this.#updateWaited = 0;
    this.#stack.showOlder(update, renderer);
    this.#release(layerBuffers(update));
  }

  /** The next older frame that is still wanted. */
  #nextUpdate(): LayerPicture | undefined {
    while (this.#updates.length > 0 && !this.#stack.isWanted(this.#updates[0]!.id)) {
      this.#release(layerBuffers(this.#updates.shift()!));
    }
    return this.#updates[0];
  }

  #check(frame: WorldFrame): void {
    try {
      checkFrame(frame);
    } catch (error) {
      this.#release(frameBuffers(frame));
      throw error;
    }
  }

  #takeUpdates(frame: WorldFrame): void {
    for (const update of frame.layerUpdates) {
      const at = this.#updates.findIndex(({ id }) => id === update.id);
      if (at >= 0) this.#release(layerBuffers(this.#updates.splice(at, 1)[0]!));
      this.#updates.push(update);
    }
  }

  /** The shaders that room and bodies need. In a room bodies come and go without a compilation. */
  #vary(): void {
    const room = this.room.look !== null;
    const bodies = room || this.room.hasShadows;
    if (room === this.#variant.room && bodies === this.#variant.bodies) return;
    this.#variant = { room, bodies };
    this.#stack.setVariant(this.#variant);
    this.#present();
  }

  #present(): void {
    this.#stack.present(this.#mode, this.#worldFromHead, this.#flushedMs, this.#debugView === 'source');
  }
}
