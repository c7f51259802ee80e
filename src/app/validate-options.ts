import { hours } from '../../workers/layout/hours';
import { reprojectionModes } from '../reproject/modes';
import { presetChoices } from '../reproject/presets';
import {
  arCuts,
  arForms,
  defaultOptions,
  edgeChoices,
  handChoices,
  opticalChoices,
  paletteChoices,
  qualities,
  shownDebugViews,
  thingChoices,
  toolChoices,
  type Options,
} from './options';

/** Smallest and largest value of every numeric option, ends included; sliders and checks read the same table. */
export const optionLimits = {
  seed: { min: 0, max: 2 ** 31 - 1, whole: true, unit: '' },
  addLatencyMs: { min: 0, max: 5000, whole: false, unit: ' (milliseconds)' },
  latencyJitterMs: { min: 0, max: 2000, whole: false, unit: ' (milliseconds)' },
  stallEveryS: { min: 0, max: 60, whole: false, unit: ' (seconds)' },
  stallMs: { min: 0, max: 10_000, whole: false, unit: ' (milliseconds)' },
  dropPct: { min: 0, max: 90, whole: false, unit: ' (percent)' },
  latencySeed: { min: 0, max: 2 ** 31 - 1, whole: true, unit: '' },
  modelHz: { min: 0.2, max: 120, whole: false, unit: ' (steps a second)' },
  vignette: { min: 0, max: 1, whole: false, unit: '' },
  walkSpeed: { min: 0.2, max: 6, whole: false, unit: ' (metres a second)' },
  seatedHeightM: { min: 0, max: 0.8, whole: false, unit: ' (metres)' },
  arScale: { min: 10, max: 50, whole: false, unit: ' (times smaller)' },
} as const;

/** What one option may be, and how it is written in a URL. */
export type OptionCheck = {
  /** Completes the sentence "<field> must be …". */
  allowed: string;
  accepts: (value: unknown) => boolean;
  /** The value that a URL's text means; anything that `accepts` refuses when it means nothing. */
  fromText: (text: string) => unknown;
};

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function numberCheck(limits: { min: number; max: number; whole: boolean; unit: string }): OptionCheck {
  const { min, max, whole, unit } = limits;
  return {
    allowed: `a ${whole ? 'whole ' : ''}number from ${min} to ${max}${unit}`,
    accepts: (value) => typeof value === 'number' && value >= min && value <= max && (!whole || Number.isInteger(value)),
    // Not Number(text) alone: that reads '' as 0 and '0x10' as 16.
    fromText: (text) => (decimal.test(text.trim()) ? Number(text) : text),
  };
}

function choiceCheck(choices: readonly string[]): OptionCheck {
  return {
    allowed: `one of ${choices.join(', ')}`,
    accepts: (value) => typeof value === 'string' && choices.includes(value),
    fromText: (text) => text,
  };
}

/** A bare `?noui` means yes. */
const switchTexts: Readonly<Record<string, boolean>> = { '': true, '1': true, true: true, '0': false, false: false };

const switchCheck: OptionCheck = {
  allowed: 'true or false',
  accepts: (value) => typeof value === 'boolean',
  fromText: (text) => (Object.hasOwn(switchTexts, text) ? switchTexts[text] : text),
};

const worldCheck: OptionCheck = {
  allowed: 'a world id or the http(s) address of a manifest, without spaces',
  accepts: (value) => {
    if (typeof value !== 'string' || value.length === 0 || value.length > 2048 || /[\s\p{Cc}]/u.test(value)) return false;
    const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(value)?.[1].toLowerCase();
    return scheme === undefined || scheme === 'http' || scheme === 'https';
  },
  fromText: (text) => text,
};

/** One check for every option: the URL, the settings panel and `window.reverie.set` all use this table. */
export const optionChecks: Readonly<Record<keyof Options, OptionCheck>> = {
  world: worldCheck,
  seed: numberCheck(optionLimits.seed),
  reprojection: choiceCheck(reprojectionModes),
  palette: choiceCheck(paletteChoices),
  hour: choiceCheck(hours),
  edges: choiceCheck(edgeChoices),
  debug: choiceCheck(shownDebugViews),
  addLatencyMs: numberCheck(optionLimits.addLatencyMs),
  latencyJitterMs: numberCheck(optionLimits.latencyJitterMs),
  stallEveryS: numberCheck(optionLimits.stallEveryS),
  stallMs: numberCheck(optionLimits.stallMs),
  dropPct: numberCheck(optionLimits.dropPct),
  latencySeed: numberCheck(optionLimits.latencySeed),
  modelHz: numberCheck(optionLimits.modelHz),
  quality: choiceCheck(qualities),
  governor: switchCheck,
  prediction: switchCheck,
  optical: choiceCheck(opticalChoices),
  preset: choiceCheck(presetChoices),
  provider: choiceCheck(['auto', 'webgpu', 'wasm']),
  turn: choiceCheck(['snap', 'smooth']),
  vignette: numberCheck(optionLimits.vignette),
  walkSpeed: numberCheck(optionLimits.walkSpeed),
  seatedHeightM: numberCheck(optionLimits.seatedHeightM),
  hand: choiceCheck(handChoices),
  collide: switchCheck,
  tool: choiceCheck(toolChoices),
  thing: choiceCheck(thingChoices),
  arForm: choiceCheck(arForms),
  arScale: numberCheck(optionLimits.arScale),
  arCut: choiceCheck(arCuts),
  arOcclusion: switchCheck,
  sound: switchCheck,
  captions: switchCheck,
  trace: switchCheck,
  noui: switchCheck,
};

/** All option names, in the order of the defaults. */
export const optionNames = Object.keys(defaultOptions) as (keyof Options)[];

export function isOptionName(name: string): name is keyof Options {
  return Object.hasOwn(optionChecks, name);
}

/** A value as a short piece of a sentence. */
export function showValue(value: unknown): string {
  const text = typeof value === 'string' ? `"${value}"` : typeof value === 'object' && value ? 'an object' : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/**
 * A fresh copy of `partial` with every field checked; fields that are undefined are left out.
 * @throws {RangeError} A sentence that names the first bad or unknown field, what it may be and what it was.
 */
export function validateOptions(partial: Partial<Options>): Partial<Options> {
  if (typeof partial !== 'object' || partial === null) {
    throw new RangeError(`Options must be an object such as { reprojection: 'mesh' }, not ${showValue(partial)}.`);
  }
  const checked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(partial) as [string, unknown][]) {
    if (!isOptionName(name)) {
      throw new RangeError(`There is no option "${name}"; the options are ${optionNames.join(', ')}.`);
    }
    if (value === undefined) continue;
    if (!optionChecks[name].accepts(value)) {
      throw new RangeError(`${name} must be ${optionChecks[name].allowed}, not ${showValue(value)}.`);
    }
    // -0 becomes 0, so that a value survives the trip through a URL.
    checked[name] = typeof value === 'number' ? value + 0 : value;
  }
  return checked as Partial<Options>;
}
