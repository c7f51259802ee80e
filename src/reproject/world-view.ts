import { Group, type WebGLRenderer } from 'three';
import type { Intrinsics, Pose } from '../math/types';
import type { FrameTimes, WorldFrame } from '../world/contracts';
import { checkFrame } from './frame-check';
import { KeyframeMesh } from './keyframe-mesh';
import type { ReprojectionMode } from './modes';
import { SkyDome } from './sky-dome';

/** What is on the screen: the frame that the picture of this display frame was made from. */
export type DrawnFrame = {
  readonly id: number;
  readonly actionId: number;
  /** The pose the picture was made for. */
  readonly worldFromCamera: Pose;
  readonly camera: Intrinsics;
  readonly times: FrameTimes;
};

/**
 * The dreamed world in the scene: sky and newest keyframe, in world space (leave its transform alone, or use it to show
 * the world as a model on a table: everything inside follows).
 *
 * Each display frame: `setHead`, `flush`, then render. Frames come in at any time by `queue`.
 */
export class WorldView extends Group {
  readonly sky = new SkyDome();
  readonly keyframe = new KeyframeMesh();
  readonly #release: (frame: WorldFrame) => void;
  readonly #worldFromHead: Pose = new Float32Array([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]);
  #mode: ReprojectionMode = 'mesh';
  #pending: WorldFrame | null = null;
  #drawn: DrawnFrame | null = null;

  /** @param release is called once for every queued frame, when its arrays may go back to the worker. */
  constructor(release: (frame: WorldFrame) => void) {
    super();
    this.name = 'world';
    this.#release = release;
    this.add(this.sky, this.keyframe);
  }

  get mode(): ReprojectionMode {
    return this.#mode;
  }

  /** The frame that the next draw shows, null before the first. The object is new for each frame and never changes. */
  get lastDrawn(): DrawnFrame | null {
    return this.#drawn;
  }

  /**
   * Takes a frame over; only the newest waits for `flush`.
   * @throws Error when the frame's parts do not fit together; it is released and the older picture stays.
   */
  queue(frame: WorldFrame): void {
    try {
      checkFrame(frame);
    } catch (error) {
      this.#release(frame);
      throw error;
    }
    if (this.#pending !== null) this.#release(this.#pending);
    this.#pending = frame;
  }

  /**
   * Puts the waiting frame, if any, on the screen; at most one for each display frame.
   * @param renderer uploads the picture now, not in the middle of the render pass.
   * @returns whether a new frame is on the screen.
   */
  flush(renderer?: WebGLRenderer): boolean {
    const frame = this.#pending;
    if (frame === null) return false;
    this.#pending = null;
    this.keyframe.show(frame);
    this.sky.setRows(frame.sky);
    const { id, actionId, worldFromCamera, camera, times } = frame;
    this.#drawn = { id, actionId, worldFromCamera, camera, times };
    this.#release(frame);
    this.#place();
    if (renderer !== undefined) this.keyframe.upload(renderer);
    return true;
  }

  setMode(mode: ReprojectionMode): void {
    this.#mode = mode;
    this.#place();
  }

  /**
   * Where the head is in this display frame, in the space of this group; in a headset the middle of both eyes, so that
   * both see the same picture. Only the mode `off` uses it.
   */
  setHead(worldFromHead: Pose): void {
    this.#worldFromHead.set(worldFromHead);
    if (this.#mode === 'off') this.#place();
  }

  /** Forgets every frame: only the dusk sky remains, until the next one. Unlike three's `clear`, keeps its parts. */
  override clear(): this {
    if (this.#pending !== null) this.#release(this.#pending);
    this.#pending = null;
    this.#drawn = null;
    this.keyframe.visible = false;
    this.sky.reset();
    return this;
  }

  override dispose(): void {
    super.dispose();
    this.clear();
    this.sky.dispose();
    this.keyframe.dispose();
  }

  #place(): void {
    if (this.#drawn === null) return;
    const worldFromKeyframe = this.#mode === 'off' ? this.#worldFromHead : this.#drawn.worldFromCamera;
    this.keyframe.place(worldFromKeyframe, this.#mode !== 'mesh');
  }
}
