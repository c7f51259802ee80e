import { symbolsOfCell } from '../../../workers/imagine/context';
import { encodeBlock } from '../../../workers/imagine/tokens';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import { regionAt, type Region } from '../../../workers/layout/districts/region-style';
import type { Thing } from '../../../workers/layout/things';

/** A block of the districts with what it was told: everything is asked of the rule, so any block can be had. */
export type DistrictSample = { seed: number; bi: number; bj: number; tokens: Uint8Array };

/** Blocks of one world, each made once. */
export class DistrictBlocks {
  private readonly made = new Map<string, Thing[][]>();
  private readonly said = new Map<string, number[][]>();

  constructor(readonly seed: number) {}

  cells(bi: number, bj: number): Thing[][] {
    const key = `${bi},${bj}`;
    let cells = this.made.get(key);
    if (!cells) {
      cells = districtBlock(this.seed, bi, bj);
      this.made.set(key, cells);
    }
    return cells;
  }

  /** All symbols said of each of a block's cells. */
  symbols(bi: number, bj: number): number[][] {
    const key = `${bi},${bj}`;
    let symbols = this.said.get(key);
    if (!symbols) {
      symbols = this.cells(bi, bj).map(symbolsOfCell);
      this.said.set(key, symbols);
    }
    return symbols;
  }

  region(bi: number, bj: number): Region {
    return regionAt(this.seed, bi, bj);
  }

  /** The blocks inside a square of `side` blocks; its border is context only, as in training. */
  samples(side: number): DistrictSample[] {
    const samples: DistrictSample[] = [];
    for (let bj = 1; bj < side - 1; bj++) {
      for (let bi = 1; bi < side - 1; bi++) {
        samples.push({ seed: this.seed, bi, bj, tokens: encodeBlock(this.cells(bi, bj)) });
      }
    }
    return samples;
  }
}
