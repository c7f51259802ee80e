/** Asks for things in a known order ahead of time, so that who makes them is never idle, and never for too many. */
export class Ahead<T> {
  private readonly waiting = new Map<number, Promise<T>>();
  private asked = 0;

  /** @param ask starts the work for the item of this index */
  constructor(
    private readonly count: number,
    private readonly most: number,
    private readonly ask: (index: number) => Promise<T>,
  ) {}

  /** Starts the first ones now. */
  start(): this {
    this.fill(0);
    return this;
  }

  /** The item of this index; each is handed out once, in rising order. */
  take(index: number): Promise<T> {
    this.fill(index);
    const item = this.waiting.get(index);
    if (!item) throw new RangeError(`Item ${index} was taken before; take items in order, each once.`);
    this.waiting.delete(index);
    return item;
  }

  private fill(from: number): void {
    for (; this.asked < Math.min(this.count, from + this.most); this.asked++) {
      const item = this.ask(this.asked);
      // Whoever takes it sees the error; until then it is not an unhandled one.
      item.catch(() => {});
      this.waiting.set(this.asked, item);
    }
  }
}
