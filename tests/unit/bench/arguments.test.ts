import { expect, test } from 'vitest';
import { parseBenchArguments, UsageError } from '../../../src/bench/arguments';

const names = ['simulator', 'walk', 'reprojection', 'display'];
const parse = (text: string) => parseBenchArguments(text.split(' ').filter(Boolean), names);

test('a suite alone has the defaults', () => {
  expect(parse('reprojection')).toEqual({
    kind: 'run',
    suite: 'reprojection',
    options: { quick: false, seed: 6, json: null, html: null, png: null },
  });
});

test('options stand before or behind the suite, with a space or an equals sign', () => {
  const options = { quick: true, seed: 12, json: 'a.json', html: 'b.html', png: null };
  expect(parse('--quick display --seed 12 --json a.json --html=b.html')).toEqual({ kind: 'run', suite: 'display', options });
  expect(parse('walk --png sheet.png')).toMatchObject({ options: { png: 'sheet.png' } });
});

test('help is asked for in any way', () => {
  for (const text of ['--help', '-h', 'walk --help']) expect(parse(text)).toEqual({ kind: 'help' });
});

test.each([
  ['', /^Which benchmark\? .*simulator, walk, reprojection, display\.$/],
  ['jumping', /"jumping".*simulator, walk, reprojection, display/],
  ['toString', /"toString"/],
  ['walk display', /One benchmark at a time.*"display"/],
  ['walk --fast', /"--fast" is not known.*--quick/],
  ['walk -x', /"-x" is not known/],
  ['walk --toString', /"--toString" is not known/],
  ['walk --no-quick', /"--no-quick" is not known/],
  ['walk --quick=yes', /--quick is a switch.*"yes"/],
  ['walk --seed', /--seed needs a number/],
  ['walk --seed six', /--seed needs a whole number.*"six"/],
  ['walk --seed 1.5', /"1\.5"/],
  ['walk --seed=-1', /"-1"/],
  ['walk --seed 2147483648', /2147483647/],
  ['walk --json', /--json needs a file name/],
  ['walk --json --quick', /--json needs a file name/],
  ['walk --html=', /--html needs a file name/],
  ['display --png a.png', /--png belongs to the benchmark "walk".*--html/],
  ['walk --json a --html a', /--json and --html.*"a"/],
])('"%s" is refused with one sentence', (text, sentence) => {
  expect(() => parse(text)).toThrow(UsageError);
  expect(() => parse(text)).toThrow(sentence);
  expect(() => parse(text)).toThrow(/^[^\n]*[.]$/);
});
