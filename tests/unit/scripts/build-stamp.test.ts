import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashInputs, isBuildFresh } from '../../../scripts/build-stamp.mjs';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reverie-stamp-'));
  mkdirSync(join(root, 'src'));
  mkdirSync(join(root, 'models/training'), { recursive: true });
  writeFileSync(join(root, 'src/main.tsx'), 'one');
});
afterEach(() => rmSync(root, { recursive: true }));

test('the stamp changes with the content and with the name of a source', () => {
  const before = hashInputs(root);
  writeFileSync(join(root, 'src/main.tsx'), 'two');
  const edited = hashInputs(root);
  renameSync(join(root, 'src/main.tsx'), join(root, 'src/boot.tsx'));
  expect(new Set([before, edited, hashInputs(root)]).size).toBe(3);
});

test('the stamp does not change with the training code, nor by writing the same again', () => {
  const before = hashInputs(root);
  writeFileSync(join(root, 'models/training/train.py'), 'print()');
  writeFileSync(join(root, 'src/main.tsx'), 'one');
  expect(hashInputs(root)).toBe(before);
});

test('without a build, nothing is fresh', () => {
  expect(isBuildFresh(root)).toBe(false);
});
