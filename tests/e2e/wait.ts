import type { Page } from 'playwright';
import type { Stats } from '../../src/app/store';
import { waitForStats as waitFor } from '../../src/bench/page-stats';
import type { TraceEntry } from '../../src/latency/trace';

export { endWorker as killWorker, readStats } from '../../src/bench/page-stats';

/** Waits until the stats satisfy `wanted`, for less than a test may take; fails with the last stats and what was waited for. */
export function waitForStats(page: Page, what: string, wanted: (stats: Stats) => boolean, timeoutMs = 60_000): Promise<Stats> {
  return waitFor(page, what, wanted, timeoutMs);
}

/** Waits until the neural world paints, and returns its first stats. */
export function waitForNeuralFrames(page: Page): Promise<Stats> {
  return waitForStats(
    page,
    'frames of the neural world',
    (stats) => stats.model.id === 'courtyards' && stats.model.frames >= 2 && stats.frame.id > 0,
    90_000,
  );
}

/** The window's clock now, ms: what `TraceEntry` counts in. */
export function nowMs(page: Page): Promise<number> {
  return page.evaluate(() => performance.now());
}

/**
 * Waits until a drawn frame of the neural world knows an action that was sampled after `sinceMs` (window's clock), and
 * returns its trace. The page must have been opened with `?trace`.
 */
export async function waitForFrameKnowing(page: Page, sinceMs: number, timeoutMs = 30_000): Promise<TraceEntry> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const { drawn, model } = await page.evaluate(() => ({
      drawn: window.reverie.trace().at(-1),
      model: window.reverie.stats().model,
    }));
    if (drawn && drawn.actionAtMs > sinceMs && model.id === 'courtyards') return drawn;
    if (Date.now() > end) {
      const last = JSON.stringify({ drawn, model });
      throw new Error(`Waited ${timeoutMs} ms for a frame that knows of ${sinceMs} ms; last seen: ${last}`);
    }
    await page.waitForTimeout(50);
  }
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
