import type { Browser, CDPSession, Page } from 'playwright';
import { endWorker, waitForStats } from '../page-stats';
import { lookAround, mainThreadSeconds, watchFrames } from './frame-watch';
import type { Condition, Sample } from './result';

/** Small: a software GPU draws it with the cores that the page and the model want as well. */
export const canvas = { width: 480, height: 300 };
/** The preset with the least geometry (`src/reproject/presets.ts`), for the same reason: a GPU that is always late hides the rest. */
export const preset = 'standalone';
/** Time to settle, and for the engine to compile what runs often. */
const settleMs = 2500;
/** Time for the product to gather the older frames that it keeps: what it draws grows until then. */
const gatherMs = 8000;

/** A page that is measured, and the means to do it. */
type Opened = { page: Page; cdp: CDPSession; close(): Promise<void> };

async function open(browser: Browser, url: string): Promise<Opened> {
  const context = await browser.newContext({ viewport: canvas });
  const page = await context.newPage();
  await page.addInitScript(watchFrames);
  const cdp = await context.newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(url, { waitUntil: 'load' });
  return { page, cdp, close: () => context.close() };
}

async function measure({ page, cdp }: Opened, round: number, condition: Condition, windowMs: number): Promise<Sample> {
  await lookAround(page, settleMs);
  const { triangles, draws } = await page.evaluate(() => window.frameWatch.countDraw());
  const before = await mainThreadSeconds(cdp);
  await page.evaluate(() => window.frameWatch.clear());
  await lookAround(page, windowMs);
  const { atMs, workMs } = await page.evaluate(() => window.frameWatch.read());
  const after = await mainThreadSeconds(cdp);
  const modelHz = condition === 'bare' ? 0 : (await page.evaluate(() => window.reverie.stats())).model.hz;
  return {
    round,
    condition,
    atMs,
    workMs,
    scriptS: after.script - before.script,
    taskS: after.task - before.task,
    triangles,
    draws,
    modelHz,
  };
}

/** The bare scene in one round. */
export async function measureBare(
  browser: Browser,
  url: string,
  { round, windowMs, triangles, draws }: { round: number; windowMs: number; triangles: number; draws: number },
): Promise<Sample> {
  const opened = await open(browser, `${url}/bare.html?triangles=${triangles}&draws=${draws}`);
  try {
    return await measure(opened, round, 'bare', windowMs);
  } finally {
    await opened.close();
  }
}

/** The product with its model on and off, in an order that alternates with the rounds, and stalled; in one visit. */
export async function measureProduct(
  browser: Browser,
  url: string,
  { round, windowMs, seed, onProgress }: { round: number; windowMs: number; seed: number; onProgress: (text: string) => void },
): Promise<Sample[]> {
  const opened = await open(browser, `${url}/?world=courtyards&provider=wasm&preset=${preset}&turn=smooth&noui&seed=${seed}`);
  const { page } = opened;
  try {
    onProgress('the model loads');
    await waitForStats(page, 'frames of the neural world', ({ model, frame }) => model.id === 'courtyards' && model.frames >= 4 && frame.id > 0);
    onProgress('the first frames gather');
    await lookAround(page, gatherMs);
    const samples: Sample[] = [];
    for (const condition of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      onProgress(`model ${condition}`);
      await page.evaluate((modelHz) => window.reverie.set({ modelHz }), condition === 'on' ? 30 : 0.2);
      samples.push(await measure(opened, round, condition, windowMs));
    }
    onProgress('model stalled');
    await endWorker(page);
    await waitForStats(page, 'the sentence that the worker is silent', ({ errors }) => errors.length > 0);
    samples.push(await measure(opened, round, 'stalled', windowMs));
    return samples;
  } finally {
    await opened.close();
  }
}
