import type { Page } from 'playwright';
import { countFrames } from './display-run';
import { tracedFrames } from './traced';
import type { TracedFrames } from './trace-figures';

/** Nothing is held back or thinned out but what the run asks for. */
const usual = { modelHz: 30, governor: false };

/**
 * Traces what the model's frames went through under each injected latency, while the head turns. Pixels are not read back
 * here: that waits for a software GPU, and would be part of the times.
 */
export async function traceDelays(page: Page, latenciesMs: readonly number[], windowMs: number): Promise<TracedFrames[]> {
  const traced: TracedFrames[] = [];
  for (const addLatencyMs of latenciesMs) {
    const sinceMs = await page.evaluate((options) => {
      window.reverie.set(options);
      return performance.now();
    }, { ...usual, addLatencyMs });
    // The newest frames of the stretch are still on their way when it ends.
    await countFrames(page, windowMs + addLatencyMs);
    traced.push(await tracedFrames(page, addLatencyMs, sinceMs));
  }
  return traced;
}
