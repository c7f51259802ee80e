/**
 * Makes the training data of `imagine`: districts as choices of the grammar, with what is possible at each, and the
 * symbols of every cell, so that Python can put together what a block is told without knowing words or grammar.
 * usage: node scripts/run-ts.mjs models/training/imagine/generate-tokens.ts [--out data/imagine] [--train 500] [--heldout 25]
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { contextSlots, slotHead, symbolsOfCell } from '../../../workers/imagine/context';
import { cellOrder, maxThingIndex, maxTokens } from '../../../workers/imagine/grammar';
import { states, symbolCount } from '../../../workers/imagine/symbols';
import { encodeBlock, walkBlock } from '../../../workers/imagine/tokens';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import { habitBits, regionAt, regionStyles } from '../../../workers/layout/districts/region-style';
import { words } from '../../../workers/layout/words';

/** Blocks along one side of the square that is taken of each seed; two on each border are context only. */
const side = 14;
/** Held-out worlds have seeds from here on; training worlds lie below, as for `paint`. */
const firstSeeds = { train: 10_000, heldout: 1_000_000 };
/** said u16, choice, state, cell, thing u8, two bytes of nothing, possible choices as bits u32. */
const rowBytes = 12;

const { values: args } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/imagine' },
    train: { type: 'string', default: '500' },
    heldout: { type: 'string', default: '25' },
  },
});

type Split = { seeds: number[]; blocks: number; tokens: number; longest: number };

function write(name: string, data: Uint8Array): void {
  const file = path.join(args.out, name);
  writeFileSync(`${file}.tmp`, data);
  renameSync(`${file}.tmp`, file);
}

/** The choices of a block, one row each. */
function rowsOfBlock(tokens: Uint8Array): DataView {
  const rows = new DataView(new ArrayBuffer(tokens.length * rowBytes));
  let said = 0;
  walkBlock(tokens, ({ grammar, choice, index }) => {
    const { firstSymbol, choices } = states[grammar.state]!;
    if (choices > 32) throw new Error(`State ${states[grammar.state]!.name} has ${choices} choices; a row holds 32.`);
    let possible = 0;
    for (let c = 0; c < choices; c++) if (grammar.isPossible(c)) possible |= 1 << c;
    const at = index * rowBytes;
    rows.setUint16(at, said, true);
    [choice, grammar.state, grammar.cellIndex, Math.min(grammar.things, maxThingIndex)].forEach((value, k) => {
      rows.setUint8(at + 2 + k, value);
    });
    rows.setUint32(at + 8, possible >>> 0, true);
    said = firstSymbol + choice;
  });
  return rows;
}

function writeSplit(split: 'train' | 'heldout', count: number): Split {
  const seeds = Array.from({ length: count }, (_, k) => firstSeeds[split] + k);
  const rows: Uint8Array[] = [];
  const lengths: number[] = [];
  const cellCounts: number[] = [];
  const cellSymbols: number[] = [];
  const regions: number[] = [];
  for (const seed of seeds) {
    for (let bj = 0; bj < side; bj++) {
      for (let bi = 0; bi < side; bi++) {
        const cells = districtBlock(seed, bi, bj);
        const tokens = encodeBlock(cells);
        rows.push(new Uint8Array(rowsOfBlock(tokens).buffer));
        lengths.push(tokens.length);
        const { index, habit } = regionAt(seed, bi, bj);
        regions.push(index, habit & ((1 << habitBits) - 1));
        for (const things of cells) {
          const symbols = symbolsOfCell(things);
          cellCounts.push(symbols.length);
          cellSymbols.push(...symbols);
        }
      }
    }
  }
  write(`${split}.rows.bin`, Buffer.concat(rows));
  write(`${split}.lengths.bin`, new Uint8Array(Uint16Array.from(lengths).buffer));
  write(`${split}.regions.bin`, Uint8Array.from(regions));
  write(`${split}.cell-counts.bin`, new Uint8Array(Uint16Array.from(cellCounts).buffer));
  write(`${split}.cell-symbols.bin`, new Uint8Array(Uint16Array.from(cellSymbols).buffer));
  const tokens = lengths.reduce((sum, length) => sum + length, 0);
  return { seeds, blocks: lengths.length, tokens, longest: lengths.reduce((most, length) => Math.max(most, length), 0) };
}

mkdirSync(args.out, { recursive: true });
const startMs = performance.now();
const splits = { train: writeSplit('train', Number(args.train)), heldout: writeSplit('heldout', Number(args.heldout)) };
const description = {
  version: 3,
  side,
  states: states.map(({ name, firstSymbol, choices }) => ({ name, firstSymbol, choices })),
  words: words.map(({ name }) => name),
  symbolCount,
  styles: regionStyles,
  habitBits,
  slotHead,
  cellOrder,
  maxTokens,
  maxThingIndex,
  slots: contextSlots,
  splits,
};
write('tokens.json', Buffer.from(`${JSON.stringify(description, null, 1)}\n`));
for (const [name, { seeds, blocks, tokens, longest }] of Object.entries(splits)) {
  const mean = (tokens / blocks).toFixed(1);
  console.log(`${name}: ${seeds.length} seeds, ${blocks} blocks, ${tokens} tokens (${mean} a block, at most ${longest})`);
}
console.log(`written to ${args.out} in ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
