/** `npm run screenshot`: the pictures of the README, taken by driving the built product in a real Chromium. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { crc32, deflateSync } from 'node:zlib';
import { decode } from 'fast-png';
import { findFreePort } from './addresses.mjs';
import { buildIfStale } from './build-stamp.mjs';
import { chromiumFlags, findChromium } from './find-chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const usage = `Usage: npm run screenshot -- [options]
  --seed N    the world to show (default: the page's own)
  --out DIR   where the pictures go (default: docs/images)
  --help      show this`;

const world = 'courtyards';
/** Frames of the network before a picture is taken: the far colours of the sky settle in about ten. */
const settledFrames = 12;
/** A software GPU and a busy processor: be patient. */
const patienceMs = 240_000;
/** How long a message of the page may stand before the run is given up. */
const forgivenMs = 45_000;

/** Larger pictures lose their lowest bit: the sky's dithering is noise, which no compression can shorten. */
const largestBytes = 400_000;

/** @typedef {import('playwright').Page} Page */

/**
 * Runs in the page before its own code: an emulated Quest 3 in stereo (IWER, forced over the browser's own WebXR), as
 * tests/e2e/headset.ts installs it.
 * @param {string} iwer source of IWER's browser bundle
 */
const headsetScript = (iwer) => `${iwer}
;(() => {
  const device = new IWER.XRDevice(IWER.metaQuest3, { stereoEnabled: true, ipd: 0.063 });
  device.installRuntime({ forceInstall: true });
})();`;

/**
 * Waits until the network, not the simulator behind it, has painted `frames` frames since now or since it opened.
 * @param {Page} page
 * @param {number} [frames]
 */
async function waitForPaintedFrames(page, frames = settledFrames) {
  const stats = () => page.evaluate(() => /** @type {any} */ (globalThis).reverie.stats());
  const endMs = Date.now() + patienceMs;
  let from = -1;
  let troubledSinceMs = Number.POSITIVE_INFINITY;
  for (;;) {
    const { model, errors } = await stats();
    troubledSinceMs = errors.length > 0 ? Math.min(troubledSinceMs, Date.now()) : Number.POSITIVE_INFINITY;
    // A worker on a busy machine may be silent for seconds and come back; then the page takes its message back.
    if (Date.now() - troubledSinceMs > forgivenMs) throw new Error(`The page reports: ${errors.join(' ')}`);
    if (model.id === world && from < 0) from = model.frames;
    if (from >= 0 && model.frames >= from + frames && errors.length === 0) return model;
    if (Date.now() > endMs) {
      throw new Error(`${world} did not paint ${frames} frames in ${patienceMs / 1000} s; it painted ${model.frames}.`);
    }
    await page.waitForTimeout(200);
  }
}

/** Waits until the browser has shown `count` more display frames. @param {Page} page @param {number} [count] */
async function waitForDisplay(page, count = 3) {
  await page.evaluate(
    (frames) =>
      new Promise((done) => {
        let left = frames;
        const next = () => (left-- > 0 ? requestAnimationFrame(next) : done(undefined));
        next();
      }),
    count,
  );
}

/** @param {string} type four letters @param {Buffer} data @returns {Buffer} a chunk of a PNG file */
function pngChunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/**
 * The same picture without alpha, each row filtered by its left or its upper neighbour, whichever leaves less.
 * @param {Uint8Array} png
 * @param {number} lostBits 0 keeps every value; 1 rounds to even values, which nobody sees
 * @returns {Buffer}
 */
function recode(png, lostBits) {
  const { width, height, channels, data } = decode(png);
  const stride = width * 3;
  const mask = 0xff & ~((1 << lostBits) - 1);
  const half = (1 << lostBits) >> 1;
  const rows = Buffer.alloc((stride + 1) * height);
  let above = new Uint8Array(stride);
  for (let y = 0; y < height; y++) {
    const row = new Uint8Array(stride);
    for (let i = 0; i < stride; i++) {
      row[i] = Math.min(data[(y * width + Math.floor(i / 3)) * channels + (i % 3)] + half, 255) & mask;
    }
    const ways = [row.map((v, i) => v - (i < 3 ? 0 : row[i - 3])), row.map((v, i) => v - above[i])];
    const costs = ways.map((way) => way.reduce((sum, v) => sum + Math.min(v, 256 - v), 0));
    const best = costs[0] <= costs[1] ? 0 : 1;
    rows[y * (stride + 1)] = best + 1;
    rows.set(ways[best], y * (stride + 1) + 1);
    above = row;
  }
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = pngChunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 }));
  return Buffer.concat([signature, pngChunk('IHDR', header), pixels, pngChunk('IEND', Buffer.alloc(0))]);
}

/**
 * @param {Page} page
 * @param {string} file
 */
async function take(page, file) {
  const shot = await page.screenshot({ timeout: patienceMs, animations: 'disabled' });
  const exact = recode(shot, 0);
  const png = exact.length > largestBytes ? recode(shot, 1) : exact;
  writeFileSync(file, png);
  console.log(`${relative(root, file)}: ${(png.length / 1000).toFixed(0)} kB`);
}

/**
 * @param {import('playwright').Browser} browser
 * @param {string} address
 * @param {{ width: number, height: number }} viewport
 * @param {string} [initScript]
 */
async function visit(browser, address, viewport, initScript) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  page.on('pageerror', (error) => console.error(`Page error: ${error.message}`));
  if (initScript) await page.addInitScript({ content: initScript });
  await page.goto(address, { waitUntil: 'load' });
  const { provider, stepMsP50 } = await waitForPaintedFrames(page);
  console.log(`${world} runs on ${provider}, ${stepMsP50.toFixed(0)} ms a step (p50) on this machine now.`);
  return { page, close: () => context.close() };
}

/**
 * The latency lab while somebody walks and turns.
 * @param {Page} page
 * @param {string} file
 */
async function takeLab(page, file) {
  await page.keyboard.press('l');
  await page.locator('.lab-plot').first().waitFor();
  for (const key of ['w', 'e', 'w', 'q']) {
    await page.keyboard.down(key);
    await waitForPaintedFrames(page, 6);
    await page.keyboard.up(key);
  }
  await waitForPaintedFrames(page, 4);
  await take(page, file);
}

async function main() {
  const { values } = parseArgs({
    options: { seed: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return console.log(usage);
  if (values.seed !== undefined && !/^\d+$/.test(values.seed)) {
    throw new RangeError(`--seed needs a whole number, not "${values.seed}".\n${usage}`);
  }
  const executablePath = findChromium();
  if (!executablePath) throw new RangeError('No Chromium found. Install one, or set CHROME_PATH to its program.');
  const out = resolve(values.out ?? join(root, 'docs', 'images'));
  mkdirSync(out, { recursive: true });

  if ((await buildIfStale(root)) === 'built') console.log('Built first: the sources had changed.');
  const { preview } = await import('vite');
  const { chromium } = await import('playwright');
  const port = await findFreePort(4400);
  const server = await preview({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'warn',
    preview: { host: '127.0.0.1', port, strictPort: true, open: false },
  });
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags], headless: true });
  try {
    // "localhost", not the number: WebXR asks for a secure context of that name.
    const query = new URLSearchParams({ world, ...(values.seed === undefined ? {} : { seed: values.seed }) });
    const address = `http://localhost:${port}/?${query}`;

    const onPage = await visit(browser, address, { width: 1280, height: 720 });
    await take(onPage.page, join(out, 'page.png'));
    await onPage.page.evaluate(() => /** @type {any} */ (globalThis).reverie.set({ noui: true }));
    await waitForDisplay(onPage.page);
    await take(onPage.page, join(out, 'world.png'));
    await onPage.page.evaluate(() => /** @type {any} */ (globalThis).reverie.set({ noui: false, addLatencyMs: 150 }));
    await takeLab(onPage.page, join(out, 'lab.png'));
    await onPage.close();

    const iwer = readFileSync(createRequire(import.meta.url).resolve('iwer/build/iwer.min.js'), 'utf8');
    const inHeadset = await visit(browser, address, { width: 1280, height: 640 }, headsetScript(iwer));
    await inHeadset.page.getByRole('button', { name: 'Enter VR' }).first().click();
    await inHeadset.page.evaluate(() => /** @type {any} */ (globalThis).reverie.set({ noui: true }));
    await waitForPaintedFrames(inHeadset.page);
    await take(inHeadset.page, join(out, 'eyes.png'));
    await inHeadset.close();
  } finally {
    await browser.close();
    await server.close();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
