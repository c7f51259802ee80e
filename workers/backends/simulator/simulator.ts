import type { Action } from '../../../src/action/action';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import type { ModelFrame, OpenResult, WorldInfo, WorldModel } from '../../../src/world/contracts';
import { CourtyardMap } from '../../layout/courtyards';
import { atmosphereOf, autoLight, type LightChoice } from '../../layout/palettes';
import { SceneWindow } from '../../layout/scene-window';
import { chooseSpawn } from '../../layout/spawn';
import { addOrnateShapes } from './ornament';
import { CourtyardRenderer, liveQuality } from './render';

export const simulatorSize = 128;
export const simulatorFovYDeg = 100;

/** The ray-cast courtyards as a world of their own: exact colour and depth, no network, nothing to download. */
export class Simulator implements WorldModel {
  readonly info: WorldInfo;
  private scene: SceneWindow | null = null;
  private renderer: CourtyardRenderer | null = null;
  private light: LightChoice = autoLight;
  private seed = 0;
  private readonly color: Uint8ClampedArray<ArrayBuffer>;
  private readonly inverseDepth: Float32Array<ArrayBuffer>;
  private readonly frame: ModelFrame;

  /** @param size texels along each side of the picture */
  constructor(size = simulatorSize) {
    const camera = intrinsicsFromFov(size, size, (simulatorFovYDeg * Math.PI) / 180);
    this.info = {
      id: 'courtyard-simulator',
      name: 'Courtyards, ray cast',
      description: 'The courtyards as the simulator draws them: exact colour and depth, no network.',
      camera,
      hasDepth: true,
      rateHz: 30,
      provider: 'cpu',
      layout: { kind: 'courtyards', seed: 0 },
    };
    this.color = new Uint8ClampedArray(size * size * 4);
    this.inverseDepth = new Float32Array(size * size);
    this.frame = {
      worldFromCamera: createPose(),
      camera,
      color: this.color,
      inverseDepth: this.inverseDepth,
      inferenceBegunMs: 0,
      inferenceEndedMs: 0,
    };
  }

  async open(seed: number, worldFromHead: Pose | null): Promise<OpenResult> {
    const map = new CourtyardMap(seed);
    this.seed = seed;
    this.scene = new SceneWindow(map, addOrnateShapes);
    this.setLight(this.light);
    this.info.layout = { kind: 'courtyards', seed };
    return { worldFromHead: worldFromHead ?? chooseSpawn(map) };
  }

  setLight(light: LightChoice): void {
    this.light = light;
    if (this.scene) this.renderer = new CourtyardRenderer(this.scene, atmosphereOf(this.seed, light));
  }

  async step(action: Action): Promise<ModelFrame> {
    if (!this.renderer) throw new Error('The simulator was asked for a frame before it was opened; call open first.');
    const { frame } = this;
    frame.worldFromCamera.set(action.worldFromPredictedHead);
    frame.inferenceBegunMs = performance.now();
    this.renderer.render(frame.worldFromCamera, frame.camera, liveQuality, this.color, this.inverseDepth);
    frame.inferenceEndedMs = performance.now();
    return frame;
  }

  dispose(): void {
    this.scene = null;
    this.renderer = null;
  }
}
