/** What is known of one display frame; NaN where missing. Times are ms on the window's clock. */
export const displayColumns = [
  /** The page began to work on it. */
  'atMs',
  /** When it is expected to be seen. */
  'expectedDisplayMs',
  /** Main thread, from `atMs` to the end of the draw calls. */
  'workMs',
  /** Upload of a frame in it; NaN when none was uploaded. */
  'uploadMs',
  'uploadBytes',
  /** GPU, where the browser has a timer. */
  'gpuMs',
  /** Display frames that were missed right before it. */
  'missed',
  /** Model frame on the screen; NaN before the first. */
  'frameId',
  /** From the pose that turned this picture to its light: no credit for prediction. */
  'mtpRotationMs',
  /** The same for the pose that moved it: older, in modes without depth. */
  'mtpTranslationMs',
  /** Found when the head's pose at the display time is known; see effective-latency.ts. */
  'rotationErrorDeg',
  'rotationEffectiveMs',
  'positionErrorM',
  'translationEffectiveMs',
  /** Age of the model frame on the screen when it is seen: since its head pose was sampled. */
  'frameAgeMs',
  /** Between the pose that the model frame was painted for and the one that it is drawn from. */
  'poseGapDeg',
  'poseGapM',
  /** Of a model frame in the display frame that first shows it: the pose it was painted for against the true one. */
  'predictionErrorDeg',
  'predictionErrorM',
  'overPredictionDeg',
] as const;
export type DisplayColumn = (typeof displayColumns)[number];

/** Two minutes at 72 Hz. */
const defaultCapacity = 8192;

/** The newest display frames, one row each, in typed arrays; `begin` a row and `set` its fields. Allocates nothing. */
export class DisplayLog {
  /** Rows begun; the newest is row `total - 1`. */
  total = 0;
  private first = 0;
  private readonly columns: Record<DisplayColumn, Float64Array>;

  constructor(readonly capacity = defaultCapacity) {
    this.columns = Object.fromEntries(displayColumns.map((name) => [name, new Float64Array(capacity)])) as Record<
      DisplayColumn,
      Float64Array
    >;
  }

  /** How many rows are held, at most the capacity. */
  get count(): number {
    return Math.min(this.total - this.first, this.capacity);
  }

  /** A new row, all NaN. @returns its number, which stays the same while it is held */
  begin(): number {
    const slot = this.total % this.capacity;
    for (let k = 0; k < displayColumns.length; k++) this.columns[displayColumns[k]!][slot] = Number.NaN;
    return this.total++;
  }

  /** Nothing happens when the row is no longer held. */
  set(row: number, column: DisplayColumn, value: number): void {
    if (this.has(row)) this.columns[column][row % this.capacity] = value;
  }

  /** NaN when the row is not held. */
  get(row: number, column: DisplayColumn): number {
    return this.has(row) ? this.columns[column][row % this.capacity]! : Number.NaN;
  }

  has(row: number): boolean {
    return row >= this.total - this.count && row < this.total && row >= 0;
  }

  /** A copy of one column, oldest first. @param sinceMs only rows that began at that time or later */
  values(column: DisplayColumn, sinceMs = Number.NEGATIVE_INFINITY): Float64Array {
    const ring = this.columns[column];
    const first = this.firstSince(sinceMs);
    const out = new Float64Array(this.total - first);
    // In one piece, or in two where the ring begins anew in between.
    const begin = first % this.capacity;
    const untilWrap = Math.min(out.length, this.capacity - begin);
    out.set(ring.subarray(begin, begin + untilWrap));
    out.set(ring.subarray(0, out.length - untilWrap), untilWrap);
    return out;
  }

  /** The first row that began at that time or later. Rows begin in the order of time. */
  firstSince(sinceMs: number): number {
    const oldest = this.total - this.count;
    if (sinceMs === Number.NEGATIVE_INFINITY) return oldest;
    const times = this.columns.atMs;
    let row = this.total;
    while (row > oldest && !(times[(row - 1) % this.capacity]! < sinceMs)) row--;
    return row;
  }

  /** Forgets all rows; numbers go on, so that what is still known of an old row is not written into a new one. */
  clear(): void {
    this.first = this.total;
  }
}
