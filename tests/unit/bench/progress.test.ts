import { expect, test } from 'vitest';
import { createProgress } from '../../../src/bench/progress';

function stream(isTTY: boolean, columns = 20) {
  const written: string[] = [];
  return { written, isTTY, columns, write: (text: string) => written.push(text) };
}

test('on a terminal there is one line, written over and cut to its width', () => {
  const out = stream(true);
  const progress = createProgress(out);
  progress.update('one');
  progress.update('a line that is longer than\nthe terminal');
  progress.done();
  progress.done();
  expect(out.written).toEqual(['\r\u001B[2Kone', '\r\u001B[2Ka line that is long', '\n']);
});

test('in a log there are plain lines, a few seconds apart, no line twice, and the last one is never lost', () => {
  let nowMs = 0;
  const out = stream(false);
  const progress = createProgress(out, () => nowMs);
  for (const [atMs, text] of [[0, 'a'], [10, 'b'], [20, 'c'], [5100, 'd'], [12000, 'd'], [12100, 'e']] as const) {
    nowMs = atMs;
    progress.update(text);
  }
  nowMs = 12200;
  progress.update('f');
  progress.done();
  progress.done();
  expect(out.written).toEqual(['a\n', 'd\n', 'e\n', 'f\n']);
});
