/** When the next model step may begin: never two in flight, never faster than asked. Pure; times in ms on one clock. */
export class Pacer {
  private dueMs = Number.NEGATIVE_INFINITY;
  private intervalMs: number;

  /** @param maxHz upper limit of steps a second */
  constructor(maxHz: number) {
    this.intervalMs = 1000 / maxHz;
  }

  set maxHz(hz: number) {
    // A shorter interval takes effect at once: waiting out the old one would feel stuck.
    this.dueMs = Math.min(this.dueMs, this.dueMs - this.intervalMs + 1000 / hz);
    this.intervalMs = 1000 / hz;
  }

  /** How long to wait before the next step, ms; 0 when it may begin now. */
  waitMs(nowMs: number): number {
    return Math.max(0, this.dueMs - nowMs);
  }

  /** A step begins. A late step does not make the next ones come faster to catch up. */
  begin(nowMs: number): void {
    const isFirst = !Number.isFinite(this.dueMs);
    this.dueMs = isFirst
      ? nowMs + this.intervalMs
      : Math.max(this.dueMs + this.intervalMs, nowMs + this.intervalMs * 0.5);
  }
}
