/** Seconds: eyes close, stay closed while the world jumps, and open again. Shorter than an unforced blink (0.3 s). */
const closeS = 0.07;
const holdS = 0.04;
const openS = 0.16;

/** A blink that hides a jump. */
export class Blink {
  private s = Number.POSITIVE_INFINITY;
  private hasJumped = true;

  start(): void {
    // Eyes that are open already a little close from there.
    this.s = this.hasJumped ? closeS * this.closed : this.s;
    this.hasJumped = false;
  }

  /** Whether a jump is still to come. */
  get isPending(): boolean {
    return !this.hasJumped;
  }

  /** One display frame. @returns whether the eyes have just closed: jump now */
  update(dtS: number): boolean {
    const before = this.s;
    this.s += dtS;
    if (this.hasJumped || this.s < closeS) return false;
    this.hasJumped = true;
    // A late frame opens nothing before the jump was seen.
    this.s = Math.max(closeS, Math.min(this.s, before));
    return true;
  }

  /** 0 open … 1 closed. */
  get closed(): number {
    const { s } = this;
    if (s < closeS) return s / closeS;
    return Math.min(Math.max(1 - (s - closeS - holdS) / openS, 0), 1);
  }
}
