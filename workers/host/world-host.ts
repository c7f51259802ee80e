import type { Action } from '../../src/action/action';
import { actionLength, createAction, decodeAction } from '../../src/action/action-codec';
import { MessageMailbox, openSharedMailbox, type ActionReader } from '../../src/action/mailbox';
import type { Pose } from '../../src/math/types';
import type { FromWorker, LayoutKind, ToWorker, WorldFrame, WorldModel } from '../../src/world/contracts';
import { noDelay, type HostSettings } from '../../src/world/control';
import type { VisitMemory } from '../../src/world/visit-memory';
import { defaultLayerBudget } from '../../src/world/layer-budget';
import { autoLight } from '../layout/palettes';
import { FrameAssembler } from './frame-assembler';
import { timesOf } from './frame-times';
import { aliveEveryMs, Heart } from './heart';
import { Injection, lost } from './injection';
import { ModelLook } from './model-look';
import { loadPrepared, openedMessage, prepare, type OpenModel, type Start } from './opening';
import { Pacer } from './pacer';
import { sentence } from './sentence';
import { sleep } from './sleep';
import { VisitKeeper } from './visit-keeper';

/** How long to wait before asking an empty mailbox again. */
const mailboxPollMs = 4;

/** The raw port to the page; a MessagePort, or a pair of functions in tests. */
export type HostPort = { postMessage(message: FromWorker, transfer: Transferable[]): void };

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
  private readonly injection = new Injection();
  private readonly look = new ModelLook();
  private settings: HostSettings = {
    modelHz: 30,
    resolutionScale: 1,
    delay: noDelay,
    layers: defaultLayerBudget,
    light: autoLight,
    surfacesHz: 0,
  };
  /** What was said last about the conventions of the running world. */
  private advice: string | null = null;
  private readonly values = new Float64Array(actionLength);
  private readonly action: Action = createAction();
  private readonly heart: Heart;
  /** How many `opened` messages were posted. */
  openedCount = 0;
  private openings = 0;
  /** Calls off the newest opening, while it loads. */
  private loading = new AbortController();
  /** Calls off the newest wish to start the running world again, while that prepares. */
  private preparing = new AbortController();
  private running = false;
  private readonly keeper = new VisitKeeper();
  /** Swaps of worlds and copies, which wait for the step in flight to end. */
  private readonly betweenSteps: (() => Promise<void>)[] = [];

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
    this.heart = new Heart(port, shiftMs);
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
    this.assembler.configure(settings.layers, settings.surfacesHz);
    this.injection.configure(settings.delay, performance.now());
    this.pacer.maxHz = Math.min(settings.modelHz, this.model?.info.rateHz ?? settings.modelHz);
  }

  /**
   * Opens a world; resolves when its frames begin to come, or when a later opening has called this one off.
   * @param worldFromHead where to stand, null: where the world likes
   * @param standsOn the kind of map that this place is on: a world over another kind chooses its own; null: any
   * @param memory of a saved visit that goes on; null: a new one
   * @throws Error with a sentence; the world before goes on
   */
  async open(
    worldId: string,
    load: OpenModel,
    seed: number,
    worldFromHead: Pose | null,
    standsOn: LayoutKind | null = null,
    memory: VisitMemory | null = null,
  ): Promise<void> {
    const opening = ++this.openings;
    this.loading.abort();
    this.loading = new AbortController();
    const { signal } = this.loading;
    const report = (message: FromWorker): void => {
      // A world that was asked for later hides the progress of this one.
      if (opening === this.openings) this.port.postMessage(message, []);
    };
    const { light } = this.settings;
    try {
      const wanted = { worldId, load, seed, worldFromHead, standsOn, light, memory };
      const { model, from } = await loadPrepared(wanted, report, signal);
      if (opening === this.openings) await this.swap(() => model, { seed, worldFromHead: from, memory });
      else model.dispose();
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /**
   * Starts the running world again, with another seed or at another place. Resolves too when a later wish has called this
   * one off.
   * @throws Error with a sentence; the world goes on as it was
   */
  async reopen(seed: number, worldFromHead: Pose | null): Promise<void> {
    this.preparing.abort();
    this.preparing = new AbortController();
    const { signal } = this.preparing;
    try {
      const report = (message: FromWorker): void => this.port.postMessage(message, []);
      if (this.model) await prepare(this.model, seed, worldFromHead, report, signal);
    } catch (error) {
      if (signal.aborted) return;
      throw error;
    }
    if (signal.aborted) return;
    // Asked when its turn comes: a swap that waits before this one puts another model in place.
    await this.swap(() => this.model, { seed, worldFromHead, memory: null });
  }

  dispose(): void {
    this.openings++;
    this.loading.abort();
    this.preparing.abort();
    this.heart.stop();
    this.running = false;
    this.model?.dispose();
    this.model = null;
  }

  /** A copy of all that is known of this visit; resolves between two steps. */
  snapshot(): Promise<VisitMemory> {
    return new Promise((resolve) => {
      this.betweenSteps.push(async () => resolve(this.keeper.snapshot(this.assembler.snapshot())));
      if (!this.running) void this.run();
    });
  }

  private swap(choose: () => WorldModel | null, { seed, worldFromHead, memory }: Start): Promise<void> {
    return new Promise((resolve, reject) => {
      this.betweenSteps.push(async () => {
        const model = choose();
        if (!model) return reject(new Error('No world is running. Open one first.'));
        try {
          ModelLook.tell(model, this.settings);
          const start = await model.open(seed, worldFromHead);
          if (this.model !== model) {
            // Whoever wanted the world before again wants nothing now.
            this.preparing.abort();
            this.model?.dispose();
          }
          this.model = model;
          this.look.begun(model, this.settings);
          this.injection.begin(performance.now());
          this.assembler.reset(model.info);
          if (memory) this.assembler.restore(memory);
          this.keeper.begin();
          this.advice = null;
          this.configure(this.settings);
          this.port.postMessage(openedMessage(model, start, seed, worldFromHead !== null), []);
          this.openedCount++;
          this.tellMap(model);
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
    await this.betweenSteps.shift()?.();
    if (this.model) this.tellMap(this.model);
    const nowMs = performance.now();
    const waitMs = Math.max(this.pacer.waitMs(nowMs), this.injection.hangsForMs(nowMs));
    if (waitMs > 1) {
      await sleep(Math.min(waitMs, 50));
      return;
    }
    if (!this.model || !this.mailbox.readNewest(this.values)) {
      await sleep(mailboxPollMs);
      return;
    }
    if (this.look.update(this.model, this.settings)) this.assembler.reset(this.model.info);
    await this.step(this.model, decodeAction(this.values, this.action));
    this.injection.afterStep(performance.now());
    // Messages (releases, control) are handled between steps even when the model never waits for anything.
    await sleep(0);
  }

  private tellMap(model: WorldModel): void {
    for (const message of this.keeper.mapMessages(model)) this.port.postMessage(message, []);
  }

  private async step(model: WorldModel, action: Action): Promise<void> {
    const begunMs = performance.now();
    this.pacer.begin(begunMs);
    const times = timesOf(action.atMs, begunMs + this.shiftMs);
    this.heart.stepBegunMs = times.stepBegunMs;
    this.keeper.newest = null;
    try {
      const painted = await model.step(action);
      times.inferenceBegunMs = painted.inferenceBegunMs + this.shiftMs;
      times.inferenceEndedMs = painted.inferenceEndedMs + this.shiftMs;
      times.readBackMs = (painted.readBackMs ?? Number.NaN) + this.shiftMs;
      const { frame, transfer } = this.assembler.assemble(painted, action.id, times);
      this.keeper.newest = painted;
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
      this.heart.stepBegunMs = null;
    }
  }

  /** Says once when the frames contradict the package's conventions, and once when they no longer do. */
  private advise(worldId: string): void {
    const { advice } = this.assembler;
    if (advice === this.advice) return;
    this.advice = advice;
    this.port.postMessage({ type: 'advice', worldId, message: advice }, []);
  }

  /**
   * Latency that a person adds on purpose delays frames, not steps: rate and latency can be set apart. The page holds
   * them back, because a step that computes for a tenth of a second lets no timer run here.
   */
  private send(frame: WorldFrame, transfer: Transferable[]): void {
    const holdMs = this.injection.nextFrame();
    if (holdMs === lost) {
      this.assembler.lose(frame);
      return;
    }
    frame.times.sentMs = performance.now() + this.shiftMs;
    this.port.postMessage({ type: 'frame', frame, holdMs }, transfer);
  }
}
