import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flipsOfTrace } from '../../src/latency/optical/trace-flips';
import { launchBrowser, openPage } from './browser';
import { capture, captureTurn, clipPlanes, headsetScript, pullTrigger, type Capture, type EyePicture } from './headset';

/** Where the patch lies (tangents from the axis of each eye: 0.25 to the left, 0.3 down), with IWER's field of view of 90 degrees. */
const middle = { right: -0.25, up: -0.3 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Level of the middle of the patch in an eye's picture, 0 … 255, whatever the shape of its pixels. */
function patchLevel({ width, height, rgba }: EyePicture): number {
  const x = Math.floor((width / 2) * (1 + middle.right * (height / width)));
  const y = Math.floor((height / 2) * (1 - middle.up));
  return rgba[4 * (y * width + x) + 1]!;
}

const levels = ({ left, right }: Capture): number[] => [patchLevel(left), patchLevel(right)];

test('in a headset the patch flips in both eyes in the display frame right after the head has turned, and the trace has it', async () => {
  const visit = await openPage(browser, {
    path: '/?seed=6&world=courtyard-simulator',
    initScript: headsetScript(),
    viewport: { width: 640, height: 320 },
  });
  const { page } = visit;
  await page.getByRole('button', { name: 'Enter VR' }).click();
  await expect.poll(() => clipPlanes(page), { timeout: 10_000 }).not.toBeNull();
  await capture(page);
  // Going over to the headset may turn the head: the patch is armed after it.
  await page.evaluate(() => window.reverie.set({ optical: 'head' }));
  await capture(page);
  const there = await captureTurn(page, (8 * Math.PI) / 180);
  expect(levels(there.before)).toEqual([0, 0]);
  expect(levels(there.after)).toEqual([255, 255]);
  // A head that rests is armed where it rests: turning back is a flick of its own.
  await page.waitForTimeout(1000);
  await capture(page);
  const back = await captureTurn(page, 0);
  expect(levels(back.before)).toEqual([255, 255]);
  expect(levels(back.after)).toEqual([0, 0]);
  await capture(page);

  await page.evaluate(() => window.reverie.set({ optical: 'trigger' }));
  expect(levels(await capture(page))).toEqual([0, 0]);
  await capture(page);
  await pullTrigger(page, 'left', 1);
  await capture(page);
  expect(levels(await capture(page))).toEqual([255, 255]);

  const trace = JSON.parse(await page.evaluate(() => window.reverie.exportTrace('chrome'))) as unknown;
  const turns = flipsOfTrace(trace, 'head');
  expect(turns.map(({ level }) => level)).toEqual([1, 0]);
  expect(flipsOfTrace(trace, 'trigger').map(({ level }) => level)).toEqual([1]);
  for (const { displayMs, onsetMs } of turns) expect(displayMs).toBeGreaterThan(onsetMs);
  expect(visit.pageErrors).toEqual([]);
  expect(visit.consoleErrors).toEqual([]);
  await visit.close();
});
