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
/** A hole shows what is behind it for every move of the eye; its cells only weigh distances, as if this was the reach. */
const costInHoles = 1 / 20 ** 2;
/**
 * What is seen at a seed stays, unless something is hidden there that comes into view for smaller moves than what the
 * seed itself hides a bit inwards (sqrt(0.6) cells): small relief must not hide the sky behind a roof.
 */
const costOfStaying = 0.6;
const mostCostOfStaying = 0.5;
/** Each round goes down and up again; the second one reaches behind corners. */
const rounds = 2;

/**
 * Continues the surfaces beside silhouettes underneath the nearer ones. A cell that a cut parts from a nearer one is a
 * seed; its plane goes on under nearer cells, as long as it stays behind them, and as far as a move of the eye of
 * {@link eyeMoveM} can uncover it. Where several meet, the one that is uncovered by the smallest move wins. Inverse depth is
 * affine in pixel coordinates on every plane, so a continued plane is exact. Holes of the picture count as nearer than all.
 */
export class BackgroundSpread {
  /** Guessed inverse depth, 1/m; valid where {@link source} names another cell. */
  guess = new Float32Array(0);
  /** The seed whose surface is continued to a cell; a seed that stays names itself, -1 is none. */
  source = new Int32Array(0);
  /** Step from a seed towards the inside of its surface, away from its cuts; 0 where there is no seed. */
  inward = new Int32Array(0);

  /** Slopes of the planes of seeds, 1/m a cell. */
  private slopeX = new Float32Array(0);
  private slopeY = new Float32Array(0);
  /** Of a seed: 1 / reach^2. Of any cell: (distance to its seed / reach)^2, the share of the move that uncovers it. */
  private costPerCell = new Float32Array(0);
  private cost = new Float32Array(0);

  /**
   * @param d inverse depth of the cells, 1/m; NaN beyond the picture and in holes.
   * @param cutRight, cutBelow the cuts of `findCuts` between them.
   */
  spread(d: Float32Array, cutRight: Uint8Array, cutBelow: Uint8Array, grid: BackgroundGrid): void {
    const { width, height } = grid.camera;
    this.reserve(width * height);
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
      for (let y = top; y <= bottom; y++) this.sweepRow(d, width, left, right, y, y > top ? -width : 0);
      for (let y = bottom; y >= top; y--) this.sweepRow(d, width, left, right, y, y < bottom ? width : 0);
    }
  }

  /** Inverse depth at (`x`, `y`), cells, of the plane of a seed, 1/m. */
  planeOf(seed: number, d: Float32Array, width: number, x: number, y: number): number {
    const seedX = seed % width;
    const value = d[seed] + this.slopeX[seed] * (x - seedX) + this.slopeY[seed] * (y - (seed - seedX) / width);
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

  /** Offers the cells of a row the seeds of the row `fromRow` cells away, then those of their neighbours to the sides. */
  private sweepRow(d: Float32Array, width: number, left: number, right: number, y: number, fromRow: number): void {
    const row = y * width;
    for (let x = left; x <= right; x++) {
      const cell = row + x;
      if (fromRow !== 0) {
        this.adopt(d, width, cell, x, y, cell + fromRow);
        if (x > left) this.adopt(d, width, cell, x, y, cell + fromRow - 1);
        if (x < right) this.adopt(d, width, cell, x, y, cell + fromRow + 1);
      }
      if (x > left) this.adopt(d, width, cell, x, y, cell - 1);
    }
    for (let x = right - 1; x >= left; x--) this.adopt(d, width, row + x, x, y, row + x + 1);
  }

  /** Takes the seed of a neighbour if it costs less than the own one and its plane may go on to here. */
  private adopt(d: Float32Array, width: number, cell: number, x: number, y: number, from: number): void {
    const { source } = this;
    const seed = source[from];
    if (seed < 0 || seed === source[cell]) return;
    const seedX = seed % width;
    const dx = x - seedX;
    const dy = y - (seed - seedX) / width;
    const squared = dx * dx + dy * dy;
    const seen = d[cell];
    const isSeen = seen >= 0;
    const cost = squared * (isSeen ? this.costPerCell[seed] : costInHoles);
    if (cost >= this.cost[cell] || (isSeen && cost > 1)) return;
    const guess = this.planeOf(seed, d, width, x, y);
    if (isSeen && guess * behind >= seen) return;
    source[cell] = seed;
    this.cost[cell] = cost;
    this.guess[cell] = guess;
  }

  private reserve(cells: number): void {
    if (this.guess.length === cells) return;
    this.guess = new Float32Array(cells);
    this.source = new Int32Array(cells);
    this.inward = new Int32Array(cells);
    this.slopeX = new Float32Array(cells);
    this.slopeY = new Float32Array(cells);
    this.costPerCell = new Float32Array(cells);
    this.cost = new Float32Array(cells);
  }
}
