import * as Comlink from 'comlink';
import { createMessageWriter, createSharedMailbox, type ActionWriter } from '../action/mailbox';
import type { Pose } from '../math/types';
import type { OpenTarget } from './catalogue';
import type { FromWorker, ToWorker, WorldFrame } from './contracts';
import type { HostSettings, ProviderChoice, WorldControl } from './control';

/** What the page hears from the worker. */
export type ClientEvents = {
  frame(frame: WorldFrame): void;
  message(message: Exclude<FromWorker, { type: 'frame' } | { type: 'alive' }>): void;
  /** Nothing was heard for {@link silenceMs}; `answered` follows if the worker was only busy. */
  silent(): void;
  answered(): void;
};

/** A worker that says nothing for this long is taken for dead; a slow WASM step may take seconds. */
export const silenceMs = 6000;
/** Compiling a large network may keep the worker busy for longer. */
const silenceWhileOpeningMs = 30_000;
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
  private newestFrame = 0;

  constructor(private readonly events: ClientEvents) {
    this.worker = new Worker(new URL('../../workers/world.worker.ts', import.meta.url), {
      type: 'module',
      name: 'world',
    });
    this.worker.onerror = (event) => {
      this.events.message({
        type: 'failed',
        worldId: '',
        message: `The world worker failed to start (${event.message || 'no reason given'}). Reload the page.`,
      });
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
  ): Promise<readonly string[]> {
    await this.connected;
    this.opening++;
    try {
      return await this.control.open(worldId, target, provider, seed, worldFromHead);
    } finally {
      this.opening--;
    }
  }

  /** Starts the running world again. */
  async reopen(seed: number, worldFromHead: Pose | null): Promise<void> {
    await this.connected;
    await this.control.reopen(seed, worldFromHead);
  }

  configure(settings: HostSettings): void {
    void this.connected.then(() => this.control.configure(settings));
  }

  /** Gives a drawn frame's buffers back to the worker's pool. */
  release(frame: WorldFrame): void {
    const { color, sky, mesh } = frame;
    const message: ToWorker = { type: 'release', color, vertices: mesh.vertices, indices: mesh.indices, sky };
    this.port.postMessage(message, [color.buffer, mesh.vertices.buffer, mesh.indices.buffer, sky.buffer]);
  }

  dispose(): void {
    clearInterval(this.watch);
    this.port.close();
    this.worker.terminate();
  }

  private receive(message: FromWorker): void {
    this.heardMs = performance.now();
    if (this.isSilent) {
      this.isSilent = false;
      this.events.answered();
    }
    switch (message.type) {
      case 'alive':
        return;
      case 'frame':
        // Added latency that was lowered lets a newer frame overtake an older one.
        if (message.frame.id < this.newestFrame) this.release(message.frame);
        else {
          this.newestFrame = message.frame.id;
          this.events.frame(message.frame);
        }
        return;
      default:
        this.events.message(message);
    }
  }

  private checkSilence(): void {
    // A page in the background is throttled together with its worker: silence there means nothing.
    if (document.visibilityState === 'hidden') this.heardMs = performance.now();
    const limitMs = this.opening > 0 ? silenceWhileOpeningMs : silenceMs;
    if (this.isSilent || performance.now() - this.heardMs < limitMs) return;
    this.isSilent = true;
    this.events.silent();
  }
}
