import type { Action } from '../../../src/action/action';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { ModelFrame, OpenResult, WorldInfo, WorldModel } from '../../../src/world/contracts';
import { CourtyardMap } from '../../layout/courtyards';
import { atmosphereOf, autoLight, type LightChoice } from '../../layout/palettes';
import { SceneWindow } from '../../layout/scene-window';
import { chooseSpawn } from '../../layout/spawn';
import { addOrnateShapes } from './ornament';
import { CourtyardRenderer, liveQuality } from './render';

export const simulatorSize = 128;
export const simulatorFovYDeg = 100;
/** Shares of its width and height that it can paint at: half the side is a quarter of the rays. */
const scales = [1, 0.75, 0.5] as const;

/** The ray-cast courtyards as a world of their own: exact colour and depth, no network, nothing to download. */
export class Simulator implements WorldModel {
  readonly info: WorldInfo;
  private scene: SceneWindow | null = null;
  private renderer: CourtyardRenderer | null = null;
  private light: LightChoice = autoLight;
  private seed = 0;
  /** Of the size that it paints at. */
  private color: Uint8ClampedArray<ArrayBuffer>;
  private inverseDepth: Float32Array<ArrayBuffer>;
  private readonly frame: ModelFrame;

  /** @param size texels along each side of the picture */
  constructor(private readonly size = simulatorSize) {
    const camera = cameraOf(size);
    this.info = {
      id: 'courtyard-simulator',
      name: 'Courtyards, ray cast',
      description: 'The courtyards as the simulator draws them: exact colour and depth, no network.',
      camera,
      hasDepth: true,
      rateHz: 30,
      scales,
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

  setScale(scale: number): void {
    const side = Math.max(1, Math.round(this.size * scale));
    if (side === this.frame.camera.width) return;
    this.color = new Uint8ClampedArray(side * side * 4);
    this.inverseDepth = new Float32Array(side * side);
    Object.assign(this.frame, { camera: cameraOf(side), color: this.color, inverseDepth: this.inverseDepth });
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

function cameraOf(side: number): Intrinsics {
  return intrinsicsFromFov(side, side, (simulatorFovYDeg * Math.PI) / 180);
}
