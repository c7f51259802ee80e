import type { Action } from '../../src/action/action';
import { actionLength, createAction, decodeAction } from '../../src/action/action-codec';
import { MessageMailbox, openSharedMailbox, type ActionReader } from '../../src/action/mailbox';
import type { Pose } from '../../src/math/types';
import type { FromWorker, FrameTimes, ToWorker, WorldFrame, WorldModel } from '../../src/world/contracts';
import type { HostSettings } from '../../src/world/control';
import { frameBuffers } from '../../src/world/frame-buffers';
import { defaultLayerBudget } from '../../src/world/layer-budget';
import { FrameAssembler } from './frame-assembler';
import { Pacer } from './pacer';

/** How often the page hears that the worker lives, even when the model is slow between steps. */
const aliveEveryMs = 500;
/** How long to wait before asking an empty mailbox again. */
const mailboxPollMs = 4;

/** The raw port to the page; a MessagePort, or a pair of functions in tests. */
export type HostPort = { postMessage(message: FromWorker, transfer: Transferable[]): void };

/** Loads a world; progress goes to the page, `signal` calls it off. Implemented in `open-world.ts`. */
export type OpenModel = (
  worldId: string,
  report: (message: FromWorker) => void,
  signal: AbortSignal,
) => Promise<WorldModel>;

/**
 * The step loop: takes the newest action, lets the model paint it, meshes and posts the frame. One step in flight.
 * While another world loads, the running one goes on; it is replaced when the new one is ready, and kept if it fails.
 */
export class WorldHost {
  private model: WorldModel | null = null;
  private mailbox: ActionReader;
  private readonly messages = new MessageMailbox();
  private readonly assembler = new FrameAssembler();
  private readonly pacer = new Pacer(30);
  private settings: HostSettings = { modelHz: 30, addLatencyMs: 0, layers: defaultLayerBudget };
  /** What was said last about the conventions of the running world. */
  private advice: string | null = null;
  private readonly values = new Float64Array(actionLength);
  private readonly action: Action = createAction();
  /** Begin of the step in flight, window's clock. */
  private stepBegunMs: number | null = null;
  /** How many `opened` messages were posted. */
  openedCount = 0;
  private openings = 0;
  /** Calls off the newest opening, while it loads. */
  private loading = new AbortController();
  /** Counts up with every world that begins; a frame that was held back must not appear in the next one. */
  private visit = 0;
  private running = false;
  private heart: ReturnType<typeof setTimeout> | undefined;
  /** Swaps of worlds that wait for the step in flight to end. */
  private readonly swaps: (() => Promise<void>)[] = [];

  /**
   * @param shared memory of the mailbox, or null when the page is not cross-origin isolated
   * @param shiftMs what to add to this thread's `performance.now()` to get the window's
   */
  constructor(
    private readonly port: HostPort,
    shared: SharedArrayBuffer | null,
    private readonly shiftMs: number,
  ) {
    this.mailbox = shared ? openSharedMailbox(shared) : this.messages;
    this.beat();
  }

  /** Messages of the raw port. */
  receive(message: ToWorker): void {
    switch (message.type) {
      case 'release':
        this.assembler.release(message.buffers);
        return;
      case 'action':
        this.messages.accept(message.values);
        return;
      default: {
        const never: never = message;
        throw new Error(`The world worker does not know the message ${JSON.stringify(never)}.`);
      }
    }
  }

  configure(settings: HostSettings): void {
    this.settings = settings;
    this.assembler.configure(settings.layers);
    this.pacer.maxHz = Math.min(settings.modelHz, this.model?.info.rateHz ?? settings.modelHz);
  }

  /**
   * Opens a world; resolves when its frames begin to come, or when a later opening has called this one off.
   * @param worldFromHead where to stand, null: where the world likes
   * @throws Error with a sentence; the world before goes on
   */
  async open(worldId: string, load: OpenModel, seed: number, worldFromHead: Pose | null): Promise<void> {
    const opening = ++this.openings;
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    let model: WorldModel;
    try {
      model = await load(
        worldId,
        (message) => {
          // A world that was asked for later hides the progress of this one.
          if (opening === this.openings) this.port.postMessage(message, []);
        },
        signal,
      );
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (opening !== this.openings) {
      model.dispose();
      return;
    }
    await this.swap(() => model, seed, worldFromHead);
  }

  /** Starts the running world again, with another seed or at another place. */
  async reopen(seed: number, worldFromHead: Pose | null): Promise<void> {
    // Asked when its turn comes: a swap that waits before this one puts another model in place.
    await this.swap(() => this.model, seed, worldFromHead);
  }

  dispose(): void {
    this.openings++;
    this.loading.abort();
    this.visit++;
    clearTimeout(this.heart);
    this.running = false;
    this.model?.dispose();
    this.model = null;
  }

  /** Swaps between two steps, never during one. */
  private swap(choose: () => WorldModel | null, seed: number, worldFromHead: Pose | null): Promise<void> {
    return new Promise((resolve, reject) => {
      this.swaps.push(async () => {
        const model = choose();
        if (!model) return reject(new Error('No world is running. Open one first.'));
        try {
          const start = await model.open(seed, worldFromHead);
          if (this.model !== model) this.model?.dispose();
          this.model = model;
          this.visit++;
          this.assembler.reset(model.info);
          this.advice = null;
          this.configure(this.settings);
          this.port.postMessage(
            {
              type: 'opened',
              info: model.info,
              worldFromHead: Float32Array.from(start.worldFromHead),
              seed,
              keptPose: worldFromHead !== null,
            },
            [],
          );
          this.openedCount++;
          resolve();
        } catch (error) {
          if (this.model !== model) model.dispose();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.running) {
      try {
        await this.turn();
      } catch (error) {
        // Nothing here is expected to throw; if it does, the loop must outlive it.
        const message = `The world worker stumbled: ${sentence(error)} Restart the model if the picture stays still.`;
        this.port.postMessage({ type: 'failed', worldId: this.model?.info.id ?? '', message }, []);
        await sleep(aliveEveryMs);
      }
    }
  }

  /** One round of the loop: a swap that waits, then a step if it is time and there is a new action. */
  private async turn(): Promise<void> {
    await this.swaps.shift()?.();
    const waitMs = this.pacer.waitMs(performance.now());
    if (waitMs > 1) {
      await sleep(Math.min(waitMs, 50));
      return;
    }
    if (!this.model || !this.mailbox.readNewest(this.values)) {
      await sleep(mailboxPollMs);
      return;
    }
    await this.step(this.model, decodeAction(this.values, this.action));
    // Messages (releases, control) are handled between steps even when the model never waits for anything.
    await sleep(0);
  }

  private async step(model: WorldModel, action: Action): Promise<void> {
    const begunMs = performance.now();
    this.pacer.begin(begunMs);
    const times: FrameTimes = {
      actionAtMs: action.atMs,
      stepBegunMs: begunMs + this.shiftMs,
      inferenceBegunMs: 0,
      inferenceEndedMs: 0,
      meshedMs: 0,
      sentMs: 0,
    };
    this.stepBegunMs = times.stepBegunMs;
    try {
      const painted = await model.step(action);
      times.inferenceBegunMs = painted.inferenceBegunMs + this.shiftMs;
      times.inferenceEndedMs = painted.inferenceEndedMs + this.shiftMs;
      const { frame, transfer } = this.assembler.assemble(painted, action.id, times);
      times.meshedMs = performance.now() + this.shiftMs;
      this.send(frame, transfer);
      this.advise(model.info.id);
    } catch (error) {
      const way = 'The last picture stays; restart the model or open another world.';
      const message = `${model.info.name} could not paint a frame: ${sentence(error)} ${way}`;
      this.port.postMessage({ type: 'failed', worldId: model.info.id, message }, []);
      if (this.model === model) this.model = null;
      model.dispose();
    } finally {
      this.stepBegunMs = null;
    }
  }

  /** Says once when the frames contradict the package's conventions, and once when they no longer do. */
  private advise(worldId: string): void {
    const { advice } = this.assembler;
    if (advice === this.advice) return;
    this.advice = advice;
    this.port.postMessage({ type: 'advice', worldId, message: advice }, []);
  }

  /** Latency that a person adds on purpose delays frames, not steps: rate and latency can be set apart. */
  private send(frame: WorldFrame, transfer: Transferable[]): void {
    const { visit } = this;
    const post = (): void => {
      if (visit !== this.visit) {
        this.assembler.release(frameBuffers(frame));
        return;
      }
      frame.times.sentMs = performance.now() + this.shiftMs;
      this.port.postMessage({ type: 'frame', frame }, transfer);
    };
    if (this.settings.addLatencyMs > 0) setTimeout(post, this.settings.addLatencyMs);
    else post();
  }

  private beat(): void {
    this.port.postMessage({ type: 'alive', atMs: performance.now() + this.shiftMs, stepBegunMs: this.stepBegunMs }, []);
    this.heart = setTimeout(() => this.beat(), aliveEveryMs);
  }
}

/** Timers of zero length are clamped to 4 ms by browsers when nested; a message to oneself is not. */
const channel = new MessageChannel();
const woken: (() => void)[] = [];
channel.port1.onmessage = () => woken.shift()?.();

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (ms <= 0) {
      woken.push(resolve);
      channel.port2.postMessage(0);
    } else {
      setTimeout(resolve, ms);
    }
  });
}

/** The reason of an error, ended like a sentence. */
function sentence(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(reason) ? reason : `${reason}.`;
}
