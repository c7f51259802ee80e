import { describe, expect, test } from 'vitest';
import { LogError, parseLog, type LogColumns } from '../../../../src/bench/optical/csv-log';

const none: LogColumns = { timeColumn: null, timeUnit: null, levelColumn: null, onsetColumn: null };
const parse = (text: string, wish: Partial<LogColumns> = {}): ReturnType<typeof parseLog> => parseLog(text, 'log.csv', { ...none, ...wish });

test.each([
  ['time_us,level\n0,1\n1500,2\n', {}, [0, 1.5]],
  ['Time (s);Brightness\n0;1\n0.0015;2', {}, [0, 1.5]],
  ['# scope\n"t [ms]"\t"photodiode A"\r\n0\t1\r\n1.5\t2\r\n', {}, [0, 1.5]],
  ['level,timestamp_ns\n1,0\n2,1500000\n', {}, [0, 1.5]],
  ['0,1\n0.0015,2\n', { timeUnit: 's' }, [0, 1.5]],
  ['n,a,b\n0,0,1\n1,1.5,2\n', { timeColumn: 'A', levelColumn: '3', timeUnit: 'ms' }, [0, 1.5]],
] as const)('%j is read with %j', (text, wish, timesMs) => {
  const { light } = parse(text, wish);
  expect(Array.from(light.timesMs)).toEqual(timesMs);
  expect(Array.from(light.levels)).toEqual([1, 2]);
});

test('an onset column is taken by its name, or by the one that is asked for', () => {
  const text = 'time_ms,level,onset,ttl\n0,1,5,7\n1,2,6,8\n';
  expect(parse(text)).toMatchObject({ onsetName: 'onset', onset: { levels: Float64Array.from([5, 6]) } });
  expect(parse(text, { onsetColumn: 'ttl' })).toMatchObject({ onsetName: 'ttl', onset: { levels: Float64Array.from([7, 8]) } });
  expect(parse('time_ms,level\n0,1\n1,2\n').onset).toBeNull();
});

describe('a log that cannot be read is refused with the line and the column', () => {
  test.each([
    ['', {}, 'log.csv is empty'],
    ['5\n6\n', {}, 'log.csv, line 1: "5" has one column'],
    ['time_ms,level\n0,1\n1,x\n', {}, 'log.csv, line 3: "level" is "x", not a number.'],
    ['time_ms;level\n0;1\n1;2,5\n', {}, 'line 3: "level" is "2,5", not a number. Write decimals with a point.'],
    ['time_ms,level\n0,1\n\n# pause\n1\n', {}, 'log.csv, line 5: "level" is missing; the line has 1 columns.'],
    ['time_ms,level\n5,1\n5,1\n', {}, 'log.csv, line 3: its time (5) is not after that of the line before.'],
    ['time,level\n0,1\n1,1\n', {}, 'log.csv has a time column "time", which does not tell the unit of its times. Give --time-unit'],
    ['0,1\n1,1\n', {}, 'log.csv has no line of names that could tell the unit of its times. Give --time-unit'],
    ['0,1\n1,1\n', { timeUnit: 'h' }, '--time-unit "h" is not known; it is s, ms, us or ns.'],
    ['time_ms,level\n0,1\n1,1\n', { onsetColumn: 'led' }, 'log.csv has no column "led" (--onset); its columns are "time_ms", "level".'],
    ['0,1\n1,1\n', { levelColumn: '3' }, 'log.csv has no column "3" (--level); its columns are 1 to 2, without names.'],
    ['time_ms,level\n0,1\n', {}, 'log.csv has 1 lines with numbers'],
  ] as const)('%j', (text, wish, sentence) => {
    expect(() => parse(text, wish)).toThrow(LogError);
    expect(() => parse(text, wish)).toThrow(sentence);
  });
});
