/** The simulator in a worker of the bench page: true pictures, painted model frames and what the product makes of them. */
import { expose, transfer } from 'comlink';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { CourtyardRenderer, liveQuality } from '../../../workers/backends/simulator/render';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { intrinsicsFromFov } from '../../math/camera';
import type { Intrinsics, Pose } from '../../math/types';
import type { ModelFrame, WorldFrame } from '../../world/contracts';
import { frameBuffers } from '../../world/frame-buffers';
import type { LayerBudget } from '../../world/layer-budget';
import { cornersOf } from './known-surfaces';
import { sourceFovDeg, viewCamera } from './plan';
import type { KnownDepth } from './visibility';

/** A true picture with its exact depth. */
export type Truth = KnownDepth & { color: Uint8ClampedArray<ArrayBuffer> };

/** A model frame as the product's worker would post it, beside what is exactly known about it. */
export type AssembledTruth = {
  frame: WorldFrame;
  inverseDepth: Float32Array<ArrayBuffer>;
  /** See `known-surfaces.ts`; empty when not asked for. */
  corners: Float32Array<ArrayBuffer>;
};

/** How many painted frames are kept for the next sequence over the same poses. */
const mostPainted = 1000;

class SceneWork {
  private scene: SceneWindow | null = null;
  private renderer: CourtyardRenderer | null = null;
  private assembler = new FrameAssembler();
  private readonly painted = new Map<string, Truth>();

  /** Another world; forgets everything of the one before. */
  open(seed: number): void {
    this.scene = new SceneWindow(new CourtyardMap(seed), addOrnateShapes);
    this.renderer = new CourtyardRenderer(this.scene, atmosphereOf(seed));
    this.painted.clear();
  }

  /** What an eye at this pose would really see. */
  truth(worldFromEye: Pose): Truth {
    const truth = this.render(worldFromEye, viewCamera);
    return transfer(truth, [truth.color.buffer, truth.inverseDepth.buffer as ArrayBuffer]);
  }

  /** A new sequence of model frames, with nothing remembered. */
  begin(budget: LayerBudget): void {
    this.assembler = new FrameAssembler();
    this.assembler.configure(budget);
  }

  /**
   * The next frame of the sequence.
   * @param key frames with the same key are painted once; null: painted anew
   */
  assemble(worldFromCamera: Pose, size: number, actionAtMs: number, wantCorners: boolean, key: string | null): AssembledTruth {
    const camera = intrinsicsFromFov(size, size, (sourceFovDeg * Math.PI) / 180);
    let painted = key === null ? undefined : this.painted.get(key);
    if (!painted) {
      painted = this.render(worldFromCamera, camera);
      if (key !== null && this.painted.size < mostPainted) this.painted.set(key, painted);
    }
    const inverseDepth = Float32Array.from(painted.inverseDepth);
    const model: ModelFrame = {
      worldFromCamera,
      camera,
      color: painted.color,
      // The assembler cleans it in place; ours stays exact.
      inverseDepth: Float32Array.from(inverseDepth),
      inferenceBegunMs: actionAtMs,
      inferenceEndedMs: actionAtMs,
    };
    const at = actionAtMs;
    const inference = { inferenceBegunMs: at, inferenceEndedMs: at, readBackMs: Number.NaN };
    const times = { actionAtMs: at, stepBegunMs: at, ...inference, meshedMs: at, sentMs: at };
    const { frame } = this.assembler.assemble(model, 0, times);
    const corners =
      wantCorners && this.scene ? cornersOf(this.scene, worldFromCamera, camera, inverseDepth) : new Float32Array(0);
    const buffers = new Set<ArrayBuffer>([...frameBuffers(frame), inverseDepth.buffer, corners.buffer]);
    return transfer({ frame, inverseDepth, corners }, [...buffers]);
  }

  private render(worldFromCamera: Pose, camera: Intrinsics): Truth {
    if (!this.renderer) throw new Error('No world is open; call open first.');
    const color = new Uint8ClampedArray(camera.width * camera.height * 4);
    const inverseDepth = new Float32Array(camera.width * camera.height);
    this.renderer.render(worldFromCamera, camera, liveQuality, color, inverseDepth);
    return { worldFromCamera: Float32Array.from(worldFromCamera), camera, color, inverseDepth };
  }
}

export type { SceneWork };

expose(new SceneWork());
