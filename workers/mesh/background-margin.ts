import type { BackgroundGrid } from './background-grid';
import { slopeOf } from './background-slope';
import { nearestGuess, type BackgroundSpread } from './background-spread';
import { TearMender } from './background-tears';

/** Radius of the blur of a ring of cells, for each cell that it is away from the picture. */
const blurPerCell = 0.25;
/** Cells of a half of the line that a slope is taken from: long, because it is followed far. */
const slopeSpan = 5;
/** Steps in depth that a move of the eye of 30 cm opens by less than a quarter of a cell are no tears. */
const gapTimesFocal = 0.25 / 0.3;

function blurRadius(ring: number): number {
  return Math.floor(blurPerCell * ring + 0.5);
}

/**
 * Continues what is seen at the border of the picture beyond it. Every border cell goes on straight outwards in its own
 * plane, so a floor goes on as that floor. Colours go on ring by ring, each blurred from the one inside it: they grow
 * vague with the distance and draw no streaks.
 */
export class BackgroundMargin {
  /** Running sums of red, green, blue and of the cells that have a depth, along a line of cells. */
  private sums = new Float64Array(0);
  private readonly tears = new TearMender();

  /**
   * @param seen inverse depth of the cells, 1/m; NaN beyond the picture and in holes. @param spread what fills the holes.
   * @param cutRight, cutBelow the cuts of `findCuts` in `seen`.
   * @param depth, rgb 1/m and 0..255; in: what is seen on the picture, or fills its holes; out: the margin as well, NaN
   *   where there is nothing to continue.
   */
  fill(
    seen: Float32Array,
    spread: BackgroundSpread,
    cutRight: Uint8Array,
    cutBelow: Uint8Array,
    grid: BackgroundGrid,
    depth: Float32Array,
    rgb: Float32Array,
  ): void {
    const { width, height } = grid.camera;
    const left = grid.margin;
    const right = left + grid.innerWidth - 1;
    const top = grid.margin;
    const bottom = top + grid.innerHeight - 1;
    const extend = (x: number, y: number, fromX: number, toX: number, fromY: number, toY: number): void => {
      const cell = y * width + x;
      const own = seen[cell];
      const isSeen = own >= 0;
      const seed = spread.source[cell];
      // What is seen nearer than any guess goes on where it is, or a crack opens at the border.
      const nearest = own > nearestGuess ? own : nearestGuess;
      const slopeX = isSeen ? slopeOf(seen, cutRight, cell, 1, x, width, slopeSpan) : 0;
      const slopeY = isSeen ? slopeOf(seen, cutBelow, cell, width, y, height, slopeSpan) : 0;
      for (let v = fromY; v < toY; v++) {
        for (let u = fromX; u < toX; u++) {
          let value = NaN;
          if (isSeen) value = Math.min(Math.max(own + slopeX * (u - x) + slopeY * (v - y), 0), nearest);
          else if (seed >= 0) value = spread.planeOf(seed, seen, width, u, v);
          depth[v * width + u] = value;
        }
      }
    };
    for (let x = left; x <= right; x++) {
      extend(x, top, x, x + 1, 0, top);
      extend(x, bottom, x, x + 1, bottom + 1, height);
    }
    for (let y = top; y <= bottom; y++) {
      extend(left, y, 0, left, y, y + 1);
      extend(right, y, right + 1, width, y, y + 1);
    }
    extend(left, top, 0, left, 0, top);
    extend(right, top, right + 1, width, 0, top);
    extend(left, bottom, 0, left, bottom + 1, height);
    extend(right, bottom, right + 1, width, bottom + 1, height);
    this.mend(grid, depth);
    this.color(grid, seen, depth, rgb);
  }

  private mend(grid: BackgroundGrid, depth: Float32Array): void {
    const { width, height, fx } = grid.camera;
    const gap = gapTimesFocal / fx;
    for (let ring = 1; ring <= grid.margin; ring++) {
      const radius = blurRadius(ring);
      const first = grid.margin - ring;
      const lastX = width - 1 - first;
      const lastY = height - 1 - first;
      const columns = lastX - first + 1;
      const rows = lastY - first + 1;
      this.tears.mend(depth, first * width + first, 1, columns, radius, gap);
      this.tears.mend(depth, lastY * width + first, 1, columns, radius, gap);
      this.tears.mend(depth, first * width + first, width, rows, radius, gap);
      this.tears.mend(depth, first * width + lastX, width, rows, radius, gap);
    }
  }

  private color(grid: BackgroundGrid, seen: Float32Array, depth: Float32Array, rgb: Float32Array): void {
    const { width, height } = grid.camera;
    const length = 4 * (Math.max(width, height) + 1);
    if (this.sums.length !== length) this.sums = new Float64Array(length);
    for (let ring = 1; ring <= grid.margin; ring++) {
      const left = grid.margin - ring + 1;
      const right = width - 1 - left;
      const bottom = height - 1 - left;
      const radius = blurRadius(ring);
      const columns = right - left + 1;
      const rows = bottom - left + 1;
      this.blurOutwards(seen, depth, rgb, left * width + left, 1, columns, -width, radius, 1);
      this.blurOutwards(seen, depth, rgb, bottom * width + left, 1, columns, width, radius, 1);
      // A corner gets half of its colour from each side.
      this.blurOutwards(seen, depth, rgb, left * width + left, width, rows, -1, radius, 0.5);
      this.blurOutwards(seen, depth, rgb, left * width + right, width, rows, 1, radius, 0.5);
    }
  }

  /**
   * Colours the line of cells outside a line of `count` cells, `step` apart, and the corners before and after it.
   * @param outwards step from the one line to the other. @param cornerShare how much of this is mixed into corners.
   */
  private blurOutwards(
    seen: Float32Array,
    depth: Float32Array,
    rgb: Float32Array,
    start: number,
    step: number,
    count: number,
    outwards: number,
    radius: number,
    cornerShare: number,
  ): void {
    const { sums } = this;
    for (let k = 0; k < count; k++) {
      const cell = start + k * step;
      const weight = depth[cell] >= 0 || seen[cell] >= 0 ? 1 : 0;
      const sum = 4 * k;
      sums[sum + 4] = sums[sum] + weight * rgb[3 * cell];
      sums[sum + 5] = sums[sum + 1] + weight * rgb[3 * cell + 1];
      sums[sum + 6] = sums[sum + 2] + weight * rgb[3 * cell + 2];
      sums[sum + 7] = sums[sum + 3] + weight;
    }
    for (let k = -1; k <= count; k++) {
      const isCorner = k < 0 || k === count;
      const middle = k < 0 ? 0 : k === count ? count - 1 : k;
      const from = 4 * (middle > radius ? middle - radius : 0);
      const to = 4 * (middle + radius < count ? middle + radius + 1 : count);
      const weight = sums[to + 3] - sums[from + 3];
      const share = weight > 0 ? 1 / weight : 0;
      const out = 3 * (start + k * step + outwards);
      const keep = isCorner ? 1 - cornerShare : 0;
      for (let c = 0; c < 3; c++) {
        const mean = (sums[to + c] - sums[from + c]) * share;
        rgb[out + c] = keep * rgb[out + c] + (1 - keep) * mean;
      }
    }
  }
}
