import type { Intrinsics } from '../../src/math/types';

/** Empty cells round the picture, so that whoever looks at the neighbours of a cell need not ask where it ends. */
const rim = 2;
/** Fewer cells than this along a side are no picture. */
const leastSide = 8;

/** The cells of a background: every `stride`-th texel of the picture, and `margin` empty cells beyond every border. */
export type BackgroundGrid = {
  /** Sees the same rays as the picture: the centre of a cell is the centre of a texel. */
  camera: Intrinsics;
  stride: number;
  margin: number;
  /** Cells that lie wholly on the picture, along x and y. */
  innerWidth: number;
  innerHeight: number;
  /** Texel of the first of them, along both axes. */
  firstTexel: number;
};

/**
 * Lays the cells over a picture. The last texels to the right and below may be left out.
 * @param side cells along the longer side of the picture, at most.
 * @throws RangeError when `side` is below 8.
 */
export function backgroundGrid(picture: Intrinsics, side: number): BackgroundGrid {
  if (!(side >= leastSide)) {
    throw new RangeError(`A background of ${side} cells a side is too small; ask for ${leastSide} at least, or none.`);
  }
  const longer = Math.max(picture.width, picture.height);
  const stride = Math.max(1, Math.ceil(longer / side));
  const firstTexel = stride >> 1;
  // Texels left of the first cell: half a one when the stride is even, because a cell is centred on a texel.
  const before = firstTexel + 0.5 - stride / 2;
  const innerWidth = Math.max(1, Math.floor((picture.width - before) / stride));
  const innerHeight = Math.max(1, Math.floor((picture.height - before) / stride));
  return {
    camera: {
      width: innerWidth + 2 * rim,
      height: innerHeight + 2 * rim,
      fx: picture.fx / stride,
      fy: picture.fy / stride,
      cx: (picture.cx - before) / stride + rim,
      cy: (picture.cy - before) / stride + rim,
    },
    stride,
    margin: rim,
    innerWidth,
    innerHeight,
    firstTexel,
  };
}
