import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { defaultOptions } from '../../../../src/app/options';
import { migrations, settingsVersion } from '../../../../src/app/settings/migrations';
import { isSaved, readSettings, savedOptions, writeSettings, type SavedSettings } from '../../../../src/app/settings/saved-settings';
import { optionChecks, optionNames } from '../../../../src/app/validate-options';

const record = (options: unknown, version: unknown = settingsVersion): string => JSON.stringify({ version, options });

describe('what is saved', () => {
  test('is a person’s and a device’s, never a world, an experiment or a way to look behind the picture', () => {
    const never = ['world', 'seed', 'palette', 'hour', 'debug', 'trace', 'noui', 'optical', 'modelHz', 'governor', 'prediction'];
    const injected = ['addLatencyMs', 'latencyJitterMs', 'stallEveryS', 'stallMs', 'dropPct', 'latencySeed'];
    expect(optionNames.filter((name) => !isSaved(name)).toSorted()).toEqual([...never, ...injected].toSorted());
  });

  test('comes back as it was, and a default is left to whoever may better it', () => {
    const settings: SavedSettings = { turn: 'smooth', walkSpeed: 2.5, hand: 'left', sound: false, vignette: defaultOptions.vignette };
    expect(readSettings(writeSettings(settings))).toEqual({
      options: { turn: 'smooth', walkSpeed: 2.5, hand: 'left', sound: false },
      problems: [],
    });
    expect(JSON.parse(writeSettings({ ...defaultOptions }))).toEqual({ version: settingsVersion, options: {} });
  });

  test('nothing saved is nothing wrong', () => {
    expect(readSettings(null)).toEqual({ options: {}, problems: [] });
  });
});

describe('a record that is not as it should be', () => {
  test('loses the bad field, with a sentence that names it, and keeps the others', () => {
    const { options, problems } = readSettings(record({ turn: 'smooth', walkSpeed: 'fast', vignette: 7, hand: 'left' }));
    expect(options).toEqual({ turn: 'smooth', hand: 'left' });
    expect(problems).toHaveLength(2);
    expect(problems.join(' ')).toMatch(/vignette must be a number from 0 to 1, not 7/);
    expect(problems.join(' ')).toMatch(/walkSpeed must be a number from 0.2 to 6.*, not "fast"/);
  });

  test('brings in nothing that is not saved: no world, no unknown field', () => {
    const odd = record({ world: 'https://elsewhere.example/manifest.json', noui: true, addLatencyMs: 4000, wings: 2, captions: true });
    expect(readSettings(odd)).toEqual({ options: { captions: true }, problems: [] });
  });

  test.each([
    ['not JSON', '{"version":1,'],
    ['a list', '[1]'],
    ['no options', '{"version":1}'],
    ['a strange version', record({ turn: 'smooth' }, 'one')],
    ['a newer version', record({ turn: 'smooth' }, settingsVersion + 1)],
  ])('%s is said in one sentence, and the defaults hold', (_, text) => {
    const { options, problems } = readSettings(text);
    expect(options).toEqual({});
    expect(problems).toEqual([expect.stringMatching(/^The saved settings .*\.$/)]);
  });

  test('any text at all gives options that are allowed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.dictionary(fc.constantFrom(...savedOptions), fc.jsonValue()).map((o) => record(o))), (text) => {
        for (const [name, value] of Object.entries(readSettings(text).options)) {
          expect(optionChecks[name as keyof typeof optionChecks].accepts(value)).toBe(true);
        }
      }),
    );
  });
});

describe('older records', () => {
  test('there is a migration from each older version', () => {
    expect(migrations).toHaveLength(settingsVersion);
  });

  test('without a version: the options by themselves, with names of their own for hand and seat', () => {
    const old = JSON.stringify({ turn: 'smooth', walkSpeed: 3, leftHanded: true, seated: true });
    expect(readSettings(old)).toEqual({ options: { turn: 'smooth', walkSpeed: 3, hand: 'left', seatedHeightM: 0.4 }, problems: [] });
    const right = JSON.stringify({ leftHanded: false, seated: false });
    expect(readSettings(right)).toEqual({ options: { hand: 'right', seatedHeightM: 0 }, problems: [] });
  });

  test('a migrated field is checked as any other', () => {
    const { options, problems } = readSettings(JSON.stringify({ version: 0, turn: 'sideways', leftHanded: 'yes', quality: 'high' }));
    expect(options).toEqual({ quality: 'high' });
    expect(problems).toEqual([expect.stringContaining('turn must be one of snap, smooth, not "sideways"')]);
  });
});
