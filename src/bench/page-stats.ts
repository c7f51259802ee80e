import type { Page } from 'playwright';

/** What the product says of itself; its type belongs to a layer above this one. */
export type Stats = ReturnType<Window['reverie']['stats']>;

export function readStats(page: Page): Promise<Stats> {
  return page.evaluate(() => window.reverie.stats());
}

/** @throws Error with what was waited for and the last stats, when that does not come about within the time */
export async function waitForStats(
  page: Page,
  what: string,
  wanted: (stats: Stats) => boolean,
  timeoutMs = 90_000,
): Promise<Stats> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const stats = await readStats(page);
    if (wanted(stats)) return stats;
    if (performance.now() > end) {
      throw new Error(`Waited ${Math.round(timeoutMs / 1000)} s for ${what}; last seen: ${JSON.stringify(stats)}`);
    }
    await page.waitForTimeout(100);
  }
}

/** The product's worker that runs the world. @throws Error when there is none */
export function worldWorker(page: Page) {
  const worker = page.workers().find((candidate) => candidate.url().includes('world.worker'));
  if (!worker) throw new Error(`The page has no world worker; it has ${page.workers().length} others.`);
  return worker;
}

/** Ends the world worker's thread without a word: what a crash looks like from the page. */
export async function endWorker(page: Page): Promise<void> {
  // The answer never comes when the thread ends first.
  await worldWorker(page).evaluate(() => self.close()).catch(() => {});
}
