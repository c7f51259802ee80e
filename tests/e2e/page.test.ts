import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePng } from './png';
import { launchBrowser, openPage, type Visit } from './browser';
import { headOf, readStats, waitForNeuralFrames, waitForStats } from './wait';

let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, { viewport: { width: 480, height: 300 } });
});
afterAll(() => browser.close());

/** Share of pixels that differ visibly between two screenshots of the page. */
function changedShare(a: Buffer, b: Buffer): number {
  const first = decodePng(a);
  const second = decodePng(b);
  let changed = 0;
  for (let i = 0; i < first.rgba.length; i += 4) {
    const difference =
      Math.abs(first.rgba[i]! - second.rgba[i]!) +
      Math.abs(first.rgba[i + 1]! - second.rgba[i + 1]!) +
      Math.abs(first.rgba[i + 2]! - second.rgba[i + 2]!);
    if (difference > 24) changed++;
  }
  return changed / (first.rgba.length / 4);
}

describe('the page without a headset', () => {
  test('something is alive before the network is ready', async () => {
    const stats = await waitForStats(visit.page, 'a first frame of any world', (s) => s.frame.id > 0);
    expect(stats.model.id).not.toBe('');
  });

  test("the neural world's frames arrive, and the provider is named", async () => {
    const stats = await waitForNeuralFrames(visit.page);
    expect(['webgpu', 'wasm']).toContain(stats.model.provider);
    expect(stats.errors).toEqual([]);
    const later = await waitForStats(visit.page, 'more frames', (s) => s.model.frames >= stats.model.frames + 3);
    expect(later.model.stepMsP50).toBeGreaterThan(0);
    console.log(
      `neural step p50 ${later.model.stepMsP50.toFixed(0)} ms on ${later.model.provider}, page work p99 ${later.display.frameMsP99.toFixed(1)} ms per display frame`,
    );
  });

  test('W walks at least 2 m in 3 s and the picture changes', async () => {
    const { page } = visit;
    const from = headOf(await readStats(page));
    const before = await page.screenshot();
    await page.keyboard.down('KeyW');
    await page.waitForTimeout(3000);
    const to = headOf(await readStats(page));
    await page.keyboard.up('KeyW');
    const after = await page.screenshot();
    expect(Math.hypot(to.x - from.x, to.z - from.z)).toBeGreaterThanOrEqual(2);
    expect(changedShare(before, after)).toBeGreaterThan(0.1);
  });

  test('dragging turns the view and the model follows with frames that know of it', async () => {
    const { page } = visit;
    const before = await readStats(page);
    await page.mouse.move(380, 150);
    await page.mouse.down();
    await page.mouse.move(300, 150, { steps: 4 });
    await page.mouse.up();
    const after = await waitForStats(
      page,
      'a frame painted after the drag',
      (s) => s.frame.actionId > before.frame.actionId + 1 && s.pose.worldFromHead[8] !== before.pose.worldFromHead[8],
    );
    expect(after.pose.worldFromHead[8]).not.toBeCloseTo(before.pose.worldFromHead[8]!, 2);
  });

  test('the stats panel opens on P and the help on H', async () => {
    const { page } = visit;
    await page.keyboard.press('KeyP');
    const panel = page.getByRole('region', { name: 'Statistics' });
    await panel.getByText('Age').waitFor({ timeout: 5000 });
    expect(await panel.textContent()).toMatch(/Runs on\s*(WASM|WebGPU)/i);
    await page.keyboard.press('KeyP');
    await panel.waitFor({ state: 'detached', timeout: 5000 });
    await page.keyboard.press('KeyH');
    const help = page.getByRole('dialog');
    await help.waitFor({ timeout: 5000 });
    expect(await help.textContent()).toContain('Shift');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden', timeout: 5000 });
  });

  test('no page error happened in all that', () => {
    expect(visit.pageErrors).toEqual([]);
    expect(visit.consoleErrors).toEqual([]);
  });
});
