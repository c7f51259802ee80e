import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listPackageFiles, readCatalogue } from '../../../scripts/vite-models.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reverie-models-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, content: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
const manifest = (id: string) => JSON.stringify({ id, name: `The ${id}`, description: 'A place.', version: 1 });

test('every folder with a manifest is a world, in alphabetical order; the trainer is none', () => {
  for (const id of ['paint', 'imagine', 'training']) write(`${id}/manifest.json`, manifest(id));
  write('draft/README.md', 'no manifest yet');
  expect(readCatalogue(folder)).toEqual([
    { id: 'imagine', name: 'The imagine', description: 'A place.', manifest: 'models/imagine/manifest.json' },
    { id: 'paint', name: 'The paint', description: 'A place.', manifest: 'models/paint/manifest.json' },
  ]);
});

test('a package ships all its files but hidden ones and Python caches', () => {
  write('paint/manifest.json', manifest('paint'));
  write('paint/paint.onnx', 'x');
  write('paint/parts/one.bin', 'x');
  write('paint/.secret', 'x');
  write('paint/__pycache__/a.pyc', 'x');
  expect(listPackageFiles(folder).sort()).toEqual(['paint/manifest.json', 'paint/paint.onnx', 'paint/parts/one.bin']);
});

test.each([
  ['{ "name": ', /paint\/manifest\.json is not JSON/],
  [manifest('other'), /has the id "other" but lies in the folder "paint"/],
  ['{ "id": "paint", "name": "Paint" }', /has no "description"/],
])('a manifest that the catalogue cannot use is named: %s', (content, message) => {
  write('paint/manifest.json', content);
  expect(() => readCatalogue(folder)).toThrow(message);
});

test('no models folder is an empty catalogue', () => {
  expect(readCatalogue(join(folder, 'nowhere'))).toEqual([]);
});
