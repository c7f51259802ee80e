import type { BackgroundGrid } from './background-grid';

/** Texels this much nearer than another count as another surface. */
const otherSurface = 1.15;

/** What a picture shows in the cells of a {@link BackgroundGrid}. Holds scratch memory for one size. */
export class BackgroundSamples {
  /** Inverse depth at the centre of a cell, 1/m; NaN beyond the picture and in its holes. */
  inverseDepth = new Float32Array(0);
  /** Mean colour of the cell's own surface, 0..255, three a cell; 0 where there is no depth. */
  rgb = new Float32Array(0);
  /** 1 where the colour is clean: no texel in it touches a nearer surface. */
  clean = new Uint8Array(0);
  /** 1 where something nearer, or a hole, covers a part of the cell but not its centre. */
  partlyHidden = new Uint8Array(0);
  /** How many cells have a depth. */
  count = 0;

  /** The nearest of a texel and its two neighbours in the row, 1/m. */
  private nearestInRow = new Float32Array(0);
  private cleanTexel = new Uint8Array(0);

  /**
   * @param color sRGB RGBA8 of a picture of `width` x `height` texels, rows from the top.
   * @param inverseDepth sanitised, 1/m; NaN in holes.
   */
  take(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array,
    width: number,
    height: number,
    grid: BackgroundGrid,
  ): void {
    this.reserve(grid.camera.width * grid.camera.height, width * height);
    this.findCleanTexels(inverseDepth, width, height);
    const { margin, stride, firstTexel } = grid;
    this.inverseDepth.fill(NaN);
    this.rgb.fill(0);
    this.clean.fill(0);
    this.partlyHidden.fill(0);
    this.count = 0;
    for (let row = 0; row < grid.innerHeight; row++) {
      const y = firstTexel + row * stride;
      for (let column = 0; column < grid.innerWidth; column++) {
        const x = firstTexel + column * stride;
        // NaN is no depth.
        if (!(inverseDepth[y * width + x] >= 0)) continue;
        const cell = (row + margin) * grid.camera.width + column + margin;
        this.inverseDepth[cell] = inverseDepth[y * width + x];
        this.count++;
        this.gather(cell, color, inverseDepth, width, height, x, y, stride >> 1);
      }
    }
  }

  /** Takes the mean of the clean texels around (`x`, `y`) that lie on the surface of that texel. */
  private gather(
    cell: number,
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array,
    width: number,
    height: number,
    x: number,
    y: number,
    radius: number,
  ): void {
    const { cleanTexel, rgb } = this;
    const d = inverseDepth[y * width + x];
    const left = x > radius ? x - radius : 0;
    const right = x + radius < width ? x + radius : width - 1;
    const top = y > radius ? y - radius : 0;
    const bottom = y + radius < height ? y + radius : height - 1;
    let red = 0;
    let green = 0;
    let blue = 0;
    let count = 0;
    for (let v = top; v <= bottom; v++) {
      for (let u = left; u <= right; u++) {
        const texel = v * width + u;
        const other = inverseDepth[texel];
        // NaN comes here too: behind a hole there may be this surface.
        if (!(other <= d * otherSurface)) {
          this.partlyHidden[cell] = 1;
          continue;
        }
        if (cleanTexel[texel] === 0 || d > other * otherSurface) continue;
        red += color[4 * texel];
        green += color[4 * texel + 1];
        blue += color[4 * texel + 2];
        count++;
      }
    }
    if (count > 0) {
      this.clean[cell] = 1;
      rgb[3 * cell] = red / count;
      rgb[3 * cell + 1] = green / count;
      rgb[3 * cell + 2] = blue / count;
    } else {
      const texel = y * width + x;
      rgb[3 * cell] = color[4 * texel];
      rgb[3 * cell + 1] = color[4 * texel + 1];
      rgb[3 * cell + 2] = color[4 * texel + 2];
    }
  }

  /** A texel is clean when none of the eight around it is nearer: antialiasing mixes colours across silhouettes. */
  private findCleanTexels(d: Float32Array, width: number, height: number): void {
    const { nearestInRow, cleanTexel } = this;
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let x = 0; x < width; x++) {
        let nearest = d[row + x];
        if (x > 0 && d[row + x - 1] > nearest) nearest = d[row + x - 1];
        if (x + 1 < width && d[row + x + 1] > nearest) nearest = d[row + x + 1];
        nearestInRow[row + x] = nearest;
      }
    }
    for (let y = 0; y < height; y++) {
      const row = y * width;
      for (let i = row; i < row + width; i++) {
        const limit = d[i] * otherSurface;
        const isMixed =
          nearestInRow[i] > limit ||
          (y > 0 && nearestInRow[i - width] > limit) ||
          (y + 1 < height && nearestInRow[i + width] > limit);
        cleanTexel[i] = isMixed ? 0 : 1;
      }
    }
  }

  private reserve(cells: number, texels: number): void {
    if (this.inverseDepth.length !== cells) {
      this.inverseDepth = new Float32Array(cells);
      this.rgb = new Float32Array(3 * cells);
      this.clean = new Uint8Array(cells);
      this.partlyHidden = new Uint8Array(cells);
    }
    if (this.cleanTexel.length !== texels) {
      this.cleanTexel = new Uint8Array(texels);
      this.nearestInRow = new Float32Array(texels);
    }
  }
}
