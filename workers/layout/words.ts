import { cellSize } from './grid';
import type { PlantForm, StairDirection, Thing, WallRun } from './things';

/**
 * The quantised vocabulary: a word is a kind of thing with a few fields, each one of some levels (at most 16). What a
 * token model reads and writes; `thingOfWord` and `wordOfThing` are exact inverses. All lengths in metres.
 * The order is part of the data format and of the trained network: append only.
 */
export type Word = { readonly name: string; readonly fields: readonly WordField[] };
export type WordField = { readonly name: string; readonly levels: readonly number[] };

/** Floors, plinths and columns are measured in steps of a stair, so that things stand on each other without a gap. */
export const rise = (count: number): number => Math.round(count * 18) / 100;
const rises = (counts: readonly number[]): number[] => counts.map(rise);

const tallHeights = [3, 3.2, 3.4, 3.6, 3.8, 4, 4.2, 4.4];
const lowHeights = [0.8, 1.2, 1.8, 2.4];
const spans = [1.6, 2, 2.4, 2.8];
const hedgeHeights = [0.8, 1.2, 1.8];
/** On the line of walls, and every quarter metre between them; 2.3 is half way from wall to wall. */
const places = [0.3, 1.05, 1.3, 1.55, 1.8, 2.05, 2.3, 2.55, 2.8, 3.05, 3.3, 3.55];
const bases = rises([0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 17, 19, 20, 24, 25, 29]);
const plinthHalves = [0.28, 0.36, 0.45, 0.6, 0.8, 1, 1.3, 1.6];
const plinthHeights = rises([1, 2, 3, 4, 5, 7, 20, 24]);
const columnRadii = [0.14, 0.18, 0.24, 0.34];
const columnHeights = rises([4, 8, 12, 14, 16, 19]);
/** No dome is as small as a sphere: that is how a sphere in the map tells whether it is one. */
const sphereRadii = [0.25, 0.35, 0.5, 0.65, 0.8];
const domeRadii = [0.9, 1.25, 1.6];
const stairHalves = [1.1, 1.4, 1.6];
const stairDirections: readonly StairDirection[] = ['all', '+x', '-x', '+z', '-z'];
/** From where to where in its cell a pool reaches; to the edge means that it goes on in the next cell. */
const poolReaches: readonly (readonly [from: number, to: number])[] = [
  [0, 4],
  [0.9, 4],
  [0, 3.7],
  [0.9, 3.7],
  [1.2, 3.4],
  [1.5, 3.1],
];
const potSizes: readonly (readonly [radius: number, height: number])[] = [
  [0.3, 0.9],
  [0.42, 1.3],
];

/** The middle of a cell as a visitor sees it, between its own walls and the next cell's. */
export const cellMiddle = 2.3;
/** A sphere sinks a little into what it rests on. */
const sphereSeat = 0.9;
/** Wall above an arch's opening. */
const archHead = 0.6;

type Codec = Word & {
  make(values: readonly number[]): Thing;
  /** The fields' values, or null when the thing is of another word. */
  read(thing: Thing): readonly number[] | null;
  /** How far the thing reaches around its x and z, for words that have them. */
  reach?(values: readonly number[]): number;
};

/** Rounds away what adding decimals leaves, so that the same levels always give the same bits. */
const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
const field = (name: string, levels: readonly number[]): WordField => ({ name, levels });
const indices = (list: readonly unknown[]): number[] => list.map((_, index) => index);
const place = [field('x', places), field('z', places)];

function runWord(kind: 'wall' | 'colonnade' | 'hedge', name: string, run: WallRun, heights: readonly number[]): Codec {
  return {
    name: `${name}${run.toUpperCase()}`,
    fields: [field('height', heights)],
    make: ([height]) => ({ kind, run, height: height! }),
    read: (thing) =>
      thing.kind === kind && thing.run === run && heights.includes(thing.height) ? [thing.height] : null,
  };
}

function archWord(run: WallRun): Codec {
  return {
    name: `arch${run.toUpperCase()}`,
    fields: [field('height', tallHeights), field('span', spans)],
    make: ([height, span]) => ({
      kind: 'arch',
      run,
      height: height!,
      span: span!,
      spring: tidy(height! - archHead - span! / 2),
    }),
    read: (thing) => (thing.kind === 'arch' && thing.run === run ? [thing.height, thing.span] : null),
  };
}

function plantWord(form: Exclude<PlantForm, 'pot'>, radii: readonly number[], heights: readonly number[]): Codec {
  return {
    name: form,
    fields: [...place, field('radius', radii), field('height', heights)],
    make: ([x, z, radius, height]) => ({ kind: 'plant', form, x: x!, z: z!, radius: radius!, height: height! }),
    read: (thing) =>
      thing.kind === 'plant' && thing.form === form ? [thing.x, thing.z, thing.radius, thing.height] : null,
    reach: (values) => values[2] ?? radii[0]!,
  };
}

/** On what level a sphere rests whose centre is this high; NaN is on no level. */
function baseOfSphere(centre: number, radius: number): number {
  return bases.find((base) => tidy(base + sphereSeat * radius) === centre) ?? Number.NaN;
}

const codecs: readonly Codec[] = [
  runWord('wall', 'wall', 'x', tallHeights),
  runWord('wall', 'wall', 'z', tallHeights),
  runWord('wall', 'low', 'x', lowHeights),
  runWord('wall', 'low', 'z', lowHeights),
  archWord('x'),
  archWord('z'),
  runWord('colonnade', 'colonnade', 'x', tallHeights),
  runWord('colonnade', 'colonnade', 'z', tallHeights),
  runWord('hedge', 'hedge', 'x', hedgeHeights),
  runWord('hedge', 'hedge', 'z', hedgeHeights),
  {
    name: 'stair',
    fields: [field('half', stairHalves), field('steps', [1, 2, 3, 4]), field('direction', indices(stairDirections))],
    make: ([half, steps, direction]) => ({
      kind: 'stair',
      x: cellMiddle,
      z: cellMiddle,
      half: half!,
      steps: steps!,
      direction: stairDirections[direction!]!,
    }),
    read: (thing) =>
      thing.kind === 'stair' ? [thing.half, thing.steps, stairDirections.indexOf(thing.direction)] : null,
  },
  {
    name: 'plinth',
    fields: [...place, field('half', plinthHalves), field('base', bases), field('height', plinthHeights)],
    make: ([x, z, half, base, height]) => ({ kind: 'plinth', x: x!, z: z!, base: base!, half: half!, height: height! }),
    read: (thing) => (thing.kind === 'plinth' ? [thing.x, thing.z, thing.half, thing.base, thing.height] : null),
    // With its mouldings.
    reach: (values) => (values[2] ?? plinthHalves[0]!) + 0.06,
  },
  {
    name: 'column',
    fields: [...place, field('radius', columnRadii), field('base', bases), field('height', columnHeights)],
    make: ([x, z, radius, base, height]) => ({
      kind: 'column',
      x: x!,
      z: z!,
      base: base!,
      radius: radius!,
      height: height!,
    }),
    read: (thing) => (thing.kind === 'column' ? [thing.x, thing.z, thing.radius, thing.base, thing.height] : null),
    // With base and capital.
    reach: (values) => (values[2] ?? columnRadii[0]!) * 1.45,
  },
  {
    name: 'sphere',
    fields: [...place, field('radius', sphereRadii), field('base', bases)],
    make: ([x, z, radius, base]) => ({
      kind: 'sphere',
      x: x!,
      z: z!,
      centre: tidy(base! + sphereSeat * radius!),
      radius: radius!,
    }),
    read: (thing) =>
      thing.kind === 'sphere' && sphereRadii.includes(thing.radius)
        ? [thing.x, thing.z, thing.radius, baseOfSphere(thing.centre, thing.radius)]
        : null,
    reach: (values) => values[2] ?? sphereRadii[0]!,
  },
  {
    name: 'dome',
    fields: [field('radius', domeRadii), field('base', bases)],
    make: ([radius, base]) => ({ kind: 'sphere', x: cellMiddle, z: cellMiddle, centre: base!, radius: radius! }),
    read: (thing) =>
      thing.kind === 'sphere' && domeRadii.includes(thing.radius) ? [thing.radius, thing.centre] : null,
  },
  {
    name: 'pool',
    fields: [field('reachX', indices(poolReaches)), field('reachZ', indices(poolReaches))],
    make: ([reachX, reachZ]) => {
      const [x0, x1] = poolReaches[reachX!]!;
      const [z0, z1] = poolReaches[reachZ!]!;
      const half = (from: number, to: number): number => tidy((to - from) / 2);
      const middle = (from: number, to: number): number => tidy((from + to) / 2);
      return { kind: 'pool', x: middle(x0, x1), z: middle(z0, z1), halfX: half(x0, x1), halfZ: half(z0, z1) };
    },
    read: (thing) =>
      thing.kind === 'pool' ? [reachIndex(thing.x, thing.halfX), reachIndex(thing.z, thing.halfZ)] : null,
  },
  plantWord('bush', [0.35, 0.5, 0.65], [0.6, 0.9, 1.2]),
  plantWord('cypress', [0.36, 0.48, 0.6], [2.4, 3.2, 4, 5]),
  plantWord('tree', [0.9, 1.2], [3.2, 3.8, 4.4, 5]),
  {
    name: 'pot',
    fields: [...place, field('size', indices(potSizes))],
    make: ([x, z, size]) => {
      const [radius, height] = potSizes[size!]!;
      return { kind: 'plant', form: 'pot', x: x!, z: z!, radius, height };
    },
    read: (thing) =>
      thing.kind === 'plant' && thing.form === 'pot'
        ? [thing.x, thing.z, potSizes.findIndex(([radius]) => radius === thing.radius)]
        : null,
    reach: (values) => potSizes[values[2] ?? 0]![0],
  },
];

function reachIndex(middle: number, half: number): number {
  return poolReaches.findIndex(([from, to]) => tidy(middle - half) === from && tidy(middle + half) === to);
}

/** All words, in the order of their numbers. */
export const words: readonly Word[] = codecs;

/** The most fields that a word has. */
export const mostFields = Math.max(...words.map((word) => word.fields.length));

/**
 * The word and the levels of a thing, indices into `words` and each field's `levels`.
 * @throws Error when the thing is not exactly on the levels; piers and beams are no words.
 */
export function wordOfThing(thing: Thing): { word: number; levels: number[] } {
  for (let word = 0; word < codecs.length; word++) {
    const codec = codecs[word]!;
    const values = codec.read(thing);
    if (!values) continue;
    const levels = codec.fields.map(({ levels: all }, k) => all.indexOf(values[k]!));
    if (!levels.includes(-1) && isSame(thingOfWord(word, levels), thing)) return { word, levels };
  }
  throw new Error(`No word says ${JSON.stringify(thing)}; put its numbers on the levels of words.ts.`);
}

/** The thing that a word with these levels says. @throws Error on a word or level that does not exist. */
export function thingOfWord(word: number, levels: readonly number[]): Thing {
  const codec = codecs[word];
  if (!codec) throw new Error(`There is no word ${word}; the last one is ${codecs.length - 1}.`);
  const values = codec.fields.map(({ name, levels: all }, k) => {
    const value = all[levels[k]!];
    if (value === undefined) throw new Error(`The word "${codec.name}" has no level ${levels[k]} for ${name}.`);
    return value;
  });
  return codec.make(values);
}

/**
 * Whether a level can follow: with it (and some levels after it) the thing stays inside its cell.
 * @param chosen levels of the fields before, @param next a level of the field that comes now
 */
export function levelFits(word: number, chosen: readonly number[], next: number): boolean {
  const codec = codecs[word]!;
  if (!codec.reach) return true;
  const values = [...chosen, next].map((level, k) => codec.fields[k]!.levels[level]!);
  const reach = codec.reach(values);
  return values.slice(0, 2).every((at) => at - reach >= 0 && at + reach <= cellSize);
}

function isSame(a: Thing, b: Thing): boolean {
  const other = b as unknown as Record<string, unknown>;
  return Object.entries(a).every(([key, value]) => other[key] === value);
}

/** Things in the one order that a cell has: by word, then by levels. @throws Error as {@link wordOfThing} */
export function sortThings(things: readonly Thing[]): Thing[] {
  return things
    .map((thing) => ({ thing, ...wordOfThing(thing) }))
    .sort((a, b) => a.word - b.word || compareLevels(a.levels, b.levels))
    .map(({ thing }) => thing);
}

function compareLevels(a: readonly number[], b: readonly number[]): number {
  for (let k = 0; k < a.length; k++) if (a[k] !== b[k]) return a[k]! - b[k]!;
  return 0;
}
