import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../../src/bench/arguments';
import { help, parseOpticalArguments } from '../../../../src/bench/optical/arguments';
import { runOptical } from '../../../../src/bench/optical/run';

const parse = (line: string): ReturnType<typeof parseOpticalArguments> => parseOpticalArguments(line.split(' '));

test('a log needs nothing but its name; everything else has a default', () => {
  expect(parse('--log a.csv')).toEqual({
    light: { kind: 'log', file: 'a.csv', timeColumn: null, timeUnit: null, levelColumn: null, onsetColumn: null },
    onsets: null, trace: null, source: null, clockOffsetMs: null,
    at: 0.5, onsetAt: 0.5, onsetEdge: 'rising', windowMs: 50, minHoldMs: 100, minMs: 0, maxMs: 1000, json: null,
  });
});

test('a video with everything', () => {
  const line = '--frames f --fps 239.8 --patch 1,2,3,4 --onset-mark=5,6,7,8 --trace t.json --source head --clock-offset-ms -5.5 ' +
    '--latency-ms 10,400 --at 5 --onset-at 5 --onset-edge both --window-ms 30 --min-hold-ms 80 --json o.json';
  expect(parse(line)).toEqual({
    light: { kind: 'frames', folder: 'f', fps: 239.8, patch: { x: 1, y: 2, width: 3, height: 4 }, onsetMark: { x: 5, y: 6, width: 7, height: 8 } },
    onsets: null, trace: 't.json', source: 'head', clockOffsetMs: -5.5,
    at: 0.05, onsetAt: 0.05, onsetEdge: 'both', windowMs: 30, minHoldMs: 80, minMs: 10, maxMs: 400, json: 'o.json',
  });
});

describe('a wrong call is one sentence that names the option', () => {
  test.each([
    ['--at 5', 'Which recording? Give --log FILE or --frames FOLDER'],
    ['--log a --frames b', '--log and --frames are two recordings; give one.'],
    ['--frames f --patch 1,2,3,4', '--frames needs --fps N and --patch X,Y,W,H'],
    ['--log a --fps 240', '--fps does not go with --log'],
    ['--frames f --fps 240 --patch 1,2,3,4 --level x', '--level does not go with --frames'],
    ['--frames f --fps 0 --patch 1,2,3,4', '--fps needs a number above 0, not "0".'],
    ['--frames f --fps 240 --patch 1,2,0,4', '--patch needs four whole numbers X,Y,W,H with a width and a height, not "1,2,0,4".'],
    ['--frames f --fps 240 --patch 1,2,3', '--patch needs four whole numbers X,Y,W,H, not "1,2,3".'],
    ['--log a --onsets 5 --onset c', '--onsets and --onset both say when the onsets were; give one.'],
    ['--log a --onsets trace', '--onsets trace needs --trace FILE.'],
    ['--log a --onsets trace --trace t', 'the clocks hide exactly the latency that is asked for'],
    ['--log a --source head', '--source needs --trace FILE.'],
    ['--log a --latency-ms 50,20', '--latency-ms needs a smaller number from 0 on, then a larger one, not "50,20".'],
    ['--log a --at 100', '--at needs a number between 0 and 100, not "100".'],
    ['--log a --onset-edge up', '--onset-edge is rising, falling or both, not "up".'],
    ['--log --json x', '--log needs a value after it'],
    ['--log a --speed 5', 'The option "--speed" is not known; see --help.'],
    ['--log a b', '"b" belongs to no option; see --help.'],
  ])('%s', (line, sentence) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(sentence);
  });
});

test('help is help, whatever else is asked for, and names every option', () => {
  expect(runOptical(['--log', 'none.csv', '--help'])).toBe(help);
  for (const name of ['--log', '--frames', '--onset-mark', '--onsets', '--trace', '--clock-offset-ms', '--json']) expect(help).toContain(name);
});
