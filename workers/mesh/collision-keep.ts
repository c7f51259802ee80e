import type { BlockSource } from './collision-blocks';

/** Fewer connected texels than this are a crumb: noise at an edge, which would bounce balls in mid-air. */
export const leastTexels = 6;

/** Finds the texels that become surface: near enough, not sky, and part of something. Keeps its memory. */
export class KeptTexels {
  keeps = new Uint8Array(0);
  private stack = new Int32Array(0);

  /** @param least inverse depth, 1/m; what is farther is left out */
  find(source: BlockSource, least: number): Uint8Array {
    const { d, width, height } = source;
    const n = width * height;
    if (this.keeps.length !== n) {
      this.keeps = new Uint8Array(n);
      this.stack = new Int32Array(n);
    }
    // 2: not reached yet.
    for (let i = 0; i < n; i++) this.keeps[i] = d[i]! >= least ? 2 : 0;
    for (let i = 0; i < n; i++) if (this.keeps[i] === 2) this.flood(source, i);
    return this.keeps;
  }

  private flood({ cutRight, cutBelow, width, height }: BlockSource, first: number): void {
    const { keeps, stack } = this;
    let end = 0;
    let next = 0;
    stack[end++] = first;
    keeps[first] = 1;
    while (next < end) {
      const i = stack[next++]!;
      const x = i % width;
      if (x > 0 && cutRight[i - 1] === 0 && keeps[i - 1] === 2) keeps[(stack[end++] = i - 1)] = 1;
      if (x + 1 < width && cutRight[i] === 0 && keeps[i + 1] === 2) keeps[(stack[end++] = i + 1)] = 1;
      if (i >= width && cutBelow[i - width] === 0 && keeps[i - width] === 2) keeps[(stack[end++] = i - width)] = 1;
      if (i + width < width * height && cutBelow[i] === 0 && keeps[i + width] === 2) keeps[(stack[end++] = i + width)] = 1;
    }
    if (end >= leastTexels) return;
    for (let k = 0; k < end; k++) keeps[stack[k]!] = 0;
  }
}
