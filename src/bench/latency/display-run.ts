import type { Page } from 'playwright';
import type { EmulatedHeadset } from '../emulated-headset';
import { endWorker, readStats, waitForStats, worldWorker } from '../page-stats';
import { withRatios, type Stretch } from './display-figures';
import type { DisplayCondition, DisplayRow, DisplayWorld } from './result';

/** Time for the model and the page to get used to a condition, ms. */
const settleMs = 700;
/** The head turns to and fro, so that no display frame is like the one before: half the way, radians, and the period, ms. */
const turn = { turnRad: 0.3, turnPeriodMs: 2000 };

const idle = { modelHz: 0.2, addLatencyMs: 0, governor: false };
const fast = { modelHz: 120, addLatencyMs: 0 };
const settings: Readonly<Record<DisplayCondition, object>> = {
  idle,
  stalled: idle,
  slow: { modelHz: 1, addLatencyMs: 1000, governor: false },
  computing: idle,
  busy: { ...fast, governor: false },
  governed: { ...fast, governor: true },
  crashed: idle,
};

export type DisplayPlan = {
  world: DisplayWorld;
  /** What takes turns in a round, with an idle stretch before each and at the end; `crashed` may only be the last. */
  conditions: readonly Exclude<DisplayCondition, 'idle'>[];
  rounds: number;
  windowMs: number;
  onProgress: (text: string) => void;
};

/** Counts display frames under every condition, in rounds. The page must be in the headset. */
export async function measureDisplay(page: Page, plan: DisplayPlan): Promise<DisplayRow[]> {
  const { world, conditions, rounds, windowMs, onProgress } = plan;
  const stretches: Stretch[] = [];
  for (let round = 0; round < rounds; round++) {
    const order: DisplayCondition[] = conditions.flatMap((condition) => ['idle', condition]);
    if (!conditions.includes('crashed')) order.push('idle');
    for (const condition of order) {
      onProgress(`display rate, ${world} world, round ${round + 1} of ${rounds}: ${condition}`);
      stretches.push({ kind: 'display', world, round, condition, ...(await measureOne(page, condition, windowMs)) });
    }
    if (conditions.includes('crashed') && round + 1 < rounds) await restart(page);
  }
  return withRatios(stretches);
}

type Counted = { displayHz: number; frames: number; modelHz: number };

async function measureOne(page: Page, condition: DisplayCondition, windowMs: number): Promise<Counted> {
  await page.evaluate((options) => window.reverie.set(options), settings[condition]);
  // A little longer than what is counted.
  const hung = hang(page, condition, settleMs + windowMs + 300);
  if (condition === 'crashed') await endWorker(page);
  await countFrames(page, settleMs);
  const before = await readStats(page);
  const { frames, ms } = await countFrames(page, windowMs);
  const after = await readStats(page);
  await hung;
  const modelFrames = after.model.frames - before.model.frames;
  return { displayHz: (1000 * frames) / ms, frames, modelHz: (1000 * modelFrames) / ms };
}

/** A step that does not end: one that waits for a device that does not answer, or one that keeps a core busy. */
async function hang(page: Page, condition: DisplayCondition, ms: number): Promise<void> {
  if (condition !== 'stalled' && condition !== 'computing') return;
  await worldWorker(page).evaluate(
    ({ computes, forMs }) => {
      const endMs = performance.now() + forMs;
      if (!computes) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, forMs);
      while (performance.now() < endMs);
    },
    { computes: condition === 'computing', forMs: ms },
  );
}

/** Turns the head in every display frame of the session, for about `ms`, and counts them. */
export function countFrames(page: Page, ms: number): Promise<{ frames: number; ms: number }> {
  return page.evaluate(
    ({ forMs, turnRad, turnPeriodMs }) =>
      new Promise<{ frames: number; ms: number }>((resolve) => {
        const { device } = (window as unknown as { headset: EmulatedHeadset }).headset;
        const session = device.activeSession!;
        let begunMs = Number.NaN;
        let frames = -1;
        const next = (): void => {
          const now = performance.now();
          // From frame to frame: a stretch that begins between two frames would count a part of one.
          if (frames < 0) begunMs = now;
          frames++;
          if (now - begunMs >= forMs) {
            resolve({ frames, ms: now - begunMs });
            return;
          }
          const yaw = turnRad * Math.sin((2 * Math.PI * now) / turnPeriodMs);
          device.quaternion.set(0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2));
          session.requestAnimationFrame(next);
        };
        session.requestAnimationFrame(next);
      }),
    { forMs: ms, ...turn },
  );
}

/** A new worker after a crash, by the page's own button, and its first frames. */
async function restart(page: Page): Promise<void> {
  await waitForStats(page, 'the sentence that the worker is silent', ({ errors }) => errors.length > 0);
  await page.evaluate(() => window.reverie.set({ modelHz: 30 }));
  await page.getByRole('button', { name: 'Restart', exact: true }).first().dispatchEvent('click');
  await waitForStats(page, 'frames after the restart', ({ model, errors }) => model.frames >= 3 && errors.length === 0);
}
