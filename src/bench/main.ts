/**
 * Benchmarks. Quality against the simulator's truth, times as they come out on this machine (printed, never asserted).
 * usage: npm run bench -- simulator|walk [--quick] [--seed 6] [--json FILE] [--png FILE]
 */
import { encode } from 'fast-png';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benchSimulator } from './simulator-suite';
import { benchWalk, type WalkPicture } from './walk-suite';

const { values: args, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    seed: { type: 'string', default: '6' },
    json: { type: 'string' },
    png: { type: 'string' },
  },
});

/** Pictures of the walk on the contact sheet: raw map, painted and truth, from left to right. */
const sheetPictures = 6;

function contactSheet(pictures: readonly WalkPicture[]): Uint8Array {
  const size = Math.sqrt(pictures[0]!.painted.length / 4);
  const width = 3 * size;
  const height = pictures.length * size;
  const data = new Uint8Array(width * height * 3);
  for (const [row, { raw, painted, truth }] of pictures.entries()) {
    for (const [column, picture] of [raw, painted, truth].entries()) {
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const to = ((row * size + y) * width + column * size + x) * 3;
          for (let c = 0; c < 3; c++) data[to + c] = picture[(y * size + x) * 4 + c]!;
        }
      }
    }
  }
  return encode({ width, height, data, channels: 3 });
}

async function runWalk(): Promise<object> {
  const frames = args.quick ? 20 : 200;
  const every = Math.ceil(frames / sheetPictures);
  const pictures: WalkPicture[] = [];
  const manifest = pathToFileURL(path.resolve('models/courtyard-paint/manifest.json')).href;
  const summary = await benchWalk(manifest, Number(args.seed), frames, (picture) => {
    if (!args.png || picture.frame % every !== 0) return;
    const { frame, painted, truth, raw } = picture;
    pictures.push({ frame, painted: painted.slice(), truth: truth.slice(), raw });
  });
  if (args.png) writeFileSync(args.png, contactSheet(pictures));
  return summary;
}

const suites: Record<string, () => Promise<object>> = {
  simulator: () => benchSimulator(args.quick),
  walk: runWalk,
};

const name = positionals[0] ?? '';
const suite = suites[name];
if (!suite) {
  console.error(`There is no benchmark "${name}"; choose one of ${Object.keys(suites).join(', ')}.`);
  process.exit(2);
}
const summary = await suite();
const report = { suite: name, machine: `${cpus()[0]?.model ?? 'unknown'}, ${cpus().length} cores`, summary };
console.log(JSON.stringify(report, null, 2));
if (args.json) writeFileSync(args.json, `${JSON.stringify(report, null, 2)}\n`);
