/** Model frames that are looked back on. */
const windowFrames = 512;

/** Share of model frames whose picture fits the pose of a neighbouring frame better than the one it came with. */
export class MismatchMeter {
  private readonly answers = new Uint8Array(windowFrames);
  private total = 0;

  /** @param mismatch 1 or 0; NaN or missing: this frame says nothing */
  frame(mismatch: number | undefined): void {
    if (mismatch === undefined || Number.isNaN(mismatch)) return;
    this.answers[this.total++ % windowFrames] = mismatch;
  }

  /** %, NaN while no frame could tell. */
  get pct(): number {
    const count = Math.min(this.total, windowFrames);
    let mismatched = 0;
    for (let k = 0; k < count; k++) mismatched += this.answers[k]!;
    return count > 0 ? (100 * mismatched) / count : Number.NaN;
  }

  clear(): void {
    this.total = 0;
  }
}
