import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser, openPage } from './browser';
import { headOf, readStats, waitForNeuralFrames } from './wait';

const seed = 6;
const workerScript = '**/world.worker*.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

test('a worker script that cannot be loaded is one sentence, and Restart begins at the start of the world', async () => {
  let refused = 0;
  const visit = await openPage(browser, {
    path: `/?seed=${seed}`,
    viewport: { width: 480, height: 300 },
    prepare: async (page) => {
      await page.route(workerScript, (route) => {
        refused++;
        return route.abort('connectionfailed');
      });
    },
  });
  const { page } = visit;
  const settled = await page.evaluate(() => {
    const late = new Promise((resolve) => setTimeout(resolve, 20_000, 'still waiting after 20 s'));
    return Promise.race([window.reverie.ready.then(() => 'settled'), late]);
  });
  expect(settled).toBe('settled');
  expect(refused).toBeGreaterThan(0);
  const { errors, model } = await readStats(page);
  expect(errors).toHaveLength(1);
  console.log(`  ${errors[0]}`);
  expect(errors[0]).toMatch(/^[A-Z][^\n]*worker[^\n]*\.$/);
  expect(model).toMatchObject({ hz: 0, frames: 0 });
  await page.unroute(workerScript);
  await page.getByRole('alert').getByRole('button', { name: 'Restart', exact: true }).click();
  const stats = await waitForNeuralFrames(page);
  expect(stats.errors).toEqual([]);
  const head = headOf(stats);
  expect(visit.pageErrors).toEqual([]);
  await visit.close();
  // Where somebody begins who never had the trouble.
  const calm = await openPage(browser, { path: `/?seed=${seed}`, viewport: { width: 480, height: 300 } });
  const start = headOf(await waitForNeuralFrames(calm.page));
  expect(Math.hypot(head.x - start.x, head.z - start.z)).toBeLessThan(0.02);
  expect(head.y).toBeCloseTo(start.y, 2);
  // Another place than the origin, where nobody has chosen to stand.
  expect(Math.hypot(start.x, start.z)).toBeGreaterThan(0.5);
  await calm.close();
});
