import type { Browser, Page } from 'playwright';
import type { XRDevice } from 'iwer';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser';
import { capture, clipPlanes, headsetScript, luma, type EyePicture } from './headset';
import { readStats, waitForStats, yawOf } from './wait';

/** The simulator: no package to load, and a slow one leaves the software GPU more of the processor. */
const world = '/?world=courtyard-simulator&modelHz=5&preset=standalone';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const alive = (page: Page) => waitForStats(page, 'frames of the simulator', ({ frame, model }) => frame.id > 0 && model.frames > 3);

/** The options that the address holds, whatever their order. */
const query = (page: Page): Promise<string[]> => page.evaluate(() => location.search.slice(1).split('&').toSorted());

describe('the lab on the page', () => {
  test('comes when it is asked for, and shows numbers', async () => {
    const scripts: string[] = [];
    const { page, pageErrors, consoleErrors, close } = await openPage(browser, {
      path: world,
      prepare: async (opened) => void opened.on('request', (request) => scripts.push(request.url())),
    });
    await alive(page);
    expect(scripts.filter((url) => url.includes('LabPanel'))).toEqual([]);
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'Latency lab' }).waitFor();
    expect(scripts.filter((url) => /LabPanel.*\.js/.test(url))).toHaveLength(1);
    const said = (id: string) => page.locator(`[data-plot=${id}] figcaption .numbers`).innerText();
    for (const id of ['interval', 'age', 'stages', 'gap', 'rate']) {
      await expect.poll(() => said(id), { timeout: 20_000 }).toMatch(/\d.* (ms|m|Hz)$/);
    }
    expect([...pageErrors, ...consoleErrors]).toEqual([]);
    await close();
  });

  test('plays a head trace, and a suite that is cancelled leaves everything as it was', async () => {
    const { page, pageErrors, close } = await openPage(browser, { path: `${world}&reprojection=mesh&addLatencyMs=30` });
    await alive(page);
    const before = await query(page);
    const startYaw = yawOf(await readStats(page));
    await page.keyboard.press('l');
    await page.getByRole('heading', { name: 'Head movement' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await expect.poll(async () => Math.abs(yawOf(await readStats(page)) - startYaw), { timeout: 20_000 }).toBeGreaterThan(0.2);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('heading', { name: 'Suite' }).click();
    await page.getByRole('button', { name: 'Run suite' }).click();
    await page.getByText(/^2 of \d+/).waitFor({ timeout: 60_000 });
    expect(await query(page)).not.toEqual(before);
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await query(page)).toEqual(before);
    const table = page.getByRole('region', { name: 'Results of the suite' });
    expect(await table.locator('tbody tr').count()).toBe(1);
    expect(await table.innerText()).toMatch(/off\s+0 ms\s+\d/);
    const [first, later] = [await readStats(page), await page.waitForTimeout(500).then(() => readStats(page))];
    expect(yawOf(later)).toBeCloseTo(yawOf(first), 6);
    expect(pageErrors).toEqual([]);
    await close();
  });
});

type HeadsetWindow = Window & { headset: { device: XRDevice } };

async function hold(page: Page, hand: 'left' | 'right', button: string, value: number): Promise<void> {
  await page.evaluate(
    ([side, name, pressed]) =>
      new Promise<void>((resolve) => {
        const { device } = (window as unknown as HeadsetWindow).headset;
        device.controllers[side]!.updateButtonValue(name, pressed);
        // So that a display frame has seen it.
        const session = device.activeSession!;
        session.requestAnimationFrame(() => session.requestAnimationFrame(() => resolve()));
      }),
    [hand, button, value] as const,
  );
}

async function press(page: Page, hand: 'left' | 'right', button: string): Promise<void> {
  await hold(page, hand, button, 1);
  await hold(page, hand, button, 0);
}

/** Share of pixels that differ clearly. */
function changed(a: EyePicture, b: EyePicture): number {
  const [before, after] = [luma(a), luma(b)];
  return before.filter((value, i) => Math.abs(value - after[i]!) > 25).length / before.length;
}

test('in a headset the left stick shows the lab and puts it away, and B shows the other mode', async () => {
  const { page, pageErrors, close } = await openPage(browser, {
    // The head rests, so what changes is the panel.
    path: '/?world=courtyard-simulator&modelHz=1&preset=standalone',
    initScript: headsetScript(),
    viewport: { width: 640, height: 320 },
  });
  await alive(page);
  await page.getByRole('button', { name: 'Enter VR' }).first().click();
  await expect.poll(() => clipPlanes(page), { timeout: 10_000 }).not.toBeNull();
  const { model } = await readStats(page);
  await waitForStats(page, 'frames in the headset', ({ model: now }) => now.frames > model.frames + 3);
  const before = (await capture(page)).left;
  await press(page, 'left', 'thumbstick');
  const shown = (await capture(page)).left;
  expect(changed(before, shown)).toBeGreaterThan(0.02);
  await press(page, 'right', 'b-button');
  expect(await page.evaluate(() => window.reverie.latency().mode)).toBe('off');
  await press(page, 'left', 'y-button');
  expect(await page.evaluate(() => window.reverie.latency().mode)).toBe('layers');
  await press(page, 'left', 'thumbstick');
  expect(changed(before, (await capture(page)).left)).toBeLessThan(0.02);
  await press(page, 'right', 'b-button');
  expect(await page.evaluate(() => window.reverie.latency().mode)).toBe('layers');
  expect(pageErrors).toEqual([]);
  await close();
});
