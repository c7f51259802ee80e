import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser';
import { waitForStats } from './wait';

const packageFolder = join(import.meta.dirname, '../fixtures/tiny-world');

/** Serves the tiny world under /models/broken/, with some files replaced (null: missing). */
async function serveBroken(page: Page, replaced: Record<string, Buffer | string | null>): Promise<void> {
  await page.route((url) => url.pathname.startsWith('/models/broken/'), async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').pop()!;
    const body = file in replaced ? replaced[file] : readFileSync(join(packageFolder, file));
    if (body === null || body === undefined) await route.fulfill({ status: 404, body: 'not here' });
    else await route.fulfill({ status: 200, body });
  });
}

type JsonObject = Record<string, unknown>;
const manifest = (): JsonObject => JSON.parse(readFileSync(join(packageFolder, 'manifest.json'), 'utf8')) as JsonObject;
const graphFile = (): string => (manifest()['graphs'] as { step: { file: string } }).step.file;

function wrongShape(): string {
  const json = manifest();
  const outputs = json['outputs'] as Record<string, { meaning: string; shape: number[] }>;
  const rgb = Object.values(outputs).find((output) => output.meaning === 'rgb')!;
  rgb.shape = [1, 3, 7, 9];
  return JSON.stringify(json);
}

/** A file that was cut before it was published: the manifest agrees with it, so only the runtime can refuse it. */
function publishedTruncated(): Record<string, Buffer | string> {
  const cut = readFileSync(join(packageFolder, graphFile())).subarray(0, 2500);
  const json = manifest();
  const { step } = json['graphs'] as { step: { bytes: number; sha256: string } };
  step.bytes = cut.length;
  step.sha256 = createHash('sha256').update(cut).digest('hex');
  return { 'manifest.json': JSON.stringify(json), [graphFile()]: cut };
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test.each([
  ['a missing file', () => ({ [graphFile()]: null }), () => graphFile()],
  ['a wrong shape', () => ({ 'manifest.json': wrongShape() }), () => 'shape'],
  [
    'truncated ONNX bytes',
    () => ({ [graphFile()]: readFileSync(join(packageFolder, graphFile())).subarray(0, 700) }),
    () => graphFile(),
  ],
  ['truncated ONNX bytes that agree with their manifest', publishedTruncated, () => graphFile()],
  ['a manifest that is no JSON', () => ({ 'manifest.json': '<!doctype html><p>oops' }), () => 'manifest.json'],
])('a package with %s gives one clear sentence and the simulator keeps running', async (_what, replaced, named) => {
  const visit = await openPage(browser, {
    path: '/?world=/models/broken/manifest.json',
    viewport: { width: 480, height: 300 },
    prepare: (page) => serveBroken(page, replaced()),
  });
  const stats = await waitForStats(visit.page, 'the error', (s) => s.errors.length > 0, 60_000);
  expect(stats.errors).toHaveLength(1);
  const [sentence] = stats.errors;
  console.log(`  ${sentence}`);
  expect(sentence).toContain(named());
  expect(sentence).toMatch(/\.$/);
  expect(sentence).not.toMatch(/\n|\.\./);
  // The sentence is on the page, announced, not only in the data.
  const alert = visit.page.getByRole('alert').filter({ hasText: sentence!.slice(0, 40) });
  await alert.first().waitFor({ timeout: 5000 });
  const later = await waitForStats(visit.page, 'more simulator frames', (s) => s.model.frames > stats.model.frames + 2);
  expect(later.model.id).toBe('courtyard-simulator');
  expect(visit.pageErrors).toEqual([]);
  await visit.close();
});
