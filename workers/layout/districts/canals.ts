import { floorMod } from '../grid';
import type { WallRun } from '../things';
import { regionAt } from './region-style';

/** Which cells of a block's middle row (run 'x') or middle column (run 'z') hold water, and how wide it is. */
export type Canal = { run: WallRun; wet: readonly boolean[]; narrow: boolean };

/**
 * The canal through a block, or null. In a region of water every second row of blocks has one, all in one direction;
 * it goes on until the region ends, with a way across in every second block.
 */
export function canalAt(seed: number, bi: number, bj: number): Canal | null {
  const { style, habit } = regionAt(seed, bi, bj);
  if (style !== 'water') return null;
  const run: WallRun = (habit & 16) !== 0 ? 'x' : 'z';
  const line = run === 'x' ? bj : bi;
  const along = run === 'x' ? bi : bj;
  if (floorMod(line + (habit & 1), 2) !== 0) return null;
  const hasBridge = floorMod(along + ((habit >> 1) & 1), 2) === 0;
  return { run, wet: [true, !hasBridge, true], narrow: (habit & 32) !== 0 };
}

/** Whether water goes on through a block's own edge (of least z: 'x', of least x: 'z'). */
export function canalCrosses(seed: number, edge: WallRun, bi: number, bj: number): boolean {
  const across: WallRun = edge === 'z' ? 'x' : 'z';
  const here = canalAt(seed, bi, bj);
  if (here?.run !== across || !here.wet[0]) return false;
  const before = canalAt(seed, edge === 'z' ? bi - 1 : bi, edge === 'z' ? bj : bj - 1);
  return before?.run === across && before.wet[2] === true && before.narrow === here.narrow;
}
