/** Lattice steps to every side that must be free of cuts for colour to be filtered over more than one texel. */
export const wideReach = 2;

/**
 * Finds the corners that have a cut near them: a cubic filter reaches two texels and must not fetch the colour of the
 * other side. A square of side 5, as a dilation along rows and then along columns.
 */
export class CutNeighbourhood {
  /** 1 where a cut touches a corner within {@link wideReach} steps, (width + 1) * (height + 1), row by row. */
  near = new Uint8Array(0);
  private touched = new Uint8Array(0);
  private alongRow = new Uint8Array(0);

  /** @param cutRight, cutBelow as `findCuts` fills them */
  find(cutRight: Uint8Array, cutBelow: Uint8Array, width: number, height: number): void {
    const columns = width + 1;
    const rows = height + 1;
    if (this.near.length !== columns * rows) {
      this.near = new Uint8Array(columns * rows);
      this.touched = new Uint8Array(columns * rows);
      this.alongRow = new Uint8Array(columns * rows);
    }
    const { near, touched, alongRow } = this;
    touched.fill(0);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const texel = y * width + x;
        const corner = y * columns + x;
        if (cutRight[texel] !== 0) {
          touched[corner + 1] = 1;
          touched[corner + 1 + columns] = 1;
        }
        if (cutBelow[texel] !== 0) {
          touched[corner + columns] = 1;
          touched[corner + columns + 1] = 1;
        }
      }
    }
    dilate(touched, alongRow, rows, columns, columns, 1);
    dilate(alongRow, near, columns, rows, 1, columns);
  }
}

/** Sets every entry of `out` within {@link wideReach} of one in `source`, along lines of `length` entries. */
function dilate(
  source: Uint8Array,
  out: Uint8Array,
  lines: number,
  length: number,
  lineStride: number,
  stride: number,
): void {
  out.fill(0);
  for (let line = 0; line < lines; line++) {
    const first = line * lineStride;
    for (let k = 0; k < length; k++) {
      if (source[first + k * stride] === 0) continue;
      const from = Math.max(0, k - wideReach);
      const to = Math.min(length - 1, k + wideReach);
      for (let m = from; m <= to; m++) out[first + m * stride] = 1;
    }
  }
}
