import { parseArgs } from 'node:util';

/** What every suite can be asked for. */
export type BenchOptions = {
  /** A representative subset, in minutes. */
  quick: boolean;
  /** The seed of the worlds; each suite says in docs/benchmarks.md what it makes of it. */
  seed: number;
  /** Files to write, as given. */
  json: string | null;
  html: string | null;
  /** A contact sheet; only the suite `world` draws one. */
  png: string | null;
};

export type BenchCall = { kind: 'help' } | { kind: 'run'; suite: string; options: BenchOptions };

/** The call itself is wrong: the message is one sentence for the person who typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const switches = { quick: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
const values = { seed: { type: 'string' }, json: { type: 'string' }, html: { type: 'string' }, png: { type: 'string' } } as const;
const known = { ...switches, ...values };
const listed = '--quick, --seed N, --json FILE, --html FILE and --png FILE';
/** The suite whose pictures go on a contact sheet. */
const pngSuite = 'world';
const maxSeed = 2 ** 31 - 1;

/**
 * Reads the command line after `npm run bench --`.
 * @param suites the names there are
 * @throws UsageError for anything that is not a suite with known options
 */
export function parseBenchArguments(argv: readonly string[], suites: readonly string[]): BenchCall {
  const { tokens } = parseArgs({ args: [...argv], options: known, strict: false, tokens: true, allowPositionals: true });
  const given = new Map<string, string>();
  const names: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') names.push(token.value);
    if (token.kind === 'option') given.set(token.name, valueOf(token.name, token.rawName, token.value));
  }
  if (given.has('help')) return { kind: 'help' };
  const [suite, second] = names;
  const choice = `choose one of ${suites.join(', ')}.`;
  if (suite === undefined) throw new UsageError(`Which benchmark? Please ${choice}`);
  if (!suites.includes(suite)) throw new UsageError(`There is no benchmark "${suite}"; ${choice}`);
  if (second !== undefined) throw new UsageError(`One benchmark at a time: "${second}" after "${suite}" is too much.`);
  if (given.has('png') && suite !== pngSuite) {
    throw new UsageError(`--png belongs to the benchmark "${pngSuite}" only; "${suite}" draws its pictures into --html FILE.`);
  }
  if (given.has('json') && given.get('json') === given.get('html')) {
    throw new UsageError(`--json and --html cannot both write to "${given.get('json')!}".`);
  }
  const options: BenchOptions = {
    quick: given.has('quick'),
    seed: given.has('seed') ? parseSeed(given.get('seed')!) : 6,
    json: given.get('json') ?? null,
    html: given.get('html') ?? null,
    png: given.get('png') ?? null,
  };
  return { kind: 'run', suite, options };
}

function valueOf(name: string, rawName: string, value: string | undefined): string {
  if (!Object.hasOwn(known, name)) throw new UsageError(`The option "${rawName}" is not known; there are ${listed}.`);
  if (!Object.hasOwn(values, name)) {
    if (value !== undefined) throw new UsageError(`${rawName} is a switch and takes no value, so leave "${value}" out.`);
    return '';
  }
  const what = name === 'seed' ? 'a number' : 'a file name';
  // A file may begin with a dash (./-x), but "--json --quick" is a forgotten name.
  if (!value || value.startsWith('--')) throw new UsageError(`${rawName} needs ${what} after it.`);
  return value;
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (/^\d+$/.test(text) && seed <= maxSeed) return seed;
  throw new UsageError(`--seed needs a whole number from 0 to ${maxSeed}, not "${text}".`);
}
