import { createAction, encodeAction, actionLength } from '../../../src/action/action-codec';
import type { Action } from '../../../src/action/action';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose, poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import type {
  FromWorker,
  ModelFrame,
  OpenResult,
  WorldFrame,
  WorldInfo,
  WorldModel,
} from '../../../src/world/contracts';
import type { HostPort, WorldHost } from '../../../workers/host/world-host';

type Message<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>;

/** A world whose every texel has the colour `mark`; it does what it is told and notes what it is asked. */
export class FakeWorld implements WorldModel {
  readonly info: WorldInfo;
  readonly steps: number[] = [];
  readonly openings: { seed: number; worldFromHead: Pose | null }[] = [];
  disposals = 0;
  mostInFlight = 0;
  /** Runs inside each step, before it returns: waits, or throws. */
  during: (action: Action) => Promise<void> | void = () => {};
  /** Runs inside `open`. */
  opening: () => Promise<void> | void = () => {};
  inverseDepth = 0.25;
  setScale?: (scale: number) => void;
  private inFlight = 0;

  constructor(
    readonly mark: number,
    size = 4,
    rateHz = 200,
  ) {
    this.info = {
      id: `world-${mark}`,
      name: `World ${mark}`,
      description: 'A world for tests.',
      camera: intrinsicsFromFov(size, size, 1.5),
      hasDepth: true,
      rateHz,
      provider: 'cpu',
      layout: null,
    };
  }

  async open(seed: number, worldFromHead: Pose | null): Promise<OpenResult> {
    this.openings.push({ seed, worldFromHead });
    await this.opening();
    return { worldFromHead: worldFromHead ?? poseFromYawPitch([this.mark, 1.6, 0], 0, 0) };
  }

  async step(action: Action): Promise<ModelFrame> {
    this.mostInFlight = Math.max(this.mostInFlight, ++this.inFlight);
    const { camera } = this.info;
    const { id } = action;
    const pose = action.worldFromPredictedHead.slice();
    const inferenceBegunMs = performance.now();
    this.steps.push(id);
    try {
      await this.during(action);
    } finally {
      this.inFlight--;
    }
    const texels = camera.width * camera.height;
    return {
      worldFromCamera: pose,
      camera,
      color: new Uint8ClampedArray(4 * texels).fill(this.mark),
      inverseDepth: new Float32Array(texels).fill(this.inverseDepth),
      inferenceBegunMs,
      inferenceEndedMs: performance.now(),
    };
  }

  dispose(): void {
    this.disposals++;
  }
}

/** Notes what the host posts, in order. */
export class FakePort implements HostPort {
  readonly messages: FromWorker[] = [];
  onFrame: (frame: WorldFrame, transfer: Transferable[]) => void = () => {};

  postMessage(message: FromWorker, transfer: Transferable[]): void {
    this.messages.push(message);
    if (message.type === 'frame') this.onFrame(message.frame, transfer);
  }

  all<Type extends FromWorker['type']>(type: Type): Message<Type>[] {
    return this.messages.filter((message): message is Message<Type> => message.type === type);
  }

  get frames(): WorldFrame[] {
    return this.all('frame').map(({ frame }) => frame);
  }
}

/** Posts one action whose head stands `id` metres to the right, so that frames show which one they know. */
export function act(host: WorldHost, id: number): void {
  const action = createAction();
  action.id = id;
  action.atMs = performance.now();
  action.worldFromPredictedHead.set(poseFromYawPitch([id, 1.6, 0], 0, 0, 0, createPose()));
  host.receive({ type: 'action', values: encodeAction(action, new Float64Array(actionLength)) });
}

/** Waits until something has become true. */
export async function until(isTrue: () => boolean, what: string, timeoutMs = 8000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  while (!isTrue()) {
    if (performance.now() > endMs) throw new Error(`Waited ${timeoutMs} ms in vain until ${what}.`);
    await pause(2);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A promise that somebody else opens. */
export function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
