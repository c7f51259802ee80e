import type { Action } from '../../../src/action/action';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { MapNews, ModelFrame, OpenHooks, OpenResult, WorldInfo, WorldModel } from '../../../src/world/contracts';
import { partNeedsLayout, type Manifest, type ManifestOutput } from '../../../src/world/manifest';
import type { ImaginedBlock } from '../../imagine/tokens';
import { createMapView } from '../../layout/map-view';
import type { LightChoice } from '../../layout/palettes';
import { sleep } from '../../host/sleep';
import { FlyingTexels } from '../../mesh/snap-flying';
import { FrameHistory } from './frame-history';
import { GaussianSource } from './gaussian';
import { cleanInverseDepth, normaliseColor, writeInverseDepth, writeRgba } from './outputs';
import type { NamedArrays } from './self-check';
import type { Feed, StepSession } from './session';
import { bindInputs, historyLength, usesSource, type BoundInput, type SourceContext } from './sources';
import type { SpatialMemory } from './spatial-memory';
import type { Surroundings } from './surroundings';

/** What a package needs in order to run, in arrays that live as long as the model. */
export type Binding = {
  manifest: Manifest;
  camera: Intrinsics;
  inputs: readonly BoundInput[];
  /** One array a state: zeros, what its input is fed when a visit begins. Later values stay with the session. */
  states: readonly Feed[];
  feeds: readonly Feed[];
};

/** Binds a manifest to arrays. @throws Error with a sentence when it names something unknown */
export function bindPackage(manifest: Manifest): Binding {
  const { width, height, fovYDeg } = manifest.camera;
  const camera = intrinsicsFromFov(width, height, (fovYDeg * Math.PI) / 180);
  const inputs = bindInputs(manifest, camera);
  const states = manifest.state.map(({ input, shape }) => ({
    name: input,
    shape,
    data: new Float32Array(shape.reduce((product, side) => product * side, 1)),
  }));
  return { manifest, camera, inputs, states, feeds: [...inputs, ...states] };
}

/** A world that an ONNX graph dreams, one run a step. Made by `openOnnxModel`. */
export class OnnxModel implements WorldModel {
  private readonly context: SourceContext;
  private readonly frame: ModelFrame;
  private readonly color: Float32Array;
  private readonly rgbName: string;
  private readonly rgbRange: readonly [number, number];
  private readonly depth: { name: string; output: Exclude<ManifestOutput, { meaning: 'rgb' }> } | null = null;
  private readonly flying = new FlyingTexels();
  /** Counts visits, so that a step that was running during a reset leaves no trace in the new one. */
  private visit = 0;

  /**
   * @param surroundings null only for packages without a layout
   * @param memory null for packages that read none
   * @param warnings sentences about what did not go as wished while loading, for the person
   */
  constructor(
    private readonly binding: Binding,
    private readonly session: StepSession,
    private readonly surroundings: Surroundings | null,
    private readonly memory: SpatialMemory | null,
    readonly warnings: readonly string[],
  ) {
    const { manifest, camera } = binding;
    const n = camera.width * camera.height;
    const needsMap = usesSource(manifest, 'map-view', 'world-noise');
    const back = historyLength(manifest);
    this.context = {
      camera,
      worldFromCamera: standingPose(),
      worldFromPrevious: standingPose(),
      action: null,
      map: needsMap ? createMapView(camera.width, camera.height) : null,
      atmosphere: null,
      memory: null,
      history: back > 0 ? new FrameHistory(back, n) : null,
      random: new GaussianSource(0),
    };
    this.rgbName = '';
    this.rgbRange = [0, 1];
    for (const [name, output] of Object.entries(manifest.outputs)) {
      if (output.meaning === 'rgb') {
        this.rgbName = name;
        this.rgbRange = output.range;
      } else {
        this.depth = { name, output };
      }
    }
    this.color = new Float32Array(3 * n);
    this.frame = {
      worldFromCamera: standingPose(),
      camera,
      color: new Uint8ClampedArray(4 * n),
      inverseDepth: this.depth ? new Float32Array(n) : null,
      inferenceBegunMs: 0,
      inferenceEndedMs: 0,
    };
  }

  get info(): WorldInfo {
    const { manifest, camera } = this.binding;
    return {
      id: manifest.id,
      name: manifest.name,
      description: manifest.description,
      camera,
      hasDepth: this.depth !== null,
      depthCare: {
        median: this.depth?.output.filter === 'median',
        align: this.depth?.output.scaleOverTime === 'wobbles',
      },
      rateHz: manifest.rateHz,
      provider: this.session.provider,
      layout: manifest.layout && this.surroundings ? this.surroundings.layout : null,
      package: { version: manifest.version, sha256: packageSha256(manifest) },
    };
  }

  async prepare(seed: number, worldFromHead: Pose | null, hooks: OpenHooks): Promise<void> {
    await this.surroundings?.prepare?.(seed, worldFromHead, hooks);
  }

  async open(seed: number, worldFromHead: Pose | null): Promise<OpenResult> {
    this.visit++;
    const { context } = this;
    const start = (await this.surroundings?.start(seed, worldFromHead)) ?? worldFromHead ?? standingPose();
    context.worldFromCamera.set(start);
    context.worldFromPrevious.set(start);
    context.random.reset(seed);
    context.history?.clear();
    this.memory?.clear();
    for (const state of this.binding.states) state.data.fill(0);
    this.session.forgetState();
    return { worldFromHead: Float32Array.from(start) };
  }

  setLight(light: LightChoice): void {
    this.surroundings?.setLight(light);
    // What was painted in another light would come back in its colours.
    this.memory?.clear();
  }

  recall(seed: number, blocks: readonly ImaginedBlock[]): void {
    this.surroundings?.recall?.(seed, blocks);
  }

  takeMap(): MapNews | null {
    return this.surroundings?.takeMap?.() ?? null;
  }

  async step(action: Action): Promise<ModelFrame> {
    const { context, frame, visit } = this;
    context.worldFromCamera.set(action.worldFromPredictedHead);
    this.gather(action);
    for (const input of this.binding.inputs) input.fill(context);
    // A map view takes this thread for a while, and the GPU is about to be busy: what waits (the page's releases, an
    // upload of the pass before) comes first. The read back yields by itself: onnxruntime awaits `mapAsync` inside the run.
    if (this.session.provider === 'webgpu') await sleep(0);
    let inferenceEndedMs = 0;
    frame.readBackMs = Number.NaN;
    const inferenceBegunMs = performance.now();
    await this.session.run((outputs) => {
      inferenceEndedMs = performance.now();
      if (this.visit === visit) this.take(outputs);
    });
    Object.assign(frame, { inferenceBegunMs, inferenceEndedMs });
    return frame;
  }

  dispose(): void {
    this.visit++;
    this.surroundings?.dispose?.();
    void this.session.dispose();
  }

  /** Everything that the sources of this step read. */
  private gather(action: Action): void {
    const { context, surroundings } = this;
    context.action = action;
    if (surroundings) {
      context.atmosphere = surroundings.atmosphere(context.worldFromCamera);
      if (context.map) surroundings.renderMapView(context.worldFromCamera, context.camera, context.map);
    }
    if (this.memory) context.memory = this.memory.view(context.worldFromCamera);
  }

  /** Keeps what a run returned: the picture and the past. */
  private take(outputs: NamedArrays): void {
    const { context, frame, depth, color } = this;
    frame.worldFromCamera.set(context.worldFromCamera);
    normaliseColor(outputs[this.rgbName], this.rgbRange, color);
    writeRgba(color, frame.color);
    if (depth && frame.inverseDepth) writeInverseDepth(outputs[depth.name], depth.output, frame.inverseDepth);
    frame.readBackMs = performance.now();
    if (frame.inverseDepth && depth?.output.edges === 'snap') {
      this.flying.snap(frame.inverseDepth, frame.color, context.camera.width, context.camera.height);
    }
    const past = context.history?.advance();
    past?.color.set(color);
    if (frame.inverseDepth) {
      if (past) cleanInverseDepth(frame.inverseDepth, 0, past.inverseDepth);
      this.memory?.remember(frame.worldFromCamera, frame.color, frame.inverseDepth);
    }
    context.worldFromPrevious.set(context.worldFromCamera);
  }
}

/** What tells one package from another: of all its graphs. */
function packageSha256({ graphs }: Manifest): string {
  const { step, imaginePrefill, imagineStep } = graphs;
  return [step, imaginePrefill, imagineStep].flatMap((graph) => graph?.sha256 ?? []).join('+');
}

/** Whether the package cannot run without surroundings. */
export function needsSurroundings(manifest: Manifest): boolean {
  return Object.values(manifest.inputs).some((input) => input.parts.some(partNeedsLayout));
}

/** Eye height above the origin, looking along -Z: where a visit starts in a world that knows no ground. */
function standingPose(): Pose {
  const pose = createPose();
  pose[13] = 1.6;
  return pose;
}
