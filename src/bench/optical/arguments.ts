import { parseArgs } from 'node:util';
import { UsageError } from '../arguments';

/** A rectangle of pixels from the top left. */
export type Region = { x: number; y: number; width: number; height: number };

/** Where the light comes from. */
export type LightSource =
  | { kind: 'log'; file: string; timeColumn: string | null; timeUnit: string | null; levelColumn: string | null; onsetColumn: string | null }
  | { kind: 'frames'; folder: string; fps: number; patch: Region; onsetMark: Region | null };

export type OpticalOptions = {
  light: LightSource;
  /** A list of numbers or a file with one in each line (ms in a log, frame numbers in a video), `trace`, or null. */
  onsets: string | null;
  trace: string | null;
  source: string | null;
  /** Page time minus the log's, ms; null: the clocks know nothing of each other. */
  clockOffsetMs: number | null;
  at: number;
  onsetAt: number;
  onsetEdge: 'rising' | 'falling' | 'both';
  windowMs: number;
  minHoldMs: number;
  minMs: number;
  maxMs: number;
  json: string | null;
};

export const help = `usage: npm run latency:optical -- --log FILE.csv [options]
       npm run latency:optical -- --frames FOLDER --fps N --patch X,Y,W,H [options]

Latency by light: reads what a photodiode or a fast camera saw of the optical patch, finds when it flipped, and how
long after the physical onset that was. docs/latency.md says how to record.

light
  --log FILE             a CSV with a time and a brightness in each line
  --time COLUMN          its time, by name or number from 1 (default: the first named time…, else the first)
  --time-unit UNIT       s, ms, us or ns, when the column's name does not say so (time_ms)
  --level COLUMN         its brightness (default: the first named level…, brightness…, light…, else the second)
  --frames FOLDER        PNG files of a video, numbered in order, none left out
  --fps N                frames a second at which they were recorded, not played
  --patch X,Y,W,H        the patch in the frames, pixels from the top left

physical onsets, one of
  --onset COLUMN         another column of the log: a switch, an LED, a speed (default: one named onset…, if any)
  --onset-mark X,Y,W,H   an LED in the frames that lights up at the onset
  --onsets LIST|FILE     times in ms of the log, or numbers of the first frames that show them, counted from 0
  --onsets trace         what the page noted; needs --trace and --clock-offset-ms

trace
  --trace FILE           exported in the latency lab while recording: tells the patch from other flashes
  --source NAME          which flips of it: head, trigger or model
  --clock-offset-ms N    page time minus the log's, when both are of one clock (0) or known

options
  --latency-ms MIN,MAX   an answer comes no earlier and no later (default 0,1000)
  --at PCT               share of the patch's change that counts as seen, % (default 50; 5: the onset of the change)
  --onset-at PCT         share of the onset's own peak at which it begins, % (default 50; 5 for a speed)
  --onset-edge WHICH     rising (default), falling or both
  --window-ms N          the light holds at least so long before and after a flip (default 50)
  --min-hold-ms N        shorter flashes are not the patch (default 100)
  --json FILE            the result as data`;

const known = [
  'log', 'time', 'time-unit', 'level', 'onset', 'frames', 'fps', 'patch', 'onset-mark', 'onsets', 'trace', 'source',
  'clock-offset-ms', 'latency-ms', 'at', 'onset-at', 'onset-edge', 'window-ms', 'min-hold-ms', 'json',
] as const;
type Name = (typeof known)[number];

const logOnly: readonly Name[] = ['time', 'time-unit', 'level', 'onset'];
const framesOnly: readonly Name[] = ['fps', 'patch', 'onset-mark'];

/**
 * Reads the command line after `npm run latency:optical --`.
 * @returns null when help is asked for
 * @throws UsageError, a sentence that names the option
 */
export function parseOpticalArguments(argv: readonly string[]): OpticalOptions | null {
  const options = Object.fromEntries(known.map((name) => [name, { type: 'string' as const }]));
  const parsed = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const given = new Map<Name, string>();
  for (const token of parsed.tokens) {
    if (token.kind === 'option' && token.name === 'help') return null;
    if (token.kind === 'positional') throw new UsageError(`"${token.value}" belongs to no option; see --help.`);
    if (token.kind !== 'option') continue;
    const name = known.find((it) => it === token.name);
    if (name === undefined) throw new UsageError(`The option "${token.rawName}" is not known; see --help.`);
    if (!token.value || token.value.startsWith('--')) throw new UsageError(`${token.rawName} needs a value after it; see --help.`);
    given.set(name, token.value);
  }
  const light = lightOf(given);
  checkOnsets(given, light.kind);
  const [minMs, maxMs] = numbersOf(given, 'latency-ms', 2, 'two numbers such as 0,1000') ?? [0, 1000];
  if (!(minMs! >= 0 && maxMs! > minMs!)) throw new UsageError(`--latency-ms needs a smaller number from 0 on, then a larger one, not "${given.get('latency-ms')}".`);
  return {
    light,
    onsets: given.get('onsets') ?? null,
    trace: given.get('trace') ?? null,
    source: given.get('source') ?? null,
    clockOffsetMs: numbersOf(given, 'clock-offset-ms', 1, 'a number')?.[0] ?? null,
    at: percentOf(given, 'at'),
    onsetAt: percentOf(given, 'onset-at'),
    onsetEdge: edgeOf(given),
    windowMs: positiveOf(given, 'window-ms', 50),
    minHoldMs: positiveOf(given, 'min-hold-ms', 100),
    minMs: minMs!,
    maxMs: maxMs!,
    json: given.get('json') ?? null,
  };
}

function lightOf(given: ReadonlyMap<Name, string>): LightSource {
  const [file, folder] = [given.get('log'), given.get('frames')];
  if (file !== undefined && folder !== undefined) throw new UsageError('--log and --frames are two recordings; give one.');
  if (file === undefined && folder === undefined) throw new UsageError('Which recording? Give --log FILE or --frames FOLDER; see --help.');
  const [kind, wrong] = file !== undefined ? ['--log', framesOnly] : ['--frames', logOnly];
  for (const name of wrong) if (given.has(name)) throw new UsageError(`--${name} does not go with ${kind}; see --help.`);
  if (file !== undefined) {
    const [timeColumn, timeUnit] = [given.get('time') ?? null, given.get('time-unit') ?? null];
    return { kind: 'log', file, timeColumn, timeUnit, levelColumn: given.get('level') ?? null, onsetColumn: given.get('onset') ?? null };
  }
  const patch = regionOf(given, 'patch');
  if (!given.has('fps') || !patch) throw new UsageError('--frames needs --fps N and --patch X,Y,W,H; see --help.');
  return { kind: 'frames', folder: folder!, fps: positiveOf(given, 'fps', 240), patch, onsetMark: regionOf(given, 'onset-mark') };
}

function checkOnsets(given: ReadonlyMap<Name, string>, kind: LightSource['kind']): void {
  const beside = kind === 'log' ? 'onset' : 'onset-mark';
  if (given.has('onsets') && given.has(beside)) throw new UsageError(`--onsets and --${beside} both say when the onsets were; give one.`);
  if (given.get('onsets') === 'trace') {
    if (!given.has('trace')) throw new UsageError('--onsets trace needs --trace FILE.');
    if (!given.has('clock-offset-ms')) {
      throw new UsageError(
        '--onsets trace needs --clock-offset-ms: brought together by the flips alone, the clocks hide exactly the latency that is asked for.',
      );
    }
  }
  for (const name of ['source', 'clock-offset-ms'] as const) {
    if (given.has(name) && !given.has('trace')) throw new UsageError(`--${name} needs --trace FILE.`);
  }
}

/** @throws UsageError */
export function numbersIn(text: string, option: string, wanted: string): number[] {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers.every(Number.isFinite)) return numbers;
  throw new UsageError(`${option} needs ${wanted}, not "${text}".`);
}

function numbersOf(given: ReadonlyMap<Name, string>, name: Name, count: number, wanted: string): number[] | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const numbers = numbersIn(text, `--${name}`, wanted);
  if (numbers.length !== count) throw new UsageError(`--${name} needs ${wanted}, not "${text}".`);
  return numbers;
}

function positiveOf(given: ReadonlyMap<Name, string>, name: Name, otherwise: number): number {
  const value = numbersOf(given, name, 1, 'a number above 0')?.[0] ?? otherwise;
  if (value > 0) return value;
  throw new UsageError(`--${name} needs a number above 0, not "${given.get(name)}".`);
}

function percentOf(given: ReadonlyMap<Name, string>, name: Name): number {
  const value = numbersOf(given, name, 1, 'a number between 0 and 100')?.[0] ?? 50;
  if (value > 0 && value < 100) return value / 100;
  throw new UsageError(`--${name} needs a number between 0 and 100, not "${given.get(name)}".`);
}

function regionOf(given: ReadonlyMap<Name, string>, name: Name): Region | null {
  const numbers = numbersOf(given, name, 4, 'four whole numbers X,Y,W,H');
  if (!numbers) return null;
  const [x, y, width, height] = numbers as [number, number, number, number];
  if (numbers.every(Number.isInteger) && x >= 0 && y >= 0 && width > 0 && height > 0) return { x, y, width, height };
  throw new UsageError(`--${name} needs four whole numbers X,Y,W,H with a width and a height, not "${given.get(name)}".`);
}

function edgeOf(given: ReadonlyMap<Name, string>): OpticalOptions['onsetEdge'] {
  const wish = given.get('onset-edge') ?? 'rising';
  if (wish === 'rising' || wish === 'falling' || wish === 'both') return wish;
  throw new UsageError(`--onset-edge is rising, falling or both, not "${wish}".`);
}
