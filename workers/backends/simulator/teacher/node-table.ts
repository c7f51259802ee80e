/** Numbers that a node keeps: linear RGB and 1 when it is usable, 0 when it lies inside something. */
export const nodeStride = 4;

/** Remembers what each node of the light cache saw. Open addressing, because a Map of large keys costs more than a ray. */
export class NodeTable {
  readonly values: Float32Array;
  private readonly keys: Float64Array;
  private readonly mask: number;
  private used = 0;

  /** @param bits logarithm of the number of places */
  constructor(bits: number) {
    this.values = new Float32Array(nodeStride << bits);
    this.keys = new Float64Array(1 << bits).fill(-1);
    this.mask = (1 << bits) - 1;
  }

  /** Place of a key, taken or free. */
  place(key: number): number {
    let slot = Math.imul(key | 0, 0x9e3779b1) ^ Math.imul((key / 4294967296) | 0, 0x85ebca6b);
    slot = (slot ^ (slot >>> 15)) & this.mask;
    while (this.keys[slot] !== -1 && this.keys[slot] !== key) slot = (slot + 1) & this.mask;
    return slot;
  }

  has(place: number): boolean {
    return this.keys[place] !== -1;
  }

  /** Takes a free place for a key. When the table is crowded all is forgotten first. @returns the place */
  take(key: number, place: number): number {
    let free = place;
    if (this.used * 2 > this.mask) {
      this.clear();
      free = this.place(key);
    }
    this.keys[free] = key;
    this.used++;
    return free;
  }

  clear(): void {
    this.keys.fill(-1);
    this.used = 0;
  }
}
