import type { Pose } from '../../src/math/types';
import {
  skyHeight,
  skyWidth,
  type CollisionMesh,
  type FrameTimes,
  type ModelFrame,
  type WorldFrame,
  type WorldInfo,
} from '../../src/world/contracts';
import { frameBuffers } from '../../src/world/frame-buffers';
import { defaultLayerBudget, type LayerBudget } from '../../src/world/layer-budget';
import type { SavedFrame, VisitMemory } from '../../src/world/visit-memory';
import { ConventionCheck } from '../check/convention-check';
import { DepthAligner } from '../mesh/align-depth';
import { CollisionMesher } from '../mesh/collision-mesh';
import { depthNoise } from '../mesh/depth-noise';
import { MedianDepth } from '../mesh/median-depth';
import { PictureMesher } from '../mesh/picture-mesher';
import { BufferPool } from '../mesh/pool';
import { sanitiseInverseDepth } from '../mesh/sanitise';
import { SkyMap } from '../mesh/sky-map';
import { LayerBuilder } from './layer-builder';

/** A frame that is ready to be posted, with the buffers that travel with it. */
export type AssembledFrame = { frame: WorldFrame; transfer: ArrayBuffer[] };

/**
 * Depth with less noise than this, as a share of itself, is cut at smaller jumps: steps of 5 to 8 % (mouldings, bases of
 * columns) would hang as sheets of rubber otherwise. Noisier depth would be torn by it, and keeps the usual limits.
 */
const cleanDepthNoise = 0.004;
const cleanStrictness = 0.7;
/** Noise is a property of the model: looking at it now and then is enough. */
const framesBetweenNoiseLooks = 16;

const noCorrection = Object.freeze({ scale: 1, offset: 0 });

/**
 * Turns what a model painted into what the page draws: clean depth, cut mesh, older frames, guessed background, far
 * colours, in pooled buffers; and watches whether the frames fit together as the package says. Frames come in order.
 */
export class FrameAssembler {
  private readonly pool = new BufferPool();
  private readonly mesher = new PictureMesher(this.pool);
  private readonly layers = new LayerBuilder(this.pool);
  private readonly surfaces = new CollisionMesher(this.pool);
  private readonly sky = new SkyMap();
  private readonly check = new ConventionCheck();
  private readonly aligner = new DepthAligner();
  private readonly median = new MedianDepth();
  private budget: LayerBudget = defaultLayerBudget;
  private care: WorldInfo['depthCare'] = undefined;
  private nextId = 1;
  private noiseLookIn = 0;
  private surfacesHz = 0;
  private surfacesAtMs = Number.NEGATIVE_INFINITY;

  /** Forgets the world before. @param info of the world that begins */
  reset(info?: WorldInfo): void {
    this.care = info?.depthCare;
    this.noiseLookIn = 0;
    this.surfacesAtMs = Number.NEGATIVE_INFINITY;
    this.mesher.reset();
    this.layers.reset();
    this.sky.reset();
    this.check.reset();
    this.aligner.reset();
  }

  /** Begins with the pictures of a saved visit: after {@link reset}, before the first frame. */
  restore(memory: VisitMemory): void {
    const { newest, older } = memory;
    for (const { color, inverseDepth, camera, worldFromCamera } of newest ? [...older, newest] : older) {
      this.sky.accumulate(color, inverseDepth, camera, worldFromCamera);
    }
    this.layers.restore(memory, () => this.nextId++, this.budget);
  }

  /** Copies of the older pictures, for a visit that is saved. */
  snapshot(): SavedFrame[] {
    return this.layers.snapshot();
  }

  /** How much geometry frames may have from now on. @param surfacesHz how often they say what bodies bounce off */
  configure(budget: LayerBudget, surfacesHz = 0): void {
    this.budget = budget;
    this.surfacesHz = surfacesHz;
  }

  /** A sentence when the frames contradict the conventions the package declares; null while they do not. */
  get advice(): string | null {
    return this.check.advice;
  }

  /** @param times on the window's clock; `meshedMs` and `sentMs` are filled by the caller after this */
  assemble(painted: ModelFrame, actionId: number, times: FrameTimes): AssembledFrame {
    const { camera, color, inverseDepth } = painted;
    const id = this.nextId++;
    const invalidTexels = inverseDepth ? sanitiseInverseDepth(inverseDepth) : 0;
    this.check.look(color, inverseDepth, camera, painted.worldFromCamera);
    let depthCorrection: WorldFrame['depthCorrection'] = noCorrection;
    if (inverseDepth && this.care?.median) this.median.filter(inverseDepth, camera.width, camera.height);
    if (inverseDepth && this.care?.align) {
      depthCorrection = { ...this.aligner.align(inverseDepth, camera, painted.worldFromCamera) };
    }
    if (inverseDepth && this.noiseLookIn-- === 0) {
      this.noiseLookIn = framesBetweenNoiseLooks;
      const isClean = depthNoise(inverseDepth, camera.width, camera.height) < cleanDepthNoise;
      this.mesher.strictness = isClean ? cleanStrictness : 1;
      this.layers.strictness = this.mesher.strictness;
    }
    const colorBytes = new Uint8Array(this.pool.acquire(color.length));
    colorBytes.set(color);
    const mesh = this.mesher.build(inverseDepth, camera, this.budget.newestSide, painted.worldFromCamera);
    const collision = this.collision(painted.worldFromCamera, id, times.stepBegunMs);
    const sky = new Uint8Array(this.pool.acquire(skyWidth * skyHeight * 4));
    this.sky.accumulate(color, inverseDepth, camera, painted.worldFromCamera);
    this.sky.write(sky);
    const background = inverseDepth ? this.layers.background(painted, inverseDepth, this.budget.backgroundSide) : null;
    const older = inverseDepth
      ? this.layers.older(painted, inverseDepth, id, times.actionAtMs, this.budget)
      : { layers: [], layerUpdates: [] };
    const frame: WorldFrame = {
      id,
      actionId,
      // The backend goes on using its own pose; the frame keeps the one it was made for.
      worldFromCamera: Float32Array.from(painted.worldFromCamera),
      camera,
      color: colorBytes,
      mesh,
      background,
      layers: older.layers,
      layerUpdates: older.layerUpdates,
      collision,
      sky,
      times,
      invalidTexels,
      cutEdges: this.mesher.cutEdges,
      poseMismatch: this.check.poseMismatch,
      depthCorrection,
    };
    return { frame, transfer: frameBuffers(frame) };
  }

  /** After the mesh, whose cuts it uses. */
  private collision(worldFromCamera: Pose, id: number, atMs: number): CollisionMesh | null {
    // A hundredth of a second early is early enough: frames come when they come.
    if (this.surfacesHz === 0 || this.mesher.cut === null || atMs - this.surfacesAtMs < 1000 / this.surfacesHz - 10) return null;
    this.surfacesAtMs = atMs;
    return this.surfaces.build(this.mesher.cut, worldFromCamera, id);
  }

  /** A frame that never reaches the page: its buffers come back, and the older frames that it carried are sent again. */
  lose(frame: WorldFrame): void {
    this.layers.lose(frame.layerUpdates);
    this.release(frameBuffers(frame));
  }

  /** Takes the buffers of a drawn frame back. */
  release(buffers: readonly ArrayBuffer[]): void {
    for (const buffer of buffers) this.pool.release(buffer);
  }
}
