/**
 * Grows maps of held-out seeds with the exported network and compares them with the districts it learned from: things a
 * block, share of words, faults before and after redraws, seams between blocks, variety; and draws both from above.
 * usage: node scripts/run-ts.mjs models/training/imagine/quality.ts [--graphs models/courtyards] [--out runs/imagine/quality]
 *   [--seeds 4] [--side 15] [--temperatures 1,0.9]
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { encode } from 'fast-png';
import * as ort from 'onnxruntime-node';
import { Imaginer } from '../../../workers/imagine/imaginer';
import { OnnxTokenModel } from '../../../workers/imagine/onnx-token-model';
import { blockKey } from '../../../workers/imagine/order';
import { decodeBlock, encodeBlock } from '../../../workers/imagine/tokens';
import { faultsOf } from '../../../workers/layout/arrangement';
import { districtBlock } from '../../../workers/layout/districts/district-map';
import { regionAt, regionStyle } from '../../../workers/layout/districts/region-style';
import type { Thing } from '../../../workers/layout/things';
import { wordOfThing, words } from '../../../workers/layout/words';
import { createCanvas, drawBlock, type Canvas } from './draw-map';

const { values: args } = parseArgs({
  options: {
    graphs: { type: 'string', default: 'models/courtyards' },
    out: { type: 'string', default: 'runs/imagine/quality' },
    seeds: { type: 'string', default: '4' },
    side: { type: 'string', default: '15' },
    temperatures: { type: 'string', default: '1,0.9' },
  },
});
const firstSeed = 1_000_000;
const side = Number(args.side);
const seeds = Array.from({ length: Number(args.seeds) }, (_, k) => firstSeed + k);

type World = { seed: number; cells: (bi: number, bj: number) => readonly (readonly Thing[])[] };

function describe(worlds: readonly World[]): { shares: number[]; things: number; lengths: number; runsOn: number; waterOn: number; kinds: number } {
  const counts = words.map(() => 0);
  const kinds = new Set<string>();
  let [tokens, blocks, runs, continued, open, flowing] = [0, 0, 0, 0, 0, 0];
  for (const { cells } of worlds) {
    for (let bj = 0; bj < side; bj++) {
      for (let bi = 0; bi < side; bi++) {
        const block = cells(bi, bj);
        blocks++;
        const told = encodeBlock(block);
        tokens += told.length;
        kinds.add(told.join());
        for (const thing of block.flat()) counts[wordOfThing(thing).word]!++;
        if (bi + 1 >= side) continue;
        // A run that reaches the block's end goes on in the next block as the very same thing.
        const next = cells(bi + 1, bj);
        for (const thing of block[2]!) {
          if (!('run' in thing) || thing.run !== 'x') continue;
          runs++;
          if (next[0]!.some((other) => JSON.stringify(other) === JSON.stringify(thing))) continued++;
        }
        for (const thing of block[5]!) {
          if (thing.kind !== 'pool' || thing.x + thing.halfX < 4) continue;
          open++;
          if (next[3]!.some((other) => other.kind === 'pool' && other.x - other.halfX <= 0 && other.halfZ === thing.halfZ)) flowing++;
        }
      }
    }
  }
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    shares: counts.map((count) => count / total),
    things: total / blocks,
    lengths: tokens / blocks,
    runsOn: continued / Math.max(1, runs),
    waterOn: flowing / Math.max(1, open),
    kinds: kinds.size / blocks,
  };
}

function draw(canvas: Canvas, left: number, { seed, cells }: World): void {
  for (let bj = 0; bj < side; bj++) {
    for (let bi = 0; bi < side; bi++) drawBlock(canvas, left + bi, bj, regionStyle(seed, bi, bj), cells(bi, bj));
  }
}

const read = (name: string): Uint8Array => new Uint8Array(readFileSync(path.join(args.graphs, name)));
const graphs = { prefill: read('imagine-prefill.onnx'), step: read('imagine-step.onnx') };
const model = await OnnxTokenModel.create(ort, graphs, 'cpu');
const truth: World[] = seeds.map((seed) => ({ seed, cells: (bi, bj) => districtBlock(seed, bi, bj) }));
const columns = [{ name: 'truth', ...describe(truth) }];
mkdirSync(args.out, { recursive: true });

for (const temperature of args.temperatures.split(',').map(Number)) {
  const worlds: World[] = [];
  const sums = { blocks: 0, first: 0, last: 0, draws: 0, cpuMs: 0 };
  const sentences = new Map<string, number>();
  const faults = (cells: readonly (readonly Thing[])[]): readonly string[] => {
    const found = faultsOf(cells);
    for (const sentence of found) {
      const kind = sentence.replace(/ \(?[\d., ]+\)?/g, ' # ');
      sentences.set(kind, (sentences.get(kind) ?? 0) + 1);
    }
    return found;
  };
  for (const seed of seeds) {
    const imaginer = new Imaginer(model, seed, { temperature, redraws: 3, region: regionAt, faults });
    const wanted = Array.from({ length: side * side }, (_, k) => ({ i: k % side, j: Math.floor(k / side) }));
    const start = process.cpuUsage();
    await imaginer.grow(wanted, () => {});
    const { user, system } = process.cpuUsage(start);
    sums.cpuMs += (user + system) / 1000;
    sums.blocks += imaginer.counts.blocks;
    sums.first += imaginer.counts.faultyAtFirst;
    sums.last += imaginer.counts.faultyAtLast;
    sums.draws += imaginer.counts.draws;
    const decided = new Map(imaginer.blocks.map(({ i, j, tokens }) => [blockKey(i, j), decodeBlock(tokens)]));
    worlds.push({ seed, cells: (bi, bj) => decided.get(blockKey(bi, bj))! });
  }
  const percent = (count: number): string => `${((100 * count) / sums.blocks).toFixed(2)} %`;
  console.log(
    `temperature ${temperature}: ${sums.blocks} blocks, ${(sums.cpuMs / sums.blocks).toFixed(1)} ms of processor each; ` +
      `faulty ${percent(sums.first)} at first, ${percent(sums.last)} after redraws (${sums.draws} draws)`,
  );
  for (const [kind, count] of [...sentences].sort((a, b) => b[1] - a[1]).slice(0, 6)) console.log(`  ${count} x ${kind}`);
  columns.push({ name: String(temperature), ...describe(worlds) });
  worlds.forEach((world, k) => {
    const canvas = createCanvas(2 * side, side);
    draw(canvas, 0, truth[k]!);
    draw(canvas, side, world);
    for (let y = 0; y < canvas.height; y++) canvas.rgb.fill(0, (y * canvas.width + canvas.width / 2 - 1) * 3, (y * canvas.width + canvas.width / 2 + 1) * 3);
    const png = encode({ width: canvas.width, height: canvas.height, data: canvas.rgb, channels: 3, depth: 8 });
    writeFileSync(path.join(args.out, `map-${world.seed}-${temperature}.png`), png);
  });
}
await model.dispose();

const line = (name: string, values: readonly string[]): string => name.padEnd(26) + values.map((v) => v.padStart(9)).join('');
console.log(line('', columns.map(({ name }) => name)));
console.log(line('things a block', columns.map(({ things }) => things.toFixed(2))));
console.log(line('tokens a block', columns.map(({ lengths }) => lengths.toFixed(1))));
console.log(line('runs that go on', columns.map(({ runsOn }) => `${(100 * runsOn).toFixed(1)} %`)));
console.log(line('water that goes on', columns.map(({ waterOn }) => `${(100 * waterOn).toFixed(1)} %`)));
console.log(line('different blocks', columns.map(({ kinds }) => `${(100 * kinds).toFixed(1)} %`)));
words.forEach(({ name }, word) => {
  console.log(line(name, columns.map(({ shares }) => `${(100 * shares[word]!).toFixed(2)} %`)));
});
