import type { Intrinsics } from '../../src/math/types';

/** How much wider than the picture the background is at least, in tangents: 100 degrees become 143. */
const widening = 2.5;
/** Fewer cells than this along a side are no picture. */
const leastSide = 8;

/** The cells of a background: every `stride`-th texel of the picture, and `margin` more cells beyond every border. */
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
 * Lays the cells over a picture. The last texels to the right and below may be left to the margin.
 * @param side cells along the longer side, at most.
 * @throws RangeError when `side` is below 8.
 */
export function backgroundGrid(picture: Intrinsics, side: number): BackgroundGrid {
  if (!(side >= leastSide)) {
    throw new RangeError(`A background of ${side} cells a side is too small; ask for ${leastSide} at least, or none.`);
  }
  const longer = Math.max(picture.width, picture.height);
  const stride = Math.max(1, Math.ceil((longer * widening) / side));
  const firstTexel = stride >> 1;
  // Texels left of the first cell: half a one when the stride is even, because a cell is centred on a texel.
  const before = firstTexel + 0.5 - stride / 2;
  const innerWidth = Math.max(1, Math.floor((picture.width - before) / stride));
  const innerHeight = Math.max(1, Math.floor((picture.height - before) / stride));
  const margin = (side - Math.max(innerWidth, innerHeight)) >> 1;
  return {
    camera: {
      width: innerWidth + 2 * margin,
      height: innerHeight + 2 * margin,
      fx: picture.fx / stride,
      fy: picture.fy / stride,
      cx: (picture.cx - before) / stride + margin,
      cy: (picture.cy - before) / stride + margin,
    },
    stride,
    margin,
    innerWidth,
    innerHeight,
    firstTexel,
  };
}
