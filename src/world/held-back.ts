/** What a queue needs of its surroundings; tests bring their own. Times in ms. */
export type Timers = {
  now(): number;
  set(run: () => void, ms: number): unknown;
  clear(timer: unknown): void;
};

const realTimers: Timers = {
  now: () => performance.now(),
  set: (run, ms) => setTimeout(run, ms),
  clear: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>),
};

/** Timers that wake this little too early are as good as on time: another round would come later still. */
const earlyMs = 0.25;

/**
 * Things on their way over a slow link: each is delivered at its own deadline, so that one with a short delay overtakes
 * one with a long delay, as datagrams do. One timer waits for the nearest deadline; delays do not add up.
 *
 * It stands on the page's side, for a worker that computes for a tenth of a second can keep no deadline.
 */
export class HeldBack<T> {
  /** By deadline; equal deadlines in the order in which they came. */
  private readonly queue: { item: T; sinceMs: number; dueMs: number }[] = [];
  private timer: unknown = null;

  /** @param deliver gets an item and how long it was really held, ms */
  constructor(
    private readonly deliver: (item: T, heldMs: number) => void,
    private readonly timers: Timers = realTimers,
  ) {}

  /** How many are on their way. */
  get size(): number {
    return this.queue.length;
  }

  /** @param holdMs from now on; 0 delivers at once, before this returns */
  add(item: T, holdMs: number): void {
    const sinceMs = this.timers.now();
    if (!(holdMs > 0)) {
      this.deliver(item, 0);
      return;
    }
    const dueMs = sinceMs + holdMs;
    let at = this.queue.length;
    while (at > 0 && this.queue[at - 1]!.dueMs > dueMs) at--;
    this.queue.splice(at, 0, { item, sinceMs, dueMs });
    if (at === 0) this.wait();
  }

  /** Nothing that is on its way arrives. @returns what it was, by deadline */
  clear(): T[] {
    this.stop();
    return this.queue.splice(0).map(({ item }) => item);
  }

  private wait(): void {
    this.stop();
    const first = this.queue[0];
    if (first) this.timer = this.timers.set(() => this.wake(), Math.max(0, first.dueMs - this.timers.now()));
  }

  private wake(): void {
    this.timer = null;
    try {
      while (this.queue.length > 0) {
        const nowMs = this.timers.now();
        if (this.queue[0]!.dueMs > nowMs + earlyMs) break;
        const { item, sinceMs } = this.queue.shift()!;
        this.deliver(item, nowMs - sinceMs);
      }
    } finally {
      // One that cannot be taken must not hold up the others; and whoever took one may have cleared or added.
      this.wait();
    }
  }

  private stop(): void {
    if (this.timer !== null) this.timers.clear(this.timer);
    this.timer = null;
  }
}
