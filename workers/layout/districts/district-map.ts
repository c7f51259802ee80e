import { CellsOfBlocks, type BlockThings } from '../block-map';
import type { Thing } from '../things';
import { BlockPlan, column, middle, plant } from './block-plan';
import { chance, salts } from './chance';
import { furnishBlock } from './furnish-block';
import { regionAt } from './region-style';
import { edgeThings } from './stretches';

/** A block with less than this gets a little more: no place is quite empty. */
const fewestThings = 3;
const mostBlocks = 4000;

/**
 * The things of a block's nine cells, each list in its one order and without piers. Everything follows from the seed by
 * hashing, so any block can be asked in any order; neighbours agree because they ask the same questions about the
 * regions, lines and rows that they share. That is what a model of places can learn from a neighbourhood.
 */
export function districtBlock(seed: number, bi: number, bj: number): Thing[][] {
  const plan = new BlockPlan();
  for (const [k, thing] of edgeThings(seed, 'x', bi, bj).entries()) if (thing) plan.put(k, 0, thing);
  for (const [k, thing] of edgeThings(seed, 'z', bi, bj).entries()) if (thing) plan.put(0, k, thing);
  furnishBlock(plan, seed, bi, bj);
  if (plan.count < fewestThings) addLast(plan, seed, bi, bj);
  return plan.finish();
}

/** A place that would be empty gets three trees or columns, not in a row. */
function addLast(plan: BlockPlan, seed: number, bi: number, bj: number): void {
  const isBuilt = regionAt(seed, bi, bj).style === 'arcade' || chance(seed, bi, bj, salts.extra + 0x40) < 0.3;
  for (const [ci, cj] of [
    [1, 1],
    [0, 2],
    [2, 0],
    [2, 2],
  ] as const) {
    if (!plan.isFree(ci, cj) || plan.count > fewestThings) continue;
    plan.put(ci, cj, isBuilt ? column(middle, middle, 0.24, 14) : plant('tree', middle, middle, 1.2, 3.8));
  }
}

/** The endless districts: courts, gardens, waters, arcades and ruins. The truth that `imagine` learns from. */
export class DistrictMap extends CellsOfBlocks {
  private readonly blocks = new Map<string, BlockThings>();

  protected block(bi: number, bj: number): BlockThings {
    const key = `${bi},${bj}`;
    let block = this.blocks.get(key);
    if (!block) {
      block = districtBlock(this.seed, bi, bj);
      if (this.blocks.size > mostBlocks) this.blocks.clear();
      this.blocks.set(key, block);
    }
    return block;
  }
}
