import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emulatedHeadsetScript, type EmulatedHeadset } from '../../src/bench/emulated-headset';
import { lightWorldPath, serveLightWorld } from '../../src/bench/latency/governor-run';
import { findSpot, orderTo, poseAt } from '../../src/bench/latency/motion-run';
import { pixelWatchScript, runTrial, setHead } from '../../src/bench/latency/pixel-watch';
import { canvas, displayOffsetMs, stepM, turnRad } from '../../src/bench/latency/plan';
import { shownFrame } from '../../src/bench/latency/shown-frame';
import type { TraceEntry } from '../../src/latency/trace';
import { launchBrowser, openPage, type Visit } from './browser';
import { waitForStats } from './wait';

const seed = 6;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** A page in the emulated headset, at the size that the benchmark uses. */
async function visitInHeadset(query: string, worldId: string): Promise<Visit> {
  const visit = await openPage(browser, {
    path: `/?${query}&seed=${seed}&preset=standalone&governor=false&prediction=false&noui&trace`,
    initScript: emulatedHeadsetScript({ displayOffsetMs }) + pixelWatchScript(),
    viewport: canvas,
    prepare: serveLightWorld,
  });
  const isRunning = ({ model, frame }: { model: { id: string; frames: number }; frame: { id: number } }): boolean =>
    model.id === worldId && model.frames >= 3 && frame.id > 0;
  await waitForStats(visit.page, `frames of ${worldId}`, isRunning);
  // The window is too small for the page's buttons, and the emulated headset asks for no click.
  await visit.page.evaluate(() => window.reverie.enter('immersive-vr'));
  await visit.page.waitForTimeout(500);
  return visit;
}

describe('half a second behind', () => {
  const addLatencyMs = 500;
  let visit: Visit;
  beforeAll(async () => {
    visit = await visitInHeadset(`world=courtyard-simulator&addLatencyMs=${addLatencyMs}`, 'courtyard-simulator');
  });
  afterAll(() => visit?.close());

  test('a motion of the head is in the very next display frame with layers, and waits for the model without', async () => {
    const { page } = visit;
    const spot = await findSpot(page, seed);
    await setHead(page, poseAt(spot, 0, 0));
    const order = orderTo(addLatencyMs);
    const turned = shownFrame(await runTrial(page, order(poseAt(spot, turnRad, 0), false)));
    const moved = shownFrame(await runTrial(page, order(poseAt(spot, turnRad, stepM), true)));
    await page.evaluate(() => window.reverie.set({ reprojection: 'off' }));
    const without = shownFrame(await runTrial(page, order(poseAt(spot, 0, stepM), false)));
    console.log(`  display frames: turn ${turned.frames}, step ${moved.frames}; without reprojection ${without.frames}`);
    expect(turned).toMatchObject({ frames: 1, byModel: false });
    expect(moved).toMatchObject({ frames: 1, byModel: false });
    // Between the same frame and half a second there is something to see only if the display draws meanwhile.
    expect(without.frames).toBeGreaterThan(1);
    expect(without).toMatchObject({ byModel: true });
    expect(without.ms).toBeGreaterThan(addLatencyMs);
    expect(visit.pageErrors).toEqual([]);
  });
});

/** What one display frame showed. */
type Seen = {
  /** When its pixels were read, ms on the window's clock. */
  atMs: number;
  /** The number that its pixels say: of the display frame whose action they were painted from. NaN: no number. */
  painted: number;
  /** What the page says of the same frame. */
  frameId: number;
  actionId: number;
};

describe('a world that paints the action it was given', () => {
  const [addLatencyMs, jitterMs] = [300, 150];
  const displayFrames = 150;
  let visit: Visit;
  let seen: Seen[];
  let trace: TraceEntry[];

  beforeAll(async () => {
    const delay = `addLatencyMs=${addLatencyMs}&latencyJitterMs=${jitterMs}&dropPct=10&latencySeed=3`;
    visit = await visitInHeadset(`world=${encodeURIComponent(lightWorldPath)}&reprojection=mesh&${delay}`, 'painted-action');
    ({ seen, trace } = await visit.page.evaluate(countThroughButtons, displayFrames));
  });
  afterAll(() => visit?.close());

  test('each drawn frame is said to know exactly the action that its pixels were painted from', () => {
    const known = seen.filter(({ painted }) => painted > 0);
    // Before the first number arrives there are frames of older actions; after that every one has to be legible.
    const first = seen.indexOf(known[0]!);
    expect(seen.slice(first).filter(({ painted }) => !(painted > 0))).toEqual([]);
    const different = new Set(known.map(({ painted }) => painted)).size;
    console.log(`  ${known.length} display frames show ${different} of ${seen.length} actions`);
    expect(different).toBeGreaterThan(10);
    // Display frames and actions count up together, so one difference holds for all of them.
    expect(new Set(known.map(({ painted, actionId }) => actionId - painted)).size).toBe(1);
  });

  test('the trace begins in the display frame that sampled the painted action, and ends in the first that shows it', () => {
    let checked = 0;
    for (const entry of trace) {
      const shown = seen.findIndex(({ frameId }) => frameId === entry.frameId);
      // The first display frame may have shown this model frame before the watch began.
      if (shown < 1 || !(seen[shown]!.painted > 1)) continue;
      const { painted, actionId } = seen[shown]!;
      expect(entry.actionId).toBe(actionId);
      // Both happen before the pixels of that display frame are read, and after those of the one before.
      expect(entry.actionAtMs).toBeLessThanOrEqual(seen[painted]!.atMs);
      expect(entry.actionAtMs).toBeGreaterThan(seen[painted - 1]!.atMs);
      expect(entry.drawnMs).toBeLessThanOrEqual(seen[shown]!.atMs);
      expect(entry.drawnMs).toBeGreaterThan(seen[shown - 1]!.atMs);
      checked++;
    }
    expect(checked).toBeGreaterThan(10);
  });

  test('no action is seen before the latency that was injected has passed', () => {
    const first = new Map<number, Seen>();
    for (const one of seen) if (one.painted > 0 && !first.has(one.painted)) first.set(one.painted, one);
    const waitedMs = [...first].map(([painted, { atMs }]) => atMs - seen[painted - 1]!.atMs);
    expect(Math.min(...waitedMs)).toBeGreaterThan(addLatencyMs - jitterMs);
    // Jitter: they do not all wait for the same time.
    expect(Math.max(...waitedMs) - Math.min(...waitedMs)).toBeGreaterThan(jitterMs / 2);
    expect(visit.pageErrors).toEqual([]);
    expect(visit.consoleErrors).toEqual([]);
  });
});

/**
 * Runs in the page: gives the action of each display frame a number, by the buttons of both controllers, and reads from the
 * pixels of each display frame which number they were painted from. Frame `k` of the answer samples the number `k`.
 */
function countThroughButtons(displayFrames: number): Promise<{ seen: Seen[]; trace: TraceEntry[] }> {
  const { device } = (window as unknown as { headset: EmulatedHeadset }).headset;
  const session = device.activeSession!;
  const buttons = [
    ['left', 'trigger'],
    ['right', 'trigger'],
    ['left', 'squeeze'],
    ['right', 'squeeze'],
  ] as const;
  /** Each button is one digit: eight steps from released to pressed. */
  const base = 8;
  /** Numbers begin where no button is released: all buttons released is what everything before was painted from. */
  const offset = 0b001_001_001_001;

  function press(number: number): void {
    let rest = number + offset;
    for (const [hand, button] of buttons) {
      device.controllers[hand]!.updateButtonValue(button, (rest % base) / (base - 1));
      rest = Math.floor(rest / base);
    }
  }

  /** Of the quarters of the left eye: upper left, upper right, lower left, lower right. */
  function readNumber(): number {
    const gl = document.querySelector('canvas')!.getContext('webgl2')!;
    const [width, height] = [gl.drawingBufferWidth / 2, gl.drawingBufferHeight];
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    const side = 6;
    const bytes = new Uint8Array(side * side * 4);
    let number = 0;
    for (let k = buttons.length - 1; k >= 0; k--) {
      const x = Math.round(width * (k % 2 === 0 ? 0.25 : 0.75) - side / 2);
      const y = Math.round(height * (k < 2 ? 0.75 : 0.25) - side / 2);
      gl.readPixels(x, y, side, side, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
      const greys = Array.from({ length: side * side }, (_, i) => bytes[4 * i]!);
      const digit = (Math.min(...greys) * (base - 1)) / 255;
      // All of it has the one grey of a digit, or it says nothing.
      if (Math.max(...greys) - Math.min(...greys) > 4 || Math.abs(digit - Math.round(digit)) > 0.2) return Number.NaN;
      number = number * base + Math.round(digit);
    }
    return number - offset;
  }

  return new Promise((resolve) => {
    const seen: Seen[] = [];
    // Out of sight: the wands would be in the picture.
    for (const hand of ['left', 'right'] as const) device.controllers[hand]!.position.set(0, 1, 5);
    const next = (): void => {
      const { frame } = window.reverie.stats();
      const painted = readNumber();
      seen.push({ atMs: performance.now(), painted, frameId: frame.id, actionId: frame.actionId });
      if (seen.length >= displayFrames) {
        resolve({ seen, trace: window.reverie.trace() });
        return;
      }
      press(seen.length);
      session.requestAnimationFrame(next);
    };
    session.requestAnimationFrame(next);
  });
}
