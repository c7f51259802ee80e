import { governorRows, recoverS, restMissedPct, restoreS } from './latency/governor-figures';
import { traceDelays } from './latency/delay-run';
import { lightWorldPath, runLoad, serveLightWorld } from './latency/governor-run';
import { measureDisplay } from './latency/display-run';
import { findSpot, measureCell } from './latency/motion-run';
import { latencyNotes } from './latency/notes';
import { canvas, displayOffsetMs, latencyPlan, type LatencyPlan } from './latency/plan';
import { openProduct, openProductPage, type Product } from './latency/product-page';
import type { Decision, LatencyResult, LatencyRow } from './latency/result';
import { summariseLatency, type Totals } from './latency/summary';
import { injectedRow, stageRows, sumErrorMsMax, type TracedFrames } from './latency/trace-figures';
import { governorDecisions, tracedFrames } from './latency/traced';

export type LatencyOptions = { quick: boolean; seed: number; onProgress: (text: string) => void };

/** The least geometry (`src/reproject/presets.ts`), no controls, and a trace of every frame. */
const common = 'preset=standalone&noui&trace';
/** A world that has just opened, or a session that has just begun, is busy with itself for a while, ms. */
const calmMs = 4500;

/**
 * Measures latency in the production build, in headless Chromium with an emulated headset: which display frame shows a motion
 * of the head, under injected latencies and in every reprojection mode; what a model in trouble does to the display; what
 * the governor does under a load.
 * @throws Error when there is no Chromium, the build fails, or the product does not do as it must
 */
export async function benchLatency(options: LatencyOptions): Promise<LatencyResult & { browser: string }> {
  const plan = latencyPlan(options.quick);
  const product = await openProduct(options.onProgress);
  try {
    const motion = await measureMotion(product, plan, options);
    const display = await measureDisplayRates(product, plan, options);
    const governor = await measureGovernor(product, plan, options);
    const traced = [...motion.traced, ...display.traced, governor.traced];
    const rows = [...motion.rows, ...display.rows, ...governor.rows];
    const frames = traced.reduce((sum, { spans }) => sum + spans.length, 0);
    const { quick, seed } = options;
    const size = `${canvas.width} × ${canvas.height}`;
    return {
      counts: { quick, seed, canvas: size, displayOffsetMs, latenciesMs: plan.latenciesMs, frames },
      rows,
      decisions: governor.decisions,
      summary: summariseLatency(rows, { sumErrorMsMax: sumErrorMsMax(traced), ...governor.times }),
      notes: [...latencyNotes],
      browser: `Chromium ${product.browser.version()}, headless, software GPU`,
    };
  } finally {
    await product.close();
  }
}

/** Every mode with every injected latency. */
async function measureMotion(
  product: Product,
  plan: LatencyPlan,
  { seed, onProgress }: LatencyOptions,
): Promise<{ rows: LatencyRow[]; traced: TracedFrames[] }> {
  onProgress('the simulator opens');
  const query = `world=courtyard-simulator&seed=${seed}&prediction=false&governor=false&${common}`;
  const opened = await openProductPage(product, { query, canvas, displayOffsetMs, inHeadset: true });
  try {
    const { page } = opened;
    const spot = await findSpot(page, seed);
    const rows: LatencyRow[] = [];
    const traced: TracedFrames[] = [];
    for (const addLatencyMs of plan.latenciesMs) {
      for (const mode of plan.modes) {
        onProgress(`motion of the head: ${mode} at ${addLatencyMs} ms`);
        const sinceMs = await page.evaluate(() => performance.now());
        rows.push(...(await measureCell(page, spot, { mode, addLatencyMs, repeats: plan.repeats })));
        traced.push(await tracedFrames(page, addLatencyMs, sinceMs));
      }
    }
    return { rows, traced };
  } finally {
    await opened.close();
  }
}

/** A model in trouble of several kinds, where the display is cheap and in the world that ships. */
async function measureDisplayRates(
  product: Product,
  plan: LatencyPlan,
  { seed, onProgress }: LatencyOptions,
): Promise<{ rows: LatencyRow[]; traced: TracedFrames[] }> {
  const light = { world: 'light', conditions: ['stalled', 'slow', 'computing', 'crashed'], rounds: plan.lightRounds } as const;
  const shipped = { world: 'shipped', conditions: plan.shippedConditions, rounds: plan.shippedRounds } as const;
  const rows: LatencyRow[] = [];
  const traced: TracedFrames[] = [];
  for (const one of [light, shipped]) {
    onProgress(`the ${one.world} world opens`);
    const world = one.world === 'light' ? encodeURIComponent(lightWorldPath) : 'courtyards';
    const query = `world=${world}&provider=wasm&seed=${seed}&${common}`;
    const opened = await openProductPage(product, { query, canvas, displayOffsetMs, inHeadset: true, prepare: serveLightWorld });
    try {
      const { page } = opened;
      await page.waitForTimeout(one.world === 'light' ? 0 : calmMs);
      onProgress(`injected latencies, ${one.world} world`);
      const delayed = await traceDelays(page, plan.latenciesMs, plan.displayWindowMs);
      // Where the display keeps its pace the setting is measured, where the shipped painter paints the stages are.
      rows.push(...(one.world === 'light' ? delayed.map(injectedRow) : delayed.flatMap(stageRows)));
      traced.push(...delayed);
      rows.push(...(await measureDisplay(page, { ...one, windowMs: plan.displayWindowMs, onProgress })));
    } finally {
      await opened.close();
    }
  }
  return { rows, traced };
}

/** A load that makes display frames miss, and goes away when the model does less. */
async function measureGovernor(
  product: Product,
  plan: LatencyPlan,
  { onProgress }: LatencyOptions,
): Promise<{
  rows: LatencyRow[];
  traced: TracedFrames;
  decisions: Decision[];
  times: Omit<Totals, 'sumErrorMsMax'>;
}> {
  onProgress('a world of few triangles opens');
  const query = `world=${encodeURIComponent(lightWorldPath)}&governor=false&${common}`;
  const opened = await openProductPage(product, { query, canvas, displayOffsetMs, inHeadset: true, prepare: serveLightWorld });
  try {
    const { page } = opened;
    // The governor passes over what a page does while it opens.
    await page.waitForTimeout(calmMs);
    onProgress('the governor under a load');
    const run = await runLoad(page, { beforeMs: plan.governorBeforeMs, loadMs: plan.governorLoadMs, afterMs: plan.governorAfterMs });
    return {
      rows: governorRows(run),
      traced: await tracedFrames(page, 0, Number.NEGATIVE_INFINITY),
      decisions: await governorDecisions(page, run.loadFromMs),
      times: {
        governorRecoverS: recoverS(run),
        governorRecoverOverRestS: recoverS(run, restMissedPct(run)),
        governorRestoreS: restoreS(run),
        restMissedPct: restMissedPct(run),
      },
    };
  } finally {
    await opened.close();
  }
}
