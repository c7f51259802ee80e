import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultOptions, type Options } from '../../../src/app/options';
import { optionChecks, optionLimits, optionNames, validateOptions } from '../../../src/app/validate-options';

/** For every field: values that are taken, and values that are not. */
const examples: { [K in keyof Options]: { good: Options[K][]; bad: unknown[] } } = {
  world: {
    good: ['courtyard-sim', 'https://example.org/w/manifest.json', './models/x/manifest.json', 'x'.repeat(2048)],
    bad: ['', 'two words', 'javascript:alert(1)', 'data:text/json,{}', 'a\nb', 7, null, 'x'.repeat(2049)],
  },
  seed: { good: [0, 7, 2 ** 31 - 1], bad: [-1, 2 ** 31, 1.5, NaN, Infinity, '7', null] },
  palette: { good: ['auto', 'sand', 'violet-dusk', 'rose'], bad: ['violet dusk', 'Sand', '', 3, null] },
  hour: { good: ['auto', 'day', 'dusk'], bad: ['night', 'Dusk', '', 18, null] },
  reprojection: { good: ['off', 'rotation', 'quad', 'mesh', 'layers'], bad: ['Mesh', 'splat', '', 1, true] },
  edges: { good: ['hard', 'soft'], bad: ['smooth', '', false] },
  // 'source' is for measuring, not for looking.
  debug: { good: ['none', 'holes', 'layer', 'cuts', 'depth', 'age'], bad: ['source', 'hole', '', 1, null] },
  addLatencyMs: { good: [0, 0.5, 5000], bad: [-1, 5001, NaN, Infinity, '100'] },
  latencyJitterMs: { good: [0, 12.5, 2000], bad: [-1, 2001, NaN, Infinity, '20'] },
  stallEveryS: { good: [0, 0.5, 60], bad: [-1, 61, NaN, '5'] },
  stallMs: { good: [0, 1000, 10_000], bad: [-1, 10_001, NaN, null] },
  dropPct: { good: [0, 12.5, 90], bad: [-1, 91, 100, NaN, '10'] },
  latencySeed: { good: [0, 1, 2 ** 31 - 1], bad: [-1, 2 ** 31, 1.5, NaN, '1'] },
  modelHz: { good: [0.2, 30, 120], bad: [0, 0.19, 121, NaN, '30'] },
  quality: { good: ['auto', 'low', 'medium', 'high'], bad: ['ultra', '', 2] },
  governor: { good: [true, false], bad: ['on', 1, null] },
  prediction: { good: [true, false], bad: ['off', 0, null] },
  optical: { good: ['off', 'head', 'trigger', 'model'], bad: ['on', 'Head', '', false] },
  preset: { good: ['auto', 'standalone', 'tethered', 'desktop'], bad: ['quest', '', null] },
  provider: { good: ['auto', 'webgpu', 'wasm'], bad: ['cpu', 'WebGPU', null] },
  turn: { good: ['snap', 'smooth'], bad: ['instant', true] },
  vignette: { good: [0, 0.5, 1], bad: [-0.1, 1.1, NaN, '0.5'] },
  walkSpeed: { good: [0.2, 1.6, 6], bad: [0, 0.1, 6.1, Infinity, '1'] },
  seatedHeightM: { good: [0, 0.4, 0.8], bad: [-0.1, 0.81, NaN, '0.4'] },
  hand: { good: ['right', 'left'], bad: ['both', 'Right', ''] },
  collide: { good: [true, false], bad: ['on', 1, null] },
  tool: { good: ['throw', 'move'], bad: ['teleport', '', null] },
  thing: { good: ['ball', 'cube'], bad: ['cat', '', 1] },
  arForm: { good: ['window', 'diorama', 'overlay'], bad: ['portal', 'Window', '', null] },
  arScale: { good: [10, 20, 50], bad: [9, 51, NaN, '20'] },
  arCut: { good: ['disc', 'box'], bad: ['round', '', null] },
  arOcclusion: { good: [true, false], bad: ['on', 1, null] },
  sound: { good: [true, false], bad: ['off', 0, null] },
  captions: { good: [true, false], bad: ['on', 1, null] },
  trace: { good: [true, false], bad: ['true', 1, null] },
  noui: { good: [true, false], bad: ['', 0, null] },
};

describe('validateOptions', () => {
  it('has a check and an example for every option', () => {
    expect(Object.keys(optionChecks).sort()).toEqual(Object.keys(defaultOptions).sort());
    expect(Object.keys(examples).sort()).toEqual(Object.keys(defaultOptions).sort());
  });

  it('takes the defaults and gives back a copy', () => {
    expect(validateOptions(defaultOptions)).toEqual(defaultOptions);
    expect(validateOptions(defaultOptions)).not.toBe(defaultOptions);
  });

  it.each(optionNames)('takes every allowed %s', (name) => {
    for (const value of examples[name].good) expect(validateOptions({ [name]: value })).toEqual({ [name]: value });
  });

  it.each(optionNames)('refuses a bad %s with a RangeError that names it and says what is allowed', (name) => {
    for (const value of examples[name].bad) {
      const check = () => validateOptions({ [name]: value } as Partial<Options>);
      expect(check).toThrow(RangeError);
      expect(check).toThrow(`${name} must be ${optionChecks[name].allowed}, not `);
    }
  });

  it('refuses an unknown field and something that is no object', () => {
    expect(() => validateOptions({ fog: 1 } as Partial<Options>)).toThrow('There is no option "fog"');
    expect(() => validateOptions(JSON.parse('{"__proto__": 1}'))).toThrow(RangeError);
    expect(() => validateOptions(null as unknown as Partial<Options>)).toThrow(RangeError);
    expect(() => validateOptions('mesh' as unknown as Partial<Options>)).toThrow(RangeError);
  });

  it('leaves out fields that are undefined', () => {
    expect(validateOptions({ seed: undefined, turn: 'smooth' })).toEqual({ turn: 'smooth' });
  });

  it('takes any number within its limits and none outside', () => {
    for (const name of ['addLatencyMs', 'latencyJitterMs', 'stallEveryS', 'stallMs', 'dropPct', 'modelHz', 'vignette', 'walkSpeed'] as const) {
      const { min, max } = optionLimits[name];
      fc.assert(
        fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), (value) => {
          expect(optionChecks[name].accepts(value)).toBe(value >= min && value <= max);
        }),
      );
    }
  });
});
