import { hash3, hashToUnit } from '../../src/math/hash';
import { courtyardCells, floorMod } from './grid';
import { pierHeight } from './piers';
import type { Cell, SemanticMap, Thing } from './things';

/** Cells along one side of a block. */
export const blockCells = courtyardCells;
/** The same as in the courtyards: a cell keeps its lightness whatever stands in it. */
const saltTone = 37;
const mostCells = 20_000;
const nothing: readonly Thing[] = [];

/** The things of a block's nine cells; cell (i, j) is number (j mod 3) * 3 + (i mod 3). Piers are left out. */
export type BlockThings = readonly (readonly Thing[])[];

/** A map that is known block by block. Adds to the things of a cell what follows from them: piers and lightness. */
export abstract class CellsOfBlocks implements SemanticMap {
  protected readonly cells = new Map<string, Cell>();

  constructor(readonly seed: number) {}

  /** The block's things, or null when it is not decided yet. */
  protected abstract block(bi: number, bj: number): BlockThings | null;

  cell(i: number, j: number): Cell {
    const key = `${i},${j}`;
    let cell = this.cells.get(key);
    if (!cell) {
      cell = this.build(i, j);
      // A long walk must not keep every cell it ever saw; what is dropped is rebuilt identically.
      if (this.cells.size > mostCells) this.cells.clear();
      this.cells.set(key, cell);
    }
    return cell;
  }

  private build(i: number, j: number): Cell {
    const tone = 0.93 + 0.14 * hashToUnit(hash3(this.seed, i, j, saltTone));
    const own = this.thingsAt(i, j);
    // Nothing at all shows where nothing is decided, not even the end of a neighbour's wall.
    if (!own) return { i, j, tone, things: nothing };
    const height = pierHeight(own, this.thingsAt(i, j - 1) ?? nothing, this.thingsAt(i - 1, j) ?? nothing);
    return { i, j, tone, things: height > 0 ? [...own, { kind: 'pier', height }] : own };
  }

  private thingsAt(i: number, j: number): readonly Thing[] | null {
    const block = this.block(Math.floor(i / blockCells), Math.floor(j / blockCells));
    return block ? block[floorMod(j, blockCells) * blockCells + floorMod(i, blockCells)]! : null;
  }
}

/** A map that grows: someone puts its blocks in, in any order. Where no block is yet, the ground is bare. */
export class BlockMap extends CellsOfBlocks {
  private readonly blocks = new Map<string, BlockThings>();
  private puts = 0;

  /** Grows with every `put`, so that whoever drew the map can see that it has changed. */
  get version(): number {
    return this.puts;
  }

  has(bi: number, bj: number): boolean {
    return this.blocks.has(`${bi},${bj}`);
  }

  /** @param things nine lists, without piers @throws Error when they are not nine */
  put(bi: number, bj: number, things: BlockThings): void {
    if (things.length !== blockCells * blockCells) {
      throw new Error(`Block (${bi}, ${bj}) came with ${things.length} cells; a block has ${blockCells * blockCells}.`);
    }
    this.blocks.set(`${bi},${bj}`, things);
    this.puts++;
    // Piers of the next cells to the right and below depend on this block.
    for (let j = 0; j <= blockCells; j++) {
      for (let i = 0; i <= blockCells; i++) this.cells.delete(`${bi * blockCells + i},${bj * blockCells + j}`);
    }
  }

  protected block(bi: number, bj: number): BlockThings | null {
    return this.blocks.get(`${bi},${bj}`) ?? null;
  }
}
