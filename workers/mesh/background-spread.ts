import type { BackgroundGrid } from './background-grid';
import { slopeOf } from './background-slope';

/** The eye is thought to move this far sideways, metres: how far behind a silhouette anything can come into view. */
const eyeMoveM = 0.6;
/** Every silhouette hides this many cells at least. */
const leastReach = 1.5;
/** A guess must lie this much farther off than what is seen in front of it. */
const behind = 1.02;
/** No guess is nearer than 0.3 m. */
export const nearestGuess = 1 / 0.3;
/** Cells of a half of the line that a slope is taken from. */
const slopeSpan = 3;
/** A hole shows what is behind it for any move of the eye: the nearest seed wins, as if every reach was 20 cells. */
const costInHoles = 1 / 20 ** 2;
/**
 * What is seen at a seed stays, unless a smaller move uncovers something behind it than uncovers the continuation of
 * the seed itself at sqrt(0.6) cells: else low relief would keep the sky behind a roof away.
 */
const costOfStaying = 0.6;
const mostCostOfStaying = 0.5;
/** Each round goes down and up again; the second one reaches behind corners. */
const rounds = 2;

/**
 * Continues the surfaces beside silhouettes underneath the nearer ones. A cell that a cut parts from a nearer one is a
 * seed; its plane goes on under nearer cells, as long as it stays behind them, and as far as a move of the eye of
 * {@link eyeMoveM} can uncover it. Where several meet, the one that the smallest move uncovers wins. Inverse depth is
 * affine in pixel coordinates on every plane, so a continued plane is exact. Holes of the picture count as nearer than
 * everything. Depth may change by a jump from one guess to the next: the mesh is cut there.
 */
export class BackgroundSpread {
  /** Guessed inverse depth, 1/m; valid where {@link source} names another cell. */
  guess = new Float32Array(0);
  /** The seed whose surface is continued to a cell; a seed that stays names itself, -1 is none. */
  source = new Int32Array(0);
  /** Step from a seed towards the inside of its surface, away from its cuts; 0 where there is no seed. */
  inward = new Int32Array(0);

  private width = 0;
  private height = 0;
  /** Slopes of the planes of seeds, 1/m a cell. */
  private slopeX = new Float32Array(0);
  private slopeY = new Float32Array(0);
  /** Of a seed: 1 / reach^2. Of any cell: (distance to its seed / reach)^2, the share of the move that uncovers it. */
  private costPerCell = new Float32Array(0);
  private cost = new Float32Array(0);
  private columnOf = new Int16Array(0);
  private rowOf = new Int16Array(0);

  /**
   * @param d inverse depth of the cells, 1/m; NaN beyond the picture and in holes.
   * @param cutRight, cutBelow the cuts of `findCuts` between them.
   */
  spread(d: Float32Array, cutRight: Uint8Array, cutBelow: Uint8Array, grid: BackgroundGrid): void {
    const { width, height } = grid.camera;
    this.reserve(width, height);
    this.source.fill(-1);
    this.inward.fill(0);
    this.cost.fill(Infinity);
    const left = grid.margin;
    const right = left + grid.innerWidth - 1;
    const top = grid.margin;
    const bottom = top + grid.innerHeight - 1;
    for (let y = top; y <= bottom; y++) {
      for (let x = left; x <= right; x++) {
        const cell = y * width + x;
        if (!(d[cell] >= 0)) continue;
        this.look(d, cell, -1, x > left && cutRight[cell - 1] !== 0);
        this.look(d, cell, 1, x < right && cutRight[cell] !== 0);
        this.look(d, cell, -width, y > top && cutBelow[cell - width] !== 0);
        this.look(d, cell, width, y < bottom && cutBelow[cell] !== 0);
        if (this.source[cell] < 0) continue;
        const reach = leastReach + grid.camera.fx * eyeMoveM * this.guess[cell];
        this.costPerCell[cell] = 1 / (reach * reach);
        this.cost[cell] = Math.min(costOfStaying * this.costPerCell[cell], mostCostOfStaying);
        this.slopeX[cell] = slopeOf(d, cutRight, cell, 1, x, width, slopeSpan);
        this.slopeY[cell] = slopeOf(d, cutBelow, cell, width, y, height, slopeSpan);
      }
    }
    for (let round = 0; round < rounds; round++) {
      for (let y = top; y <= bottom; y++) this.sweepRow(d, left, right, y, y > top ? -width : 0);
      for (let y = bottom; y >= top; y--) this.sweepRow(d, left, right, y, y < bottom ? width : 0);
    }
  }

  /** Inverse depth of the plane of a seed, `dx` and `dy` cells from it, 1/m. */
  planeOf(seed: number, d: Float32Array, dx: number, dy: number): number {
    const value = d[seed] + this.slopeX[seed] * dx + this.slopeY[seed] * dy;
    return value < 0 ? 0 : value > nearestGuess ? nearestGuess : value;
  }

  /** Makes a cell a seed if its neighbour beyond a cut is nearer; `guess` keeps the largest step in depth meanwhile. */
  private look(d: Float32Array, cell: number, step: number, isCut: boolean): void {
    if (!isCut || d[cell + step] <= d[cell]) return;
    if (this.source[cell] < 0) {
      this.source[cell] = cell;
      this.guess[cell] = 0;
    }
    this.inward[cell] -= step;
    // Beside a hole this is NaN and nothing.
    const gap = d[cell + step] - d[cell];
    if (gap > this.guess[cell]) this.guess[cell] = gap;
  }

  /** Offers the cells of a row the seeds of the row `fromRow` cells away, then those of their own row. */
  private sweepRow(d: Float32Array, left: number, right: number, y: number, fromRow: number): void {
    const row = y * this.width;
    const { source } = this;
    // Most neighbours have no seed or the same one; asking here saves most of the calls.
    for (let cell = row + left; cell <= row + right; cell++) {
      if (fromRow !== 0) {
        const from = cell + fromRow;
        if (source[from] >= 0 && source[from] !== source[cell]) this.adopt(d, cell, source[from]);
        if (cell > row + left && source[from - 1] >= 0 && source[from - 1] !== source[cell]) {
          this.adopt(d, cell, source[from - 1]);
        }
        if (cell < row + right && source[from + 1] >= 0 && source[from + 1] !== source[cell]) {
          this.adopt(d, cell, source[from + 1]);
        }
      }
      if (cell > row + left && source[cell - 1] >= 0 && source[cell - 1] !== source[cell]) {
        this.adopt(d, cell, source[cell - 1]);
      }
    }
    for (let cell = row + right - 1; cell >= row + left; cell--) {
      if (source[cell + 1] >= 0 && source[cell + 1] !== source[cell]) this.adopt(d, cell, source[cell + 1]);
    }
  }

  /** Takes the seed of a neighbour if it costs less than the own one and its plane may go on to here. */
  private adopt(d: Float32Array, cell: number, seed: number): void {
    const { columnOf, rowOf } = this;
    const dx = columnOf[cell] - columnOf[seed];
    const dy = rowOf[cell] - rowOf[seed];
    const squared = dx * dx + dy * dy;
    const seen = d[cell];
    const isSeen = seen >= 0;
    const cost = squared * (isSeen ? this.costPerCell[seed] : costInHoles);
    if (cost >= this.cost[cell] || (isSeen && cost > 1)) return;
    const guess = this.planeOf(seed, d, dx, dy);
    if (isSeen && guess * behind >= seen) return;
    this.source[cell] = seed;
    this.cost[cell] = cost;
    this.guess[cell] = guess;
  }

  private reserve(width: number, height: number): void {
    if (this.width === width && this.height === height) return;
    this.width = width;
    this.height = height;
    const cells = width * height;
    this.columnOf = Int16Array.from({ length: cells }, (_, cell) => cell % width);
    this.rowOf = Int16Array.from({ length: cells }, (_, cell) => Math.floor(cell / width));
    this.guess = new Float32Array(cells);
    this.source = new Int32Array(cells);
    this.inward = new Int32Array(cells);
    this.slopeX = new Float32Array(cells);
    this.slopeY = new Float32Array(cells);
    this.costPerCell = new Float32Array(cells);
    this.cost = new Float32Array(cells);
  }
}
