import { defaultOptions, type Options } from '../options';
import { optionChecks, showValue } from '../validate-options';
import { migrations, settingsVersion, type StoredRecord } from './migrations';

/**
 * What a browser remembers of its visitor: who they are (comfort, hands, ears) and what their device can do. Left out is
 * what belongs to one visit (world, seed, palette, hour), what is an experiment (added latency, stalls, the governor's
 * and prediction's switches, the model's rate, the optical patch) and what a link or a script wants (debug views, trace,
 * noui): nobody shall find the page strange today because of what was tried yesterday.
 */
export const savedOptions = [
  // The body: what is comfortable for one person stays so.
  'turn',
  'vignette',
  'walkSpeed',
  'seatedHeightM',
  'hand',
  'collide',
  // What the hands do.
  'tool',
  'thing',
  // The room: its table and its wall are there tomorrow as well.
  'arForm',
  'arScale',
  'arCut',
  'arOcclusion',
  // The ears.
  'sound',
  'captions',
  // The device: how much it draws, and what it computes with.
  'reprojection',
  'edges',
  'quality',
  'preset',
  'provider',
] as const satisfies readonly (keyof Options)[];

export type SavedOption = (typeof savedOptions)[number];
export type SavedSettings = Partial<Pick<Options, SavedOption>>;

export function isSaved(name: string): name is SavedOption {
  return (savedOptions as readonly string[]).includes(name);
}

/** What a stored text means, and one sentence for everything in it that could not be used. Never throws. */
export type ReadSettings = { options: SavedSettings; problems: string[] };

/** @param text as {@link writeSettings} made it, today or in an older version; null: nothing was saved */
export function readSettings(text: string | null): ReadSettings {
  if (text === null) return { options: {}, problems: [] };
  const record = parse(text);
  if (!isRecord(record)) return nothing('The saved settings cannot be read; the page begins with its defaults.');
  const version = record.version ?? 0;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 0) {
    return nothing(`The saved settings say version ${showValue(version)}, which is none; the page begins with its defaults.`);
  }
  if (version > settingsVersion) {
    return nothing('The saved settings are from a newer Reverie; they are not used here, and replaced once you change one.');
  }
  let current = record;
  for (let from = version; from < settingsVersion; from++) current = migrations[from]!(current);
  if (!isRecord(current.options)) return nothing('The saved settings hold no options; the page begins with its defaults.');
  return checked(current.options);
}

/** The record that {@link readSettings} reads. Only what is saved and not a default: a better default reaches everybody. */
export function writeSettings(options: SavedSettings): string {
  const kept = savedOptions.filter((name) => options[name] !== undefined && options[name] !== defaultOptions[name]);
  return JSON.stringify({ version: settingsVersion, options: Object.fromEntries(kept.map((name) => [name, options[name]])) });
}

function checked(values: Record<string, unknown>): ReadSettings {
  const options: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of savedOptions) {
    const value = values[name];
    if (value === undefined) continue;
    if (optionChecks[name].accepts(value)) options[name] = value;
    else problems.push(`The saved ${name} must be ${optionChecks[name].allowed}, not ${showValue(value)}; it was left out.`);
  }
  return { options: options as SavedSettings, problems };
}

function nothing(problem: string): ReadSettings {
  return { options: {}, problems: [problem] };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is StoredRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
