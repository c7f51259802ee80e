import { createStore } from 'zustand/vanilla';

/** What the newest sound said; empty: nothing lately. */
export const captionStore = createStore<{ text: string }>(() => ({ text: '' }));

/** A screen reader needs this long for a few words, and so do eyes, ms. */
const leastMs = 1200;
/** Then it goes, ms. */
const showMs = 3000;

/** Shows captions one after the other, never faster than they can be read: of those that wait, only the newest. */
export class CaptionLine {
  private shownMs = Number.NEGATIVE_INFINITY;
  private waiting: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly show: (text: string) => void = (text) => captionStore.setState({ text })) {}

  say(text: string, nowMs: number): void {
    this.waiting = text;
    const leftMs = this.shownMs + leastMs - nowMs;
    if (leftMs <= 0) this.next(nowMs);
    else this.after(leftMs, nowMs + leftMs);
  }

  /** Nothing is shown any more. */
  clear(): void {
    clearTimeout(this.timer);
    this.waiting = null;
    this.show('');
  }

  private next(nowMs: number): void {
    const text = this.waiting;
    this.waiting = null;
    this.show(text ?? '');
    if (text === null) return;
    this.shownMs = nowMs;
    this.after(showMs, nowMs + showMs);
  }

  private after(ms: number, atMs: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.next(atMs), ms);
  }
}
