import { expect, test } from 'vitest';
import { parseBenchArguments, UsageError } from '../../../src/bench/arguments';

const names = ['simulator', 'world', 'reprojection', 'display'];
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
  expect(parse('world --png sheet.png')).toMatchObject({ options: { png: 'sheet.png' } });
});

test('help is asked for in any way', () => {
  for (const text of ['--help', '-h', 'world --help']) expect(parse(text)).toEqual({ kind: 'help' });
});

test.each([
  ['', /^Which benchmark\? .*simulator, world, reprojection, display\.$/],
  ['jumping', /"jumping".*simulator, world, reprojection, display/],
  ['toString', /"toString"/],
  ['world display', /One benchmark at a time.*"display"/],
  ['world --fast', /"--fast" is not known.*--quick/],
  ['world -x', /"-x" is not known/],
  ['world --toString', /"--toString" is not known/],
  ['world --no-quick', /"--no-quick" is not known/],
  ['world --quick=yes', /--quick is a switch.*"yes"/],
  ['world --seed', /--seed needs a number/],
  ['world --seed six', /--seed needs a whole number.*"six"/],
  ['world --seed 1.5', /"1\.5"/],
  ['world --seed=-1', /"-1"/],
  ['world --seed 2147483648', /2147483647/],
  ['world --json', /--json needs a file name/],
  ['world --json --quick', /--json needs a file name/],
  ['world --html=', /--html needs a file name/],
  ['display --png a.png', /--png belongs to the benchmark "world".*--html/],
  ['world --json a --html a', /--json and --html.*"a"/],
])('"%s" is refused with one sentence', (text, sentence) => {
  expect(() => parse(text)).toThrow(UsageError);
  expect(() => parse(text)).toThrow(sentence);
  expect(() => parse(text)).toThrow(/^[^\n]*[.]$/);
});
