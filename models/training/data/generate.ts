/**
 * Makes the training data of `paint`: short clips of action and video. Each frame is the map seen from a pose and the
 * true picture from the same pose, as the offline teacher draws it, with depth, pose, palette and the action before it.
 * usage: npm run data -- [--out data/paint] [--frames 4096] [--heldout 128] [--imagined 0] [--processes 2] [--minutes 0]
 * --imagined N adds training frames on maps that `imagine` of --package draws: what the painter sees in a visit.
 * Resumable: shards that are complete are kept. --minutes N stops after that time with the shards made so far.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { frameSize, framesPerClip, planShards, type Shard, type Split } from './plan';
import { recordBytes, recordClasses, recordFields } from './record';
import { fovYDeg, makeShard } from './shard';
import { describeStatistics, sumStatistics, type Statistics } from './statistics';
import { dataWorlds } from './worlds';

const { values: args } = parseArgs({
  options: {
    out: { type: 'string', default: 'data/paint' },
    frames: { type: 'string', default: '4096' },
    heldout: { type: 'string', default: '128' },
    imagined: { type: 'string', default: '0' },
    package: { type: 'string', default: 'models/courtyards' },
    processes: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '0' },
    part: { type: 'string' },
  },
});
const shards = planShards(Number(args.frames), Number(args.heldout), Number(args.imagined));
const frameBytes = recordBytes(frameSize, frameSize);
const fileOf = (shard: Shard): string => path.join(args.out, shard.file);
const statisticsFileOf = (shard: Shard): string => `${fileOf(shard)}.json`;

function isComplete(shard: Shard): boolean {
  const file = fileOf(shard);
  return existsSync(statisticsFileOf(shard)) && existsSync(file) && statSync(file).size === shard.frames * frameBytes;
}

async function work(part: number, parts: number): Promise<void> {
  const worldOf = dataWorlds(args.package);
  const mine = shards.filter((_, k) => k % parts === part);
  const endMs = Number(args.minutes) > 0 ? performance.now() + 60_000 * Number(args.minutes) : Number.POSITIVE_INFINITY;
  for (const [k, shard] of mine.entries()) {
    if (isComplete(shard)) continue;
    if (performance.now() > endMs) return;
    const begunMs = performance.now();
    const { bytes, statistics } = await makeShard(shard, worldOf);
    writeWhole(statisticsFileOf(shard), JSON.stringify(statistics));
    writeWhole(fileOf(shard), bytes);
    const rate = (1000 * shard.frames) / (performance.now() - begunMs);
    console.log(`process ${part}: shard ${k + 1} of ${mine.length} (${shard.file}), ${rate.toFixed(1)} frames/s`);
  }
}

/** A stopped run leaves no half file behind under the final name. */
function writeWhole(file: string, data: string | Uint8Array): void {
  writeFileSync(`${file}.part`, data);
  renameSync(`${file}.part`, file);
}

/** Writes dataset.json over what there is now, and says what that is. */
function describe(): void {
  const there = shards.filter(isComplete);
  const statistics = Object.fromEntries(
    (['train', 'heldout', 'newPalette'] as const satisfies readonly Split[]).map((split) => {
      const parts = there.filter((shard) => shard.split === split);
      return [split, sumStatistics(parts.map((s) => JSON.parse(readFileSync(statisticsFileOf(s), 'utf8')) as Statistics))];
    }),
  );
  const dataset = {
    schema: 'reverie-data/2',
    width: frameSize,
    height: frameSize,
    fovYDeg,
    framesPerClip,
    classes: recordClasses,
    recordBytes: frameBytes,
    fields: recordFields(frameSize, frameSize),
    shards: there,
    statistics,
  };
  writeWhole(path.join(args.out, 'dataset.json'), JSON.stringify(dataset, null, 1));
  for (const [split, sum] of Object.entries(statistics)) console.log(describeStatistics(split, sum));
  const missing = shards.length - there.length;
  const rest = missing > 0 ? `; ${missing} of ${shards.length} shards are missing, run the same command again to go on` : '';
  console.log(`The data in ${args.out} is whole${rest}.`);
}

function runPart(part: number, parts: number): Promise<number> {
  const self = fileURLToPath(import.meta.url);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [self, ...process.argv.slice(2), '--part', `${part}/${parts}`], {
      stdio: 'inherit',
    });
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

if (args.part) {
  const [part, parts] = args.part.split('/').map(Number) as [number, number];
  await work(part, parts);
} else {
  mkdirSync(args.out, { recursive: true });
  const parts = Number(args.processes);
  const codes = await Promise.all(Array.from({ length: parts }, (_, part) => runPart(part, parts)));
  describe();
  const failed = codes.filter((code) => code !== 0).length;
  if (failed > 0) {
    console.error(`${failed} of ${parts} processes failed; their errors are above. Complete shards are kept.`);
    process.exit(1);
  }
}
