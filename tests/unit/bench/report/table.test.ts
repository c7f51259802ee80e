import { expect, test } from 'vitest';
import { fixed, flatten, plain, signed, words } from '../../../../src/bench/report/format';
import { columnsOf, summaryTable } from '../../../../src/bench/report/generic-page';
import { htmlTable, textTable, type Column } from '../../../../src/bench/report/table';

type Row = { name: string; value: number };
const columns: Column<Row>[] = [
  { name: 'name', words: true, cell: (row) => row.name },
  { name: 'dB', cell: (row) => fixed(row.value, 2) },
];

test('columns of a terminal table line up: words on the left, numbers on the right', () => {
  const rows = [{ name: 'layers', value: 32.954 }, { name: 'a', value: -1.5 }, { name: 'π × 85°', value: Number.NaN }];
  expect(textTable(columns, rows)).toBe(
    ['name        dB', '-------  -----', 'layers   32.95', 'a        −1.50', 'π × 85°      –'].join('\n'),
  );
});

test('a cell with a line break stays in its line', () => {
  expect(textTable(columns, [{ name: 'two\nlines', value: 1 }]).split('\n')).toHaveLength(3);
});

test('a table without rows is its head', () => {
  expect(textTable(columns, []).split('\n')).toEqual(['name  dB', '----  --']);
});

test('cells of a page table are escaped, and our rows stand out', () => {
  const text = htmlTable(columns, [{ name: '<b>&', value: 1 }], () => true).text;
  expect(text).toContain('<td class="words">&lt;b&gt;&amp;</td>');
  expect(text).toContain('<tr class="ours">');
});

test('numbers for people', () => {
  expect([fixed(-0.001, 2), fixed(-1.005, 1), fixed(null, 2), fixed(Number.NaN, 1), fixed(Number.POSITIVE_INFINITY, 1)]).toEqual(
    ['0.00', '−1.0', '–', '–', '∞'],
  );
  expect([signed(1.25, 1), signed(-1.25, 2), signed(0.001, 2), signed(null, 2)]).toEqual(['+1.3', '−1.25', '0.00', '–']);
  expect([plain(3), plain(0.12345), plain(1234.56), plain(true), plain([1, 2])]).toEqual(['3', '0.1235', '1234.6', 'yes', '[1,2]']);
  expect([words('stepMsP50'), words('network.psnrDb'), words('depthErrorMedian')]).toEqual([
    'step ms p50',
    'network · PSNR dB',
    'depth error median',
  ]);
});

test('nested summaries become one list, and rows with different fields one table', () => {
  expect(flatten({ a: { b: 1, c: { d: null } }, e: [1] })).toEqual({ 'a.b': 1, 'a.c.d': null, e: [1] });
  expect(columnsOf([{ a: 1 }, { b: 'x', a: 2 }]).map(({ name, words: isWords }) => [name, isWords])).toEqual([
    ['a', false],
    ['b', true],
  ]);
  expect(summaryTable({ network: { psnrDb: 30.331 } })).toContain('network · PSNR dB  30.33');
});
