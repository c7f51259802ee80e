import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from './browser';
import { headOf, nowMs, waitForFrameKnowing, waitForNeuralFrames, waitForStats } from './wait';

const dist = join(import.meta.dirname, '../../dist');
const under = '/some/where/';
const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** What any web space does: files below a folder of the site, no headers of our own, 404 for the rest. */
function serveStatically(): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const inside = pathname.startsWith(under) ? normalize(pathname.slice(under.length) || 'index.html') : '..';
    const full = join(dist, inside);
    if (inside.startsWith('..') || !existsSync(full) || !statSync(full).isFile()) {
      response.writeHead(404, { 'Content-Type': 'text/plain' }).end('Not found');
      return;
    }
    response.writeHead(200, { 'Content-Type': contentTypes[extname(full)] ?? 'application/octet-stream' });
    createReadStream(full).pipe(response);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

let browser: Browser;
let server: Server;
beforeAll(async () => {
  server = await serveStatically();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

test('the build runs below a path of any static host, without cross-origin isolation', async () => {
  const page = await browser.newPage({ viewport: { width: 480, height: 300 } });
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.stack ?? error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${message.text()} (${message.location().url})`);
  });
  const { port } = server.address() as AddressInfo;
  const response = await page.goto(`http://localhost:${port}${under}?trace`);
  expect(Object.keys(response!.headers()).filter((name) => name.startsWith('cross-origin'))).toEqual([]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  const stats = await waitForNeuralFrames(page);
  expect(stats.errors).toEqual([]);
  console.log(`  not isolated: neural step p50 ${stats.model.stepMsP50.toFixed(0)} ms on ${stats.model.provider}`);
  const from = headOf(stats);
  await page.keyboard.down('KeyW');
  const pressedMs = await nowMs(page);
  await waitForStats(page, 'a walk of 2 m', (s) => Math.hypot(headOf(s).x - from.x, headOf(s).z - from.z) >= 2, 20_000);
  await page.keyboard.up('KeyW');
  // Without shared memory the actions travel as messages; they have to arrive all the same.
  const painted = await waitForFrameKnowing(page, pressedMs);
  expect(painted.actionId).toBeGreaterThan(stats.frame.actionId);
  expect(problems).toEqual([]);
});
