import { createRandom } from '../../../src/math/hash';

/** Seeded normal noise (Box-Muller): the same seed gives the same numbers in the same order. */
export class GaussianSource {
  private uniform: () => number;

  constructor(seed: number) {
    this.uniform = createRandom(seed);
  }

  reset(seed: number): void {
    this.uniform = createRandom(seed);
  }

  /** Writes `count` numbers of mean 0 and deviation 1 from `start` on. */
  fill(out: Float32Array, start: number, count: number): void {
    for (let i = 0; i < count; i += 2) {
      // 1 - u lies in (0, 1], so the logarithm is finite.
      const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
      const angle = 2 * Math.PI * this.uniform();
      out[start + i] = radius * Math.cos(angle);
      if (i + 1 < count) out[start + i + 1] = radius * Math.sin(angle);
    }
  }
}
