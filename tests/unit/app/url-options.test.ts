import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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
} from '../../../src/app/options';
import { parseUrlOptions, toUrlSearch } from '../../../src/app/url-options';
import { optionLimits, optionNames } from '../../../src/app/validate-options';
import { reprojectionModes } from '../../../src/reproject/modes';
import { presetChoices } from '../../../src/reproject/presets';
import { hours } from '../../../workers/layout/hours';

const numberIn = ({ min, max }: { min: number; max: number }) => fc.double({ min, max, noNaN: true });

const anyOptions: fc.Arbitrary<Options> = fc.record({
  world: fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
    fc.webUrl({ withQueryParameters: true, withFragments: true, validSchemes: ['http', 'https'] }),
  ),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  palette: fc.constantFrom(...paletteChoices),
  hour: fc.constantFrom(...hours),
  reprojection: fc.constantFrom(...reprojectionModes),
  edges: fc.constantFrom(...edgeChoices),
  debug: fc.constantFrom(...shownDebugViews),
  addLatencyMs: numberIn(optionLimits.addLatencyMs),
  latencyJitterMs: numberIn(optionLimits.latencyJitterMs),
  stallEveryS: numberIn(optionLimits.stallEveryS),
  stallMs: numberIn(optionLimits.stallMs),
  dropPct: numberIn(optionLimits.dropPct),
  latencySeed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
  modelHz: numberIn(optionLimits.modelHz),
  quality: fc.constantFrom(...qualities),
  governor: fc.boolean(),
  prediction: fc.boolean(),
  optical: fc.constantFrom(...opticalChoices),
  preset: fc.constantFrom(...presetChoices),
  provider: fc.constantFrom('auto', 'webgpu', 'wasm'),
  turn: fc.constantFrom('snap', 'smooth'),
  vignette: numberIn(optionLimits.vignette),
  walkSpeed: numberIn(optionLimits.walkSpeed),
  seatedHeightM: numberIn(optionLimits.seatedHeightM),
  hand: fc.constantFrom(...handChoices),
  collide: fc.boolean(),
  tool: fc.constantFrom(...toolChoices),
  thing: fc.constantFrom(...thingChoices),
  arForm: fc.constantFrom(...arForms),
  arScale: numberIn(optionLimits.arScale),
  arCut: fc.constantFrom(...arCuts),
  arOcclusion: fc.boolean(),
  sound: fc.boolean(),
  captions: fc.boolean(),
  trace: fc.boolean(),
  noui: fc.boolean(),
});

describe('URL options', () => {
  it('come back unchanged from a URL, whatever they are', () => {
    fc.assert(
      fc.property(anyOptions, (options) => {
        const { options: back, problems } = parseUrlOptions(toUrlSearch(options));
        expect(problems).toEqual([]);
        // + 0: a URL knows no negative zero.
        const wanted = Object.fromEntries(Object.entries(options).map(([k, v]) => [k, typeof v === 'number' ? v + 0 : v]));
        expect({ ...defaultOptions, ...back }).toEqual(wanted);
      }),
    );
  });

  it('write only what differs from the defaults', () => {
    expect(toUrlSearch(defaultOptions)).toBe('');
    expect(toUrlSearch({})).toBe('');
    expect(toUrlSearch({ ...defaultOptions, seed: 12, reprojection: 'off' })).toBe('?seed=12&reprojection=off');
    expect(toUrlSearch({ noui: true, trace: false })).toBe('?noui=true');
  });

  it('refuse to write a value that could not be read', () => {
    expect(() => toUrlSearch({ seed: -1 })).toThrow(/^seed must be/);
  });

  it('are read with and without the question mark', () => {
    const search = 'world=courtyard-sim&seed=3&addLatencyMs=250&turn=smooth&vignette=0';
    const options = { world: 'courtyard-sim', seed: 3, addLatencyMs: 250, turn: 'smooth', vignette: 0 };
    expect(parseUrlOptions(search)).toEqual({ options, problems: [] });
    expect(parseUrlOptions(`?${search}`)).toEqual({ options, problems: [] });
    expect(parseUrlOptions('')).toEqual({ options: {}, problems: [] });
  });

  it('read a bare switch as yes', () => {
    expect(parseUrlOptions('?noui&trace=0').options).toEqual({ noui: true, trace: false });
    expect(parseUrlOptions('?noui=1&trace=false').options).toEqual({ noui: true, trace: false });
  });

  const bad: { [K in keyof Options]: string[] } = {
    world: ['', 'two words', 'javascript:alert(1)'],
    seed: ['', '-1', '1.5', '0x10', '2147483648', 'seven'],
    palette: ['', 'Teal', 'violet_dusk', 'mauve'],
    hour: ['', 'night', '18:00'],
    reprojection: ['', 'Mesh', 'splat'],
    edges: ['', 'smooth'],
    debug: ['', '1', 'source', 'Holes'],
    addLatencyMs: ['', '-5', '5001', '100ms', 'NaN', 'Infinity'],
    latencyJitterMs: ['', '-1', '2001', '20ms'],
    stallEveryS: ['', '-1', '61', '5s'],
    stallMs: ['', '-1', '10001', 'NaN'],
    dropPct: ['', '-1', '91', '10%25'],
    latencySeed: ['', '-1', '1.5', '2147483648'],
    modelHz: ['0', '121', '30fps'],
    quality: ['best'],
    governor: ['on', '2'],
    prediction: ['off', '2'],
    optical: ['', '1', 'Head', 'photodiode'],
    preset: ['quest3'],
    provider: ['cpu'],
    turn: ['30'],
    vignette: ['1.5', '50%25'],
    walkSpeed: ['0', '99'],
    seatedHeightM: ['', '-0.1', '0.9', '40cm'],
    hand: ['', 'Left', 'both'],
    collide: ['on', '2'],
    tool: ['', 'teleport'],
    thing: ['', 'Ball', 'cat'],
    arForm: ['', 'Window', 'portal'],
    arScale: ['', '9', '51', '1:20'],
    arCut: ['', 'round'],
    arOcclusion: ['on', '2'],
    sound: ['off', '2'],
    captions: ['on', '2'],
    trace: ['yes', '2', 'toString'],
    noui: ['no'],
  };

  it.each(optionNames)('ignore a bad %s with a sentence that names it, its value and what is allowed', (name) => {
    const [other, otherValue] = name === 'seed' ? ['modelHz', 12] : ['seed', 3];
    for (const text of bad[name]) {
      const { options, problems } = parseUrlOptions(`?${name}=${text}&${other}=${otherValue}`);
      expect({ text, options }).toEqual({ text, options: { [other]: otherValue } });
      expect(problems).toHaveLength(1);
      expect(problems[0]).toContain(`${name} in the address must be `);
      expect(problems[0]).toContain(`not "${decodeURIComponent(text)}"; it was ignored.`);
    }
  });

  it('name an option that does not exist, and the spelling that was meant', () => {
    const { options, problems } = parseUrlOptions('?addlatencyms=5&fog=1&__proto__=1');
    expect(options).toEqual({});
    expect(problems).toHaveLength(3);
    expect(problems[0]).toContain('write it addLatencyMs');
    expect(problems[1]).toContain('"fog"');
  });

  it('pass over parameters that belong to somebody else', () => {
    expect(parseUrlOptions('?emulate=quest3', ['emulate'])).toEqual({ options: {}, problems: [] });
  });

  it('use the first of two values and say so', () => {
    const { options, problems } = parseUrlOptions('?seed=1&seed=2');
    expect(options).toEqual({ seed: 1 });
    expect(problems).toEqual([expect.stringContaining('seed more than once')]);
  });

  it('never throw and never give a bad value, whatever the address says', () => {
    const text = fc.oneof(fc.string(), fc.double().map(String), fc.constantFrom('true', '1e999', '-0', '+5', '.5', '%', '%E0%A4%A'));
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...optionNames), text), { maxLength: 6 }), (pairs) => {
        const { options, problems } = parseUrlOptions(`?${pairs.map(([name, value]) => `${name}=${value}`).join('&')}`);
        expect(() => toUrlSearch(options)).not.toThrow();
        for (const sentence of problems) expect(sentence).toMatch(/\.$/);
      }),
    );
  });
});
