import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import type { EmulatedHeadset } from '../emulated-headset';
import type { LoadRun } from './governor-figures';

/**
 * A world of next to no geometry: its display frames are cheap even for a software GPU, so that those which are missed are
 * missed because of the load.
 */
const lightWorld = path.resolve('tests/fixtures/painted-action');
export const lightWorldPath = '/models/painted-action/manifest.json';

/** Each model step a second costs every display frame so much: what a processor that both share would take, ms. */
const loadMsPerModelHz = 1;
/** The rate of the model is taken over this long, ms. */
const rateWindowMs = 500;
/** The run ends early when the model has had its rate back for so long, ms. */
const backForMs = 2500;

/** Serves the light world beside the product's own packages. */
export async function serveLightWorld(page: Page): Promise<void> {
  await page.route('**/models/painted-action/*', async (route) => {
    const file = new URL(route.request().url()).pathname.split('/').pop()!;
    await route.fulfill({ status: 200, body: readFileSync(path.join(lightWorld, file)) });
  });
}

export type LoadPlan = { beforeMs: number; loadMs: number; afterMs: number };

/**
 * Makes display frames miss for a while, by work on the main thread that grows with the rate of the model, and watches what
 * the governor does. It is switched on with the load, so that the rate before is the model's own. The page must be in the
 * headset.
 */
export async function runLoad(page: Page, plan: LoadPlan): Promise<LoadRun> {
  const { at, model, loadFromMs, loadToMs } = await page.evaluate(
    ({ beforeMs, loadMs, afterMs, msPerHz, windowMs, backMs }) =>
      new Promise<{ at: number[]; model: number[]; loadFromMs: number; loadToMs: number }>((resolve) => {
        const session = (window as unknown as { headset: EmulatedHeadset }).headset.device.activeSession!;
        const at: number[] = [];
        const model: number[] = [];
        const begunMs = performance.now();
        const loadFromMs = begunMs + beforeMs;
        const loadToMs = loadFromMs + loadMs;
        let oldest = 0;
        let governed = false;
        // Once the model has had its rate back for a while there is nothing more to see.
        const rateHz = (fromMs: number, toMs: number): number => {
          const first = at.findIndex((ms) => ms >= fromMs);
          const last = at.findLastIndex((ms) => ms <= toMs);
          return (1000 * (model[last]! - model[first]!)) / (at[last]! - at[first]!);
        };
        const isBack = (nowMs: number): boolean => rateHz(nowMs - backMs, nowMs) > 0.95 * rateHz(begunMs, loadFromMs);
        const next = (): void => {
          const nowMs = performance.now();
          // The browser's own time of this display frame: one that begins late and is still shown in time is not missed.
          at.push(Number(document.timeline.currentTime));
          model.push(window.reverie.stats().model.frames);
          if (nowMs >= loadToMs + afterMs || (nowMs >= loadToMs + 2 * backMs && isBack(nowMs))) {
            resolve({ at, model, loadFromMs, loadToMs });
            return;
          }
          while (oldest < at.length - 1 && at[oldest]! < nowMs - windowMs) oldest++;
          if (nowMs >= loadFromMs && nowMs < loadToMs) {
            if (!governed) window.reverie.set({ governor: (governed = true) });
            const modelHz = (1000 * (model.at(-1)! - model[oldest]!)) / windowMs;
            const endMs = nowMs + msPerHz * modelHz;
            while (performance.now() < endMs);
          }
          session.requestAnimationFrame(next);
        };
        session.requestAnimationFrame(next);
      }),
    { ...plan, msPerHz: loadMsPerModelHz, windowMs: rateWindowMs, backMs: backForMs },
  );
  return { frames: at.map((atMs, k) => ({ atMs, modelFrames: model[k]! })), loadFromMs, loadToMs };
}
