/** Eight bits have this many levels. */
export const mostLevels = 256;

const slots = 1024;
/** Room for rounding: the largest value may lie so many steps from the smallest. */
const mostSteps = 300;

/** Collects the different numbers among those it is given, up to one more than {@link mostLevels}; a small hash set. */
export class LevelCount {
  count = 0;
  private readonly values = new Float64Array(mostLevels + 1);
  private readonly inverse = new Float64Array(mostLevels + 1);
  private readonly keys = new Int32Array(slots);
  private readonly bits = new Int32Array(1);
  private readonly number = new Float32Array(this.bits.buffer);

  reset(): void {
    this.count = 0;
    this.keys.fill(0);
  }

  /** @param value finite and above 0 @returns the count so far */
  add(value: number): number {
    if (this.count > mostLevels) return this.count;
    this.number[0] = value;
    // Never 0 for a number above 0, so 0 marks a free slot.
    const key = this.bits[0];
    let slot = Math.imul(key, 0x9e3779b1) >>> 22;
    while (this.keys[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) % slots;
    if (this.keys[slot] === 0) {
      this.keys[slot] = key;
      this.values[this.count++] = value;
    }
    return this.count;
  }

  /**
   * Whether the numbers, or 1 over them, are steps of a ladder of 8 bits: none closer together than a 256th of their
   * range, about. Numbers that are few by chance (a floor seen straight has one a row) have some that nearly meet.
   */
  areSteps(): boolean {
    const { values, inverse, count } = this;
    if (count < 3 || count > mostLevels) return false;
    for (let k = 0; k < count; k++) inverse[k] = 1 / values[k];
    return isLadder(values, count) || isLadder(inverse, count);
  }
}

/** Sorts the first `count` values. */
function isLadder(values: Float64Array, count: number): boolean {
  values.subarray(0, count).sort();
  const range = values[count - 1] - values[0];
  for (let k = 1; k < count; k++) if ((values[k] - values[k - 1]) * mostSteps < range) return false;
  return true;
}
