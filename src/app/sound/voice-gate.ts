/**
 * Lets through as many sounds as ears can tell apart: a few at once, then one after the other, and the louder ones
 * rather than the soft: a hundred bodies that land are a patter and not a wall of noise.
 */
export class VoiceGate {
  private tokens: number;
  private lastMs = Number.NEGATIVE_INFINITY;

  /** @param burst that many at once. @param perSecond and then so many a second */
  constructor(
    private readonly burst: number,
    private readonly perSecond: number,
  ) {
    this.tokens = burst;
  }

  /** Whether a sound of this strength (0 … 1) may be played now. The fuller it gets, the louder it must be. */
  passes(nowMs: number, strength: number): boolean {
    const passedS = Math.max(0, nowMs - this.lastMs) / 1000;
    this.tokens = Math.min(this.burst, this.tokens + (Number.isFinite(passedS) ? passedS : 0) * this.perSecond);
    this.lastMs = nowMs;
    const free = this.tokens / this.burst;
    if (this.tokens < 1 || strength < 0.6 * (1 - free)) return false;
    this.tokens--;
    return true;
  }
}
