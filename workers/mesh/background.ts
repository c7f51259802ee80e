import type { Intrinsics } from '../../src/math/types';
import { BackgroundColor } from './background-color';
import { backgroundGrid, type BackgroundGrid } from './background-grid';
import { BackgroundSamples } from './background-sample';
import { BackgroundSpread } from './background-spread';
import { findCuts } from './cut';

/** What probably lies behind a picture, seen from the same pose. The next build overwrites it. */
export type BackgroundPicture = {
  /** Coarser than that of the picture, not always centred; cells see along rays of the picture's texels. */
  camera: Intrinsics;
  /** sRGB RGBA8, rows from the top. */
  color: Uint8Array;
  /** 1/m, 0 is sky; NaN where there is nothing to guess. */
  inverseDepth: Float32Array;
};

/** What is seen beside a guess joins it when it is at most this share nearer, or this much in 1/m. */
const rimShare = 1.08;
const rimDepth = 0.001;

const noCamera: Intrinsics = { width: 0, height: 0, fx: 1, fy: 1, cx: 0, cy: 0 };

/**
 * Guesses what a picture hides: surfaces beside silhouettes go on underneath the nearer ones
 * ({@link BackgroundSpread}). Beyond its border nothing is guessed: the sky map was nearer to the truth. It is meant to be drawn
 * behind every real sample, so each cell holds one guess and nothing of what is in front of it. Around guesses there is
 * a rim of what is really seen, so that no crack opens between the two. Holds scratch memory for one size.
 */
export class BackgroundBuilder {
  private readonly samples = new BackgroundSamples();
  private readonly spread = new BackgroundSpread();
  private readonly painter = new BackgroundColor();
  private grid: BackgroundGrid | null = null;
  private gridOf = noCamera;
  private gridSide = 0;
  private picture: BackgroundPicture = {
    camera: noCamera,
    color: new Uint8Array(0),
    inverseDepth: new Float32Array(0),
  };
  private cutRight = new Uint8Array(0);
  private cutBelow = new Uint8Array(0);
  /** Guessed colours, 0..255, three a cell. */
  private guessedRgb = new Float32Array(0);

  /**
   * @param color sRGB RGBA8 of the picture, rows from the top.
   * @param inverseDepth sanitised, 1/m; 0 is sky, NaN a hole.
   * @param side cells along the longer side of the result, at most: of 128 texels, 160 takes every one and 112 every
   *   second one.
   * @returns null when no cell of the picture has a depth.
   * @throws RangeError when an array is too small for the camera, or `side` below 8.
   */
  build(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array,
    camera: Intrinsics,
    side: number,
  ): BackgroundPicture | null {
    const texels = camera.width * camera.height;
    if (inverseDepth.length < texels || color.length < 4 * texels) {
      throw new RangeError(
        `A background of ${camera.width}x${camera.height} texels needs ${texels} depths and ${4 * texels} colour ` +
          `bytes, got ${inverseDepth.length} and ${color.length}; pass the arrays of this camera.`,
      );
    }
    const grid = this.reserve(camera, side);
    const { samples, spread, cutRight, cutBelow, guessedRgb, picture } = this;
    samples.take(color, inverseDepth, camera.width, camera.height, grid);
    if (samples.count === 0) return null;
    const seen = samples.inverseDepth;
    findCuts(seen, grid.camera.width, grid.camera.height, cutRight, cutBelow);
    spread.spread(seen, cutRight, cutBelow, grid);
    this.join(grid, picture.inverseDepth);
    this.painter.paint(samples, spread, picture.inverseDepth, grid, guessedRgb);
    this.write(picture.color);
    return picture;
  }

  /** Guesses, and what is seen where that is their rim or where something nearer hides a part of a cell. */
  private join(grid: BackgroundGrid, depth: Float32Array): void {
    const { source, guess } = this.spread;
    const { inverseDepth: seen, partlyHidden } = this.samples;
    const { width } = grid.camera;
    for (let y = grid.margin; y < grid.margin + grid.innerHeight; y++) {
      for (let x = grid.margin; x < grid.margin + grid.innerWidth; x++) {
        const cell = y * width + x;
        const seed = source[cell];
        if (seed >= 0 && seed !== cell) depth[cell] = guess[cell];
        else depth[cell] = seed === cell || partlyHidden[cell] !== 0 || this.isRim(cell, width) ? seen[cell] : NaN;
      }
    }
  }

  /** Whether what is seen at a cell continues the guess of one of the eight cells around it. */
  private isRim(cell: number, width: number): boolean {
    const { source, guess } = this.spread;
    const own = this.samples.inverseDepth[cell];
    for (let row = -width; row <= width; row += width) {
      for (let beside = cell + row - 1; beside <= cell + row + 1; beside++) {
        const seed = source[beside];
        if (seed >= 0 && seed !== beside && own <= rimShare * guess[beside] + rimDepth) return true;
      }
    }
    return false;
  }

  private write(color: Uint8Array): void {
    const { guessedRgb } = this;
    const { source } = this.spread;
    const { rgb } = this.samples;
    for (let cell = 0; cell < source.length; cell++) {
      const from = source[cell] >= 0 ? guessedRgb : rgb;
      color[4 * cell] = from[3 * cell] + 0.5;
      color[4 * cell + 1] = from[3 * cell + 1] + 0.5;
      color[4 * cell + 2] = from[3 * cell + 2] + 0.5;
      color[4 * cell + 3] = 255;
    }
  }

  private reserve(camera: Intrinsics, side: number): BackgroundGrid {
    const old = this.gridOf;
    const isSame =
      side === this.gridSide &&
      camera.width === old.width &&
      camera.height === old.height &&
      camera.fx === old.fx &&
      camera.fy === old.fy &&
      camera.cx === old.cx &&
      camera.cy === old.cy;
    if (isSame && this.grid) return this.grid;
    const grid = backgroundGrid(camera, side);
    this.grid = grid;
    this.gridOf = { ...camera };
    this.gridSide = side;
    const cells = grid.camera.width * grid.camera.height;
    this.picture = {
      camera: grid.camera,
      color: new Uint8Array(4 * cells),
      // Beyond the picture nothing is guessed.
      inverseDepth: new Float32Array(cells).fill(NaN),
    };
    this.cutRight = new Uint8Array(cells);
    this.cutBelow = new Uint8Array(cells);
    this.guessedRgb = new Float32Array(3 * cells);
    return grid;
  }
}
