import type { BlockSource } from './collision-blocks';
import { continued, slopeAt } from './edge-slope';

/** Result of {@link cornerOf}, reused: read it before the next call. */
export const cornerValue = {
  /** Inverse depth, 1/m. */
  inverseDepth: 0,
  /** First of the texels that share the corner with this one (0 up left … 3 down right): a name for the vertex. */
  first: 0,
};

/**
 * Inverse depth at corner `which` (0 up left … 3 down right) of texel (x, y), on that texel's own surface: the mean of the
 * texels around the corner that no cut parts from it. Where a cut does, the surface is continued to the corner, so that a
 * floor ends where it ends in the picture. The same for every texel that shares the corner, so neighbours meet exactly.
 */
export function cornerOf(source: BlockSource, keeps: Uint8Array, x: number, y: number, which: number): number {
  const { d, cutRight, cutBelow, width, height } = source;
  const left = x - 1 + (which & 1);
  const top = y - 1 + (which >> 1);
  const hasLeft = left >= 0;
  const hasRight = left + 1 < width;
  const hasTop = top >= 0;
  const hasBottom = top + 1 < height;
  const a = top * width + left;
  const c = a + width;
  // Four edges around the corner; bits of the texels: 1 up left, 2 up right, 4 down left, 8 down right.
  const up = hasTop && hasLeft && hasRight && cutRight[a] === 0;
  const down = hasBottom && hasLeft && hasRight && cutRight[c] === 0;
  const leftSide = hasTop && hasBottom && hasLeft && cutBelow[a] === 0;
  const rightSide = hasTop && hasBottom && hasRight && cutBelow[a + 1] === 0;
  let members = 1 << (3 - which);
  for (let pass = 0; pass < 3; pass++) {
    if (up && members & 3) members |= 3;
    if (down && members & 12) members |= 12;
    if (leftSide && members & 5) members |= 5;
    if (rightSide && members & 10) members |= 10;
  }
  const inside =
    (hasTop && hasLeft ? 1 : 0) | (hasTop && hasRight ? 2 : 0) | (hasBottom && hasLeft ? 4 : 0) | (hasBottom && hasRight ? 8 : 0);
  const isWhole = members === inside;
  let mean = 0;
  let value = 0;
  let count = 0;
  cornerValue.first = 0;
  for (let k = 3; k >= 0; k--) {
    if ((members & (1 << k)) === 0) continue;
    const column = left + (k & 1);
    const row = top + (k >> 1);
    const texel = row * width + column;
    // Of the same surface and still no surface to bounce off: too far, so it must not pull the corner away.
    if (keeps[texel] === 0) continue;
    const depth = d[texel]!;
    mean += depth;
    count++;
    cornerValue.first = k;
    if (isWhole && inside === 15) continue;
    value +=
      depth +
      slopeAt(d, cutRight, texel, 1, column, width) * (0.5 - (k & 1)) +
      slopeAt(d, cutBelow, texel, width, row, height) * (0.5 - (k >> 1));
  }
  mean /= count;
  cornerValue.inverseDepth = isWhole && inside === 15 ? mean : continued(mean, value / count);
  return cornerValue.inverseDepth;
}
