import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UsageError } from '../../../src/bench/arguments';
import { checkWritable, writeFiles } from '../../../src/bench/output';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'reverie-bench-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const report = {
  suite: 'world',
  machine: { processor: 'cpu', cores: 2, node: 'v24', browser: null, date: '2026-11-22T16:00:00Z' },
  rows: [{ frame: 0, network: { psnrDb: Number.POSITIVE_INFINITY } }],
  summary: { frames: 1, note: '<b>' },
};

test('a file that can be written is left as it was, or not there', () => {
  const path1 = path.join(dir, 'new.json');
  checkWritable('--json', path1);
  expect(existsSync(path1)).toBe(false);
  writeFileSync(path1, 'old');
  checkWritable('--json', path1);
  expect(readFileSync(path1, 'utf8')).toBe('old');
  checkWritable('--json', null);
});

test.each([
  ['missing/a.json', /^--json cannot write to ".*a\.json": its folder does not exist\.$/],
  ['.', /: it is a folder\.$/],
  ['file/a.json', /: a part of its path is a file\.$/],
])('"%s" cannot be written, and a sentence says why', (name, sentence) => {
  writeFileSync(path.join(dir, 'file'), '');
  const attempt = (): void => checkWritable('--json', path.join(dir, name));
  expect(attempt).toThrow(UsageError);
  expect(attempt).toThrow(sentence);
});

test('JSON is exactly the report, infinities are null; any suite has a page', () => {
  const files = { json: path.join(dir, 'r.json'), html: path.join(dir, 'r.html') };
  writeFiles({ report, table: '' }, files);
  expect(JSON.parse(readFileSync(files.json, 'utf8'))).toEqual({ ...report, rows: [{ frame: 0, network: { psnrDb: null } }] });
  const page = readFileSync(files.html, 'utf8');
  expect(page).toContain('<td class="number">∞</td>');
  expect(page).toContain('&lt;b&gt;');
  expect(page).toContain('network · PSNR dB');
});
