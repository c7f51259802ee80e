import type { WebGLRenderer } from 'three';
import type { Pose } from '../math/types';
import type { LayerPicture, Picture, WorldFrame } from '../world/contracts';
import { fadeStep, layerFadeMs } from './fade';
import type { LayerMesh } from './layer-mesh';
import type { LayerPool } from './layer-pool';
import type { ReprojectionMode } from './modes';
import type { ShaderVariant } from './shader-variant';

/** The newest frame, or the one before it while that goes: a picture and what is guessed behind it. */
type Shown = { picture: LayerMesh; background: LayerMesh | null };

/** Layer codes, see `keyframe.frag.glsl`. */
const newestCode = 1;
const firstOlderCode = 2;
const guessCode = 253;
const olderGuessCode = 254;

/** In the depth test an older frame counts as this much farther, and each next one by so much more. */
const olderBias = 0.04;
const biasPerRank = 0.005;
/** The frame that goes must not flicker through the one that comes, whose depth may differ a little. */
const outgoingBias = 0.07;

/**
 * The layers on the screen: newest frame, the one before it while that fades, older frames, guessed backgrounds. Knows
 * which come and which go; what the frames are and when they come is the business of `WorldView`.
 */
export class LayerStack {
  /** Bytes that went to the GPU since it was asked last. */
  uploadedBytes = 0;
  readonly #pool: LayerPool;
  #newest: Shown | null = null;
  #outgoing: Shown | null = null;
  readonly #older: LayerMesh[] = [];
  /** Ids of the older frames that belong on the screen, the most useful first. */
  #wanted: readonly number[] = [];
  #fadeOverMs = 0;

  constructor(pool: LayerPool) {
    this.#pool = pool;
  }

  get isEmpty(): boolean {
    return this.#newest === null;
  }

  /** Which older frames belong on the screen from now on; the others fade out. */
  want(ids: readonly number[]): void {
    this.#wanted = ids;
    for (const mesh of this.#older) mesh.opacityTarget = ids.includes(mesh.frameId) ? 1 : 0;
  }

  isWanted(id: number): boolean {
    return this.#wanted.includes(id);
  }

  /** @param fadeOverMs time to come in over the frame before; 0: at once */
  show(frame: WorldFrame, fadeOverMs: number, renderer: WebGLRenderer | undefined): void {
    this.finish();
    const picture = this.#write(frame, frame, renderer);
    const background = frame.background === null ? null : this.#write(frame.background, frame, renderer);
    const before = this.#newest;
    this.#newest = { picture, background };
    this.#fadeOverMs = fadeOverMs;
    if (before === null) return;
    if (fadeOverMs > 0) {
      picture.opacity = 0;
      this.#outgoing = before;
    } else {
      this.#release(before);
    }
  }

  /** Takes an older frame in, or replaces the one of the same id. */
  showOlder(layer: LayerPicture, renderer: WebGLRenderer | undefined): void {
    const { width, height } = layer.camera;
    let mesh = this.#older.find(({ frameId }) => frameId === layer.id);
    if (mesh !== undefined && !mesh.fits(width, height)) {
      this.#older.splice(this.#older.indexOf(mesh), 1);
      this.#pool.release(mesh);
      mesh = undefined;
    }
    if (mesh === undefined) {
      mesh = this.#pool.acquire(width, height);
      mesh.opacity = 0;
      this.#older.push(mesh);
    }
    mesh.opacityTarget = this.isWanted(layer.id) ? 1 : 0;
    this.uploadedBytes += mesh.write(layer, layer.worldFromCamera, layer.id, layer.actionAtMs);
    if (renderer !== undefined) mesh.upload(renderer);
  }

  /** One display frame later. @param mayForget false while what replaces the outgoing frame is still on its way */
  advance(displayIntervalMs: number, mayForget: boolean): void {
    const step = fadeStep(displayIntervalMs, this.#fadeOverMs);
    const { picture } = this.#newest ?? {};
    if (picture !== undefined && picture.opacity < 1) picture.fade(step);
    else if (this.#outgoing !== null && mayForget) {
      this.#outgoing.picture.opacityTarget = 0;
      this.#outgoing.picture.fade(step);
      if (this.#outgoing.picture.opacity === 0) this.finish();
    }
    const layerStep = fadeStep(displayIntervalMs, layerFadeMs);
    for (let i = this.#older.length - 1; i >= 0; i--) {
      const mesh = this.#older[i]!;
      mesh.fade(layerStep);
      if (mesh.opacity > 0 || mesh.opacityTarget > 0) continue;
      this.#older.splice(i, 1);
      this.#pool.release(mesh);
    }
  }

  /** The newest frame all in, the one before it gone. */
  finish(): void {
    if (this.#newest !== null) this.#newest.picture.opacity = 1;
    if (this.#outgoing !== null) this.#release(this.#outgoing);
    this.#outgoing = null;
  }

  /** Also the older frames all in or gone. */
  settle(): void {
    this.finish();
    this.advance(Number.POSITIVE_INFINITY, true);
  }

  /** Forgets the older frames, keeps the newest. */
  forgetOlder(): void {
    this.finish();
    this.#wanted = [];
    for (const mesh of this.#older.splice(0)) this.#pool.release(mesh);
  }

  clear(): void {
    this.forgetOlder();
    if (this.#newest !== null) this.#release(this.#newest);
    this.#newest = null;
  }

  /** Places and orders every layer for the next draw. @param rawOutput no blending: the debug view `source` */
  present(mode: ReprojectionMode, worldFromHead: Pose, atMs: number, rawOutput: boolean): void {
    const all = mode === 'layers';
    if (!all) this.finish();
    if (this.#newest !== null) this.#presentShown(this.#newest, newestCode, 0, mode, worldFromHead, atMs, rawOutput);
    let leaving = 0;
    for (const mesh of this.#older) {
      const place = this.#wanted.indexOf(mesh.frameId);
      // One that fades out comes last, and never shares a place: the debug view `source` tells layers apart by it.
      const rank = place >= 0 ? place : this.#wanted.length + ++leaving;
      const code = firstOlderCode + rank;
      this.#take(mesh, code, olderBias + biasPerRank * rank, false, false);
      mesh.place(mode, worldFromHead);
      mesh.present(all, atMs, rawOutput);
    }
    if (this.#outgoing !== null) {
      const code = firstOlderCode + this.#wanted.length;
      this.#presentShown(this.#outgoing, code, outgoingBias, mode, worldFromHead, atMs, rawOutput);
    }
  }

  setSoftEdges(soft: boolean): void {
    this.#pool.setSoftEdges(soft);
    this.#forEach((mesh) => mesh.setSoftEdges(soft));
  }

  setVariant(variant: ShaderVariant): void {
    this.#pool.setVariant(variant);
    this.#forEach((mesh) => mesh.setVariant(variant));
  }

  /** Id of the frame with a layer code, 0 when nothing has it. */
  frameOf(code: number): number {
    if (code === newestCode || code === guessCode) return this.#newest?.picture.frameId ?? 0;
    if (code === olderGuessCode) return this.#outgoing?.picture.frameId ?? 0;
    const older = this.#older.find((mesh) => mesh.code === code);
    return older?.frameId ?? (this.#outgoing?.picture.code === code ? this.#outgoing.picture.frameId : 0);
  }

  dispose(): void {
    this.clear();
    this.#pool.dispose();
  }

  #forEach(of: (mesh: LayerMesh) => void): void {
    for (const mesh of this.#older) of(mesh);
    for (const shown of [this.#newest, this.#outgoing]) {
      if (shown === null) continue;
      of(shown.picture);
      if (shown.background !== null) of(shown.background);
    }
  }

  #presentShown(
    { picture, background }: Shown,
    code: number,
    bias: number,
    mode: ReprojectionMode,
    worldFromHead: Pose,
    atMs: number,
    rawOutput: boolean,
  ): void {
    this.#take(picture, code, bias, false, code !== newestCode);
    picture.place(mode, worldFromHead);
    picture.present(true, atMs, rawOutput);
    if (background === null) return;
    this.#take(background, code === newestCode ? guessCode : olderGuessCode, bias, true, false);
    background.place(mode, worldFromHead);
    background.present(mode === 'layers', atMs, rawOutput);
  }

  /** Nearest layers are drawn first: what lies behind them then costs nothing. */
  #take(mesh: LayerMesh, code: number, depthBias: number, isGuess: boolean, trimmed: boolean): void {
    mesh.take(code, depthBias, isGuess, trimmed, code - 300);
  }

  #write(picture: Picture, frame: WorldFrame, renderer: WebGLRenderer | undefined): LayerMesh {
    const mesh = this.#pool.acquire(picture.camera.width, picture.camera.height);
    this.uploadedBytes += mesh.write(picture, frame.worldFromCamera, frame.id, frame.times.actionAtMs);
    if (renderer !== undefined) mesh.upload(renderer);
    return mesh;
  }

  #release({ picture, background }: Shown): void {
    this.#pool.release(picture);
    if (background !== null) this.#pool.release(background);
  }
}
