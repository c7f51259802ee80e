import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageFovYDeg } from '../../src/app/page-camera';
import type { Stats } from '../../src/app/store';
import { worldWorker } from '../../src/bench/page-stats';
import { decodePng } from '../../src/bench/png';
import { launchBrowser, openPage, type Visit } from './browser';
import { shiftBetween } from './registration';
import { killWorker, readStats, waitForStats } from './wait';

/** The middle of the page, without its controls. */
const clip = { x: 60, y: 40, width: 360, height: 200 };
/** 2 pixels of a display with 25 pixels a degree. */
const mostJumpDeg = 2 / 25;
const viewport = { width: 480, height: 280 };
const fovYDeg = pageFovYDeg(viewport.width / viewport.height);

let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, { path: '/?world=courtyard-simulator&noui', viewport });
  await waitForStats(visit.page, 'frames of the simulator', (stats) => stats.model.frames > 12);
  // Sentences about a model that says nothing stand before the picture that is looked at here.
  await visit.page.addStyleTag({ content: '.notices { display: none }' });
});
afterAll(() => browser.close());

async function picture(page: Page) {
  return decodePng(await page.screenshot({ clip }));
}

/** Keeps the worker's thread busy: it answers nothing, as when a model hangs. Resolves when it is free again. */
function stall(page: Page, ms: number): Promise<unknown> {
  return worldWorker(page).evaluate((forMs) => {
    const end = performance.now() + forMs;
    while (performance.now() < end);
  }, ms);
}

/** Drags the picture by whole pixels, which turns the head by an exact angle. */
async function drag(page: Page, byPx: number): Promise<void> {
  await page.mouse.move(240, 140);
  await page.mouse.down();
  await page.mouse.move(240 + byPx, 140, { steps: 4 });
  await page.mouse.up();
  // The turn is in the picture after the next display frame, and on the screen one later.
  await page.evaluate(async () => {
    for (let k = 0; k < 4; k++) await new Promise((next) => requestAnimationFrame(next));
  });
}

/** Waits for new frames and until the first of them is all there. */
async function freshAgain(page: Page, after: number): Promise<void> {
  await waitForStats(page, 'fresh frames again', ({ frame: { id, staleness } }) => id > after + 2 && staleness === 0);
  await page.waitForTimeout(600);
}

const length = ({ x, y }: { x: number; y: number }): number => Math.hypot(x, y);

test.each([1, 3, 10])('a model that hangs for %i s comes back without a jump, and from 3 s on its age is told', async (seconds) => {
  const { page } = visit;
  await waitForStats(page, 'fresh frames', (stats) => stats.frame.staleness === 0 && stats.model.hz > 0);
  const free = stall(page, seconds * 1000);
  // On a busy machine frames may be so slow by themselves that one second is nothing unusual.
  if (seconds > 1) await waitForStats(page, 'the age cue', (stats) => stats.frame.staleness === 1, 8000);
  const { frame } = await readStats(page);
  // While it hangs: what is grey by then is compared with what comes back, whatever its brightness.
  const standing = await picture(page);
  await free;
  await freshAgain(page, frame.id);
  const jump = length(shiftBetween(standing, await picture(page)));
  const jumpDeg = jump / (page.viewportSize()!.height / fovYDeg);
  console.log(`hung ${seconds} s: jump at the return ${(jumpDeg * 25).toFixed(2)} px at 25 px a degree`);
  expect(jumpDeg).toBeLessThan(mostJumpDeg);
}, 60_000);

test('the page says in words how old the picture is, and stops saying so', async () => {
  const shown = await openPage(browser, { path: '/?world=courtyard-simulator', viewport });
  const { page } = shown;
  await waitForStats(page, 'frames of the simulator', (stats) => stats.model.frames > 12);
  const chip = page.locator('[data-kind="age"]');
  expect(await chip.count()).toBe(0);
  const free = stall(page, 8000);
  await chip.waitFor({ timeout: 8000 });
  expect(await chip.textContent()).toMatch(/Picture is .* old/);
  await free;
  await chip.waitFor({ state: 'detached', timeout: 10_000 });
  expect(shown.pageErrors).toEqual([]);
  await shown.close();
});

test('without a model the picture is fixed in the world: turned away and back, it stands where it stood', async () => {
  const { page } = visit;
  // For good: however slow this machine is, no frame comes in between.
  await killWorker(page);
  const { frame, pose: ahead } = await waitForStats(page, 'a standing picture', (stats) => stats.frame.staleness === 1);
  const before = await picture(page);
  await drag(page, 60);
  const turned = await picture(page);
  await drag(page, -60);
  const isAhead = (stats: Stats): boolean =>
    stats.pose.worldFromHead.every((value, i) => Math.abs(value - ahead.worldFromHead[i]!) < 1e-5);
  await waitForStats(page, `the head to look ahead again, ${JSON.stringify(ahead)}`, isAhead, 10_000);
  const back = await picture(page);
  expect((await readStats(page)).frame.id).toBe(frame.id);
  expect(length(shiftBetween(before, back))).toBeLessThan(0.2);
  // And the drag did turn the view: otherwise all this says nothing.
  let differs = 0;
  for (let i = 0; i < turned.rgba.length; i += 4) if (Math.abs(turned.rgba[i]! - before.rgba[i]!) > 12) differs++;
  expect(differs).toBeGreaterThan(0.05 * (turned.rgba.length / 4));
  expect(visit.pageErrors).toEqual([]);
}, 60_000);
