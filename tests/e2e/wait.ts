import type { Page } from 'playwright';
import type { Stats } from '../../src/app/store';

/** What `window.reverie.stats()` says now. */
export function readStats(page: Page): Promise<Stats> {
  return page.evaluate(() => window.reverie.stats());
}

/** Waits until the stats satisfy `wanted`; fails with the last stats and what was waited for. */
export async function waitForStats(
  page: Page,
  what: string,
  wanted: (stats: Stats) => boolean,
  timeoutMs = 60_000,
): Promise<Stats> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const stats = await readStats(page);
    if (wanted(stats)) return stats;
    if (Date.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}; last seen: ${JSON.stringify(stats)}`);
    await page.waitForTimeout(100);
  }
}

/** Waits until the neural world paints, and returns its first stats. */
export function waitForNeuralFrames(page: Page): Promise<Stats> {
  return waitForStats(
    page,
    'frames of the neural world',
    (stats) => stats.model.id === 'courtyard-paint' && stats.model.frames >= 2 && stats.frame.id > 0,
    90_000,
  );
}

/** Head position in the world, metres. */
export function headOf(stats: Stats): { x: number; y: number; z: number } {
  const m = stats.pose.worldFromHead;
  return { x: m[12]!, y: m[13]!, z: m[14]! };
}

/** Direction that the head faces, radians, positive to the left of -Z. */
export function yawOf(stats: Stats): number {
  const m = stats.pose.worldFromHead;
  return Math.atan2(m[8]!, m[10]!);
}
