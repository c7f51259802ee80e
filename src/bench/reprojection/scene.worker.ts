/** The simulator in a worker of the bench page: true pictures, painted model frames and what the product makes of them. */
import { expose, transfer } from 'comlink';
import { addOrnateShapes } from '../../../workers/backends/simulator/ornament';
import { CourtyardRenderer, liveQuality } from '../../../workers/backends/simulator/render';
import { FrameAssembler } from '../../../workers/host/frame-assembler';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { farthestM } from '../../../workers/layout/render-map-view';
import { SceneWindow } from '../../../workers/layout/scene-window';
import { hit, hitSky, normal, surfaceNormal, traceRay } from '../../../workers/layout/trace';
import { intrinsicsFromFov } from '../../math/camera';
import type { Intrinsics, Pose } from '../../math/types';
import type { ModelFrame, WorldFrame } from '../../world/contracts';
import { frameBuffers } from '../../world/frame-buffers';
import type { LayerBudget } from '../../world/layer-budget';
import { sourceFovDeg, viewCamera } from './plan';
import type { KnownDepth } from './visibility';

/** A true picture with its exact depth. */
export type Truth = KnownDepth & { color: Uint8ClampedArray<ArrayBuffer> };

/** A model frame as the product's worker would post it, beside what is exactly known about it. */
export type AssembledTruth = {
  frame: WorldFrame;
  inverseDepth: Float32Array<ArrayBuffer>;
  /** Normals in camera axes, three a texel; empty when not asked for. */
  normals: Float32Array<ArrayBuffer>;
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
  assemble(worldFromCamera: Pose, size: number, actionAtMs: number, wantNormals: boolean, key: string | null): AssembledTruth {
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
    const times = { actionAtMs: at, stepBegunMs: at, inferenceBegunMs: at, inferenceEndedMs: at, meshedMs: at, sentMs: at };
    const { frame } = this.assembler.assemble(model, 0, times);
    const normals = wantNormals ? this.normals(worldFromCamera, camera) : new Float32Array(0);
    const buffers = new Set<ArrayBuffer>([...frameBuffers(frame), inverseDepth.buffer, normals.buffer]);
    return transfer({ frame, inverseDepth, normals }, [...buffers]);
  }

  private render(worldFromCamera: Pose, camera: Intrinsics): Truth {
    if (!this.renderer) throw new Error('No world is open; call open first.');
    const color = new Uint8ClampedArray(camera.width * camera.height * 4);
    const inverseDepth = new Float32Array(camera.width * camera.height);
    this.renderer.render(worldFromCamera, camera, liveQuality, color, inverseDepth);
    return { worldFromCamera: Float32Array.from(worldFromCamera), camera, color, inverseDepth };
  }

  /** Normal of the surface behind each texel's centre, camera axes. */
  private normals(m: Pose, camera: Intrinsics): Float32Array<ArrayBuffer> {
    const { scene } = this;
    if (!scene) throw new Error('No world is open; call open first.');
    const { width, height, fx, fy, cx, cy } = camera;
    const out = new Float32Array(3 * width * height);
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i += 3) {
        const rx = (x + 0.5 - cx) / fx;
        const ry = -(y + 0.5 - cy) / fy;
        const length = Math.sqrt(rx * rx + ry * ry + 1);
        const dx = (m[0] * rx + m[4] * ry - m[8]) / length;
        const dy = (m[1] * rx + m[5] * ry - m[9]) / length;
        const dz = (m[2] * rx + m[6] * ry - m[10]) / length;
        traceRay(scene, m[12], m[13], m[14], dx, dy, dz, farthestM, false);
        if (hit.primitive === hitSky) continue;
        const t = hit.distance;
        surfaceNormal(scene, hit.primitive, m[12] + dx * t, m[13] + dy * t, m[14] + dz * t);
        for (let k = 0; k < 3; k++) {
          out[i + k] = m[4 * k] * normal.x + m[4 * k + 1] * normal.y + m[4 * k + 2] * normal.z;
        }
      }
    }
    return out;
  }
}

export type { SceneWork };

expose(new SceneWork());
