import type { Page } from 'playwright';
import { moment, type Span } from '../../latency/stages';
import { readStats } from '../page-stats';
import type { Decision } from './result';
import type { TracedFrames } from './trace-figures';

/** Settings reach the worker with a message, and a step in flight ends under the old ones, ms. */
const settingMs = 300;

/** What is used here of the page's own export; NaN has become null on the way. */
type Exported = {
  frames: (Omit<Span, 'moments'> & { moments: (number | null)[] })[];
  events: { name: string; atMs: number; args: Decision['args'] }[];
};

/**
 * The model frames whose steps began after a setting was changed and that have reached the screen since.
 * @param sinceMs when it was changed, ms on the window's clock
 */
export async function tracedFrames(page: Page, addLatencyMs: number, sinceMs: number): Promise<TracedFrames> {
  const frames = await page.evaluate(() => (JSON.parse(window.reverie.exportTrace('json')) as Exported).frames);
  const { display } = await readStats(page);
  const spans = frames
    .map(({ moments, ...rest }) => ({ ...rest, moments: Float64Array.from(moments, (ms) => ms ?? Number.NaN) }))
    .filter(({ moments }) => moments[moment.stepBegun]! > sinceMs + settingMs);
  return { addLatencyMs, spans, displayPeriodMs: 1000 / display.hz };
}

/** What the governor has decided, as the page's trace has it; times count from `fromMs`. */
export async function governorDecisions(page: Page, fromMs: number): Promise<Decision[]> {
  const events = await page.evaluate(() => (JSON.parse(window.reverie.exportTrace('json')) as Exported).events);
  return events.filter(({ name }) => name === 'governor').map(({ atMs, args }) => ({ atMs: atMs - fromMs, args }));
}
