/** Largest block: 2^3 texels a side. */
export const blockLevels = 4;

/** What {@link BlockPyramid} needs to know of one frame. All arrays width * height, rows from the top. */
export type BlockSource = {
  /** Inverse depth, 1/m; 0 sky, NaN a hole. */
  d: Float32Array;
  /** As `findCuts` fills them. */
  cutRight: Uint8Array;
  cutBelow: Uint8Array;
  width: number;
  height: number;
};

/**
 * Which square blocks of a depth picture could be one quad each. Level k holds blocks of 2^k texels; the number of a block
 * is how far its texels are from the plane through its corners, in tolerances: infinite where it has a cut inside, a hole,
 * sky, or nothing near enough.
 */
export class BlockPyramid {
  /** Row by row; level 0 has the texels themselves. */
  readonly errors: Float32Array[] = [];
  readonly columns: number[] = [];
  readonly rows: number[] = [];

  /**
   * @param keeps 1 for texels that become surface at all
   * @param corner inverse depth of the surface of texel (x, y) at one of its corners (0 up left … 3 down right)
   * @param toleranceOf how far a texel of this inverse depth may be off, 1/m
   */
  build(
    source: BlockSource,
    keeps: Uint8Array,
    corner: (x: number, y: number, which: number) => number,
    toleranceOf: (inverseDepth: number) => number,
  ): void {
    const { width, height } = source;
    this.reserve(width, height);
    const texels = this.errors[0]!;
    for (let i = 0; i < width * height; i++) texels[i] = keeps[i] !== 0 ? 0 : Number.POSITIVE_INFINITY;
    for (let level = 1; level < blockLevels; level++) {
      const out = this.errors[level]!;
      const columns = this.columns[level]!;
      for (let row = 0; row < this.rows[level]!; row++) {
        for (let column = 0; column < columns; column++) {
          out[row * columns + column] = this.isWhole(source, level, column, row)
            ? flatness(source, column << level, row << level, 1 << level, corner, toleranceOf)
            : Number.POSITIVE_INFINITY;
        }
      }
    }
  }

  /** Whether all four parts of a block are whole and no cut runs between them. */
  private isWhole({ cutRight, cutBelow, width }: BlockSource, level: number, column: number, row: number): boolean {
    const parts = this.errors[level - 1]!;
    const stride = this.columns[level - 1]!;
    const first = 2 * row * stride + 2 * column;
    if (!(parts[first]! + parts[first + 1]! + parts[first + stride]! + parts[first + stride + 1]! < Number.POSITIVE_INFINITY)) return false;
    const half = 1 << (level - 1);
    const x = column << level;
    const y = row << level;
    for (let k = 0; k < 2 * half; k++) {
      if (cutRight[(y + k) * width + x + half - 1] !== 0) return false;
      if (cutBelow[(y + half - 1) * width + x + k] !== 0) return false;
    }
    return true;
  }

  private reserve(width: number, height: number): void {
    if (this.columns[0] === width && this.rows[0] === height) return;
    for (let level = 0; level < blockLevels; level++) {
      this.columns[level] = width >> level;
      this.rows[level] = height >> level;
      this.errors[level] = new Float32Array(this.columns[level]! * this.rows[level]!);
    }
  }
}

/** Farthest that any texel of a block is from what its four corners say, in tolerances. */
function flatness(
  { d, width }: BlockSource,
  x: number,
  y: number,
  side: number,
  corner: (x: number, y: number, which: number) => number,
  toleranceOf: (inverseDepth: number) => number,
): number {
  const last = side - 1;
  const upLeft = corner(x, y, 0);
  const upRight = corner(x + last, y, 1);
  const downLeft = corner(x, y + last, 2);
  const downRight = corner(x + last, y + last, 3);
  let most = 0;
  for (let row = 0; row < side; row++) {
    const v = (row + 0.5) / side;
    const left = upLeft + (downLeft - upLeft) * v;
    const right = upRight + (downRight - upRight) * v;
    let i = (y + row) * width + x;
    for (let column = 0; column < side; column++, i++) {
      const here = d[i]!;
      const off = Math.abs(left + ((right - left) * (column + 0.5)) / side - here) / toleranceOf(here);
      if (off > most) most = off;
    }
  }
  return most;
}
