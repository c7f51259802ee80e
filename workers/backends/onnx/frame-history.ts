/** One painted frame as floats: `color` 3n planar sRGB 0..1, `inverseDepth` n in 1/m. n = width * height. */
export type PlanarFrame = { readonly color: Float32Array; readonly inverseDepth: Float32Array };

/** The newest frames that the network painted itself; those from before the first one are all zero. */
export class FrameHistory {
  private readonly ring: PlanarFrame[];
  private newest = 0;

  /** @param length how many frames to keep, at least 1 */
  constructor(length: number, pixelCount: number) {
    this.ring = Array.from({ length }, () => ({
      color: new Float32Array(3 * pixelCount),
      inverseDepth: new Float32Array(pixelCount),
    }));
  }

  /** @param back 1 is the newest frame, up to the length. */
  frame(back: number): PlanarFrame {
    const { length } = this.ring;
    return this.ring[(this.newest - (back - 1) + length) % length];
  }

  /** The slot to write the next frame into, which is then the newest. */
  advance(): PlanarFrame {
    this.newest = (this.newest + 1) % this.ring.length;
    return this.ring[this.newest];
  }

  clear(): void {
    for (const { color, inverseDepth } of this.ring) {
      color.fill(0);
      inverseDepth.fill(0);
    }
  }
}
