import type { HostPort } from './world-host';

/** How often the page hears that the worker lives, even when the model is slow between steps. */
export const aliveEveryMs = 500;

/** Tells the page again and again that the worker lives, and how long the step in flight has taken. */
export class Heart {
  /** Begin of the step in flight, window's clock; null between steps. */
  stepBegunMs: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param shiftMs what to add to this thread's `performance.now()` to get the window's */
  constructor(
    private readonly port: HostPort,
    private readonly shiftMs: number,
  ) {
    this.beat();
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private beat(): void {
    const atMs = performance.now() + this.shiftMs;
    this.port.postMessage({ type: 'alive', atMs, stepBegunMs: this.stepBegunMs }, []);
    this.timer = setTimeout(() => this.beat(), aliveEveryMs);
  }
}
