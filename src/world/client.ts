import * as Comlink from 'comlink';
import { createMessageWriter, createSharedMailbox, type ActionWriter } from '../action/mailbox';
import type { Pose } from '../math/types';
import type { OpenTarget } from './catalogue';
import type { FromWorker, LayoutKind, ToWorker, WorldFrame } from './contracts';
import type { HostSettings, ProviderChoice, WorldControl } from './control';
import { frameBuffers } from './frame-buffers';
import { HeldBack } from './held-back';
import type { VisitMemory } from './visit-memory';

/** What the page hears from the worker. */
export type ClientEvents = {
  frame(frame: WorldFrame): void;
  /** A frame that a newer one has overtaken: only the older frames that travel with it are of use. */
  overtaken(frame: WorldFrame): void;
  message(message: Exclude<FromWorker, { type: 'frame' } | { type: 'alive' }>): void;
  /** The worker is gone or stuck; `why` is a sentence. `answered` follows if it was only busy. */
  silent(why: string): void;
  answered(): void;
};

/** A worker that says nothing for this long is taken for dead; a slow WASM step may take seconds. */
export const silenceMs = 6000;
/** Compiling a large network may keep the worker busy for longer. */
const silenceWhileOpeningMs = 30_000;
/** A step that is under way for this long will not end; a large network on a slow device takes seconds. */
const stuckStepMs = 45_000;
const watchEveryMs = 500;

/**
 * The page's end of one world worker. Control by comlink, frames and actions by a raw port and shared memory.
 * Dispose it and make another to restart.
 */
export class WorldClient {
  readonly actions: ActionWriter;
  private readonly worker: Worker;
  // Kept for the worker's lifetime: comlink lets go of a proxy that nobody holds.
  private readonly control: Comlink.Remote<WorldControl>;
  private readonly port: MessagePort;
  private readonly connected: Promise<void>;
  private readonly watch: ReturnType<typeof setInterval>;
  private heardMs = performance.now();
  private isSilent = false;
  private opening = 0;
  private heard = false;
  private stepBegunMs: number | null = null;
  private openedCount = 0;
  private readonly openedWaiters: (() => void)[] = [];
  /** Rejects when the worker is known to be gone. */
  private readonly died: Promise<never>;
  private die: (reason: Error) => void = () => {};
  private newestFrame = 0;
  /** Frames on a link that was made slow on purpose. */
  private readonly heldBack = new HeldBack<WorldFrame>((frame, heldMs) => this.take(frame, heldMs));

  constructor(private readonly events: ClientEvents) {
    this.worker = new Worker(new URL('../../workers/world.worker.ts', import.meta.url), {
      type: 'module',
      name: 'world',
    });
    this.died = new Promise((_, reject) => (this.die = reject));
    // Whoever waits for an answer races against it; without a waiter it is no error.
    this.died.catch(() => {});
    this.worker.onerror = (event) => {
      const reason = event.message ? `: ${event.message}` : '';
      this.fail(
        this.heard
          ? `The world worker crashed${reason}. The picture stays where it is; restart the model to go on.`
          : `The world worker could not be loaded${reason}. Check the connection, then restart the model.`,
      );
    };
    this.control = Comlink.wrap<WorldControl>(this.worker);
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    port1.onmessage = (event: MessageEvent<FromWorker>) => this.receive(event.data);
    const shared = globalThis.crossOriginIsolated ? createSharedMailbox() : null;
    this.actions = shared ? shared.writer : createMessageWriter(port1);
    this.connected = this.control.connect(Comlink.transfer(port2, [port2]), shared?.buffer ?? null, performance.timeOrigin);
    this.watch = setInterval(() => this.checkSilence(), watchEveryMs);
  }

  /** Opens a world. @returns warnings as sentences. @throws Error with a sentence; the world before goes on */
  async open(
    worldId: string,
    target: OpenTarget,
    provider: ProviderChoice,
    seed: number,
    worldFromHead: Pose | null,
    standsOn: LayoutKind | null = null,
    memory: VisitMemory | null = null,
  ): Promise<readonly string[]> {
    this.opening++;
    try {
      await Promise.race([this.connected, this.died]);
      const answer = this.control.open(worldId, target, provider, seed, worldFromHead, standsOn, memory);
      const { warnings, openedCount } = await Promise.race([answer, this.died]);
      // The message on the raw port says where the person stands: what follows may rely on it.
      while (this.openedCount < openedCount) await new Promise<void>((heard) => this.openedWaiters.push(heard));
      return warnings;
    } finally {
      this.opening--;
    }
  }

  /** Starts the running world again. */
  async reopen(seed: number, worldFromHead: Pose | null): Promise<void> {
    this.opening++;
    try {
      await Promise.race([this.connected, this.died]);
      await Promise.race([this.control.reopen(seed, worldFromHead), this.died]);
    } finally {
      this.opening--;
    }
  }

  /** A copy of all that the worker knows of this visit. @throws Error with a sentence */
  async snapshot(): Promise<VisitMemory> {
    await Promise.race([this.connected, this.died]);
    return await Promise.race([this.control.snapshot(), this.died]);
  }

  configure(settings: HostSettings): void {
    this.connected.then(() => this.control.configure(settings)).catch(() => {});
  }

  /** Gives buffers of drawn frames back to the worker's pool. */
  release(buffers: readonly ArrayBuffer[]): void {
    const message: ToWorker = { type: 'release', buffers: [...buffers] };
    this.port.postMessage(message, message.buffers);
  }

  /** True once the worker is known to be gone or stuck: only another client helps. */
  get isDead(): boolean {
    return this.isSilent;
  }

  dispose(): void {
    clearInterval(this.watch);
    this.die(new Error('The world worker was stopped.'));
    this.heldBack.clear();
    this.port.close();
    this.worker.terminate();
  }

  private receive(message: FromWorker): void {
    this.heardMs = performance.now();
    this.heard = true;
    if (message.type === 'alive') this.stepBegunMs = message.stepBegunMs;
    if (this.isSilent && !this.isStuck()) {
      this.isSilent = false;
      this.events.answered();
    }
    switch (message.type) {
      case 'alive':
        return;
      case 'frame':
        this.stepBegunMs = null;
        this.heldBack.add(message.frame, message.holdMs);
        return;
      default:
        // A frame of the world before must not appear in the next one.
        if (message.type === 'opened') for (const frame of this.heldBack.clear()) this.release(frameBuffers(frame));
        this.events.message(message);
        if (message.type !== 'opened') return;
        this.openedCount++;
        for (const heard of this.openedWaiters.splice(0)) heard();
    }
  }

  private take(frame: WorldFrame, heldMs: number): void {
    // On a slow link it would have been sent so much later; this way its times add up to what the page sees.
    frame.times.sentMs += heldMs;
    // Jitter, or added latency that was lowered, lets a newer frame overtake an older one.
    if (frame.id < this.newestFrame) this.events.overtaken(frame);
    else {
      this.newestFrame = frame.id;
      this.events.frame(frame);
    }
  }

  private checkSilence(): void {
    // A page in the background is throttled together with its worker: silence there means nothing.
    if (document.visibilityState === 'hidden') this.heardMs = performance.now();
    if (this.isSilent) return;
    // Until the first word the worker's own code is on its way, over whatever connection there is.
    const limitMs = this.opening > 0 || !this.heard ? silenceWhileOpeningMs : silenceMs;
    if (!this.isStuck() && performance.now() - this.heardMs < limitMs) return;
    this.fail(
      this.heard
        ? 'The world model has stopped answering. The picture stays where it is; restart the model to go on.'
        : 'The world worker did not start. Check the connection, then restart the model.',
    );
  }

  private isStuck(): boolean {
    return this.stepBegunMs !== null && performance.now() - this.stepBegunMs > stuckStepMs;
  }

  private fail(why: string): void {
    this.isSilent = true;
    this.events.silent(why);
    // A worker that never spoke will not answer what is waiting for it; a busy one may.
    if (!this.heard) this.die(new Error(why));
  }
}
