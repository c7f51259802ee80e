import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodePng } from '../../src/bench/png';
import { launchBrowser, openPage, type Visit } from './browser';
import {
  headOf,
  killWorker,
  nowMs,
  readStats,
  waitForFrameKnowing,
  waitForNeuralFrames,
  waitForStats,
  yawOf,
} from './wait';

let browser: Browser;
let visit: Visit;

beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, { path: '/?trace', viewport: { width: 480, height: 300 } });
});
afterAll(() => browser.close());

/** Share of pixels that differ visibly between two screenshots of the page. */
function changedShare(a: Buffer, b: Buffer): number {
  const first = decodePng(a);
  const second = decodePng(b);
  let changed = 0;
  for (let i = 0; i < first.rgba.length; i += 4) {
    const difference =
      Math.abs(first.rgba[i]! - second.rgba[i]!) +
      Math.abs(first.rgba[i + 1]! - second.rgba[i + 1]!) +
      Math.abs(first.rgba[i + 2]! - second.rgba[i + 2]!);
    if (difference > 24) changed++;
  }
  return changed / (first.rgba.length / 4);
}

/** The canvas as it is composed to the screen, without the page's controls over it. */
function pictureOf(page: Page): Promise<Buffer> {
  return page.screenshot({ style: '.reverie-page, .reverie-page * { visibility: hidden !important; }' });
}

/** Chooses in the settings, by hand, how the picture is redrawn and how many steps a second the model may take. */
async function chooseSettings(page: Page, reprojection: 'Off' | 'Mesh', stepsPerSecond: number): Promise<void> {
  await page.keyboard.press('KeyO');
  const settings = page.getByRole('region', { name: 'Settings' });
  const modes = settings.getByRole('group', { name: 'Between two frames of the model' });
  await modes.getByText(reprojection, { exact: true }).click();
  await settings.getByLabel('At most').fill(String(stepsPerSecond));
  await page.keyboard.press('Enter');
  await settings.getByRole('button', { name: 'Close settings' }).click();
  await settings.waitFor({ state: 'detached', timeout: 5000 });
}

type DrawnFrame = { frameId: number; hash: number; x: number; z: number };

/** What each display frame draws for about `ms`: the model frame in it, a hash of its pixels, where the head is. */
function watchDrawn(page: Page, ms: number): Promise<DrawnFrame[]> {
  return page.evaluate(
    (wantedMs) =>
      new Promise<DrawnFrame[]>((resolve) => {
        const canvas = document.querySelector('canvas')!;
        const gl = canvas.getContext('webgl2')!;
        const bytes = new Uint8Array(gl.drawingBufferWidth * gl.drawingBufferHeight * 4);
        const words = new Uint32Array(bytes.buffer);
        const begunMs = performance.now();
        const drawn: DrawnFrame[] = [];
        // Asked for between two frames, so it runs after the page's own callback of each frame.
        const read = (): void => {
          if (performance.now() - begunMs > wantedMs) return resolve(drawn);
          requestAnimationFrame(read);
          gl.bindFramebuffer(gl.FRAMEBUFFER, null);
          gl.readPixels(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
          let hash = 2166136261;
          for (const word of words) hash = Math.imul(hash ^ word, 16777619);
          const { frame, pose } = window.reverie.stats();
          drawn.push({ frameId: frame.id, hash, x: pose.worldFromHead[12]!, z: pose.worldFromHead[14]! });
        };
        requestAnimationFrame(read);
      }),
    ms,
  );
}

describe('the page without a headset', () => {
  test('something is alive before the network is ready', async () => {
    const stats = await waitForStats(visit.page, 'a first frame of any world', (s) => s.frame.id > 0);
    expect(stats.model.id).not.toBe('');
  });

  test("the neural world's frames arrive, and the provider is named", async () => {
    const stats = await waitForNeuralFrames(visit.page);
    expect(['webgpu', 'wasm']).toContain(stats.model.provider);
    expect(stats.errors).toEqual([]);
    const later = await waitForStats(visit.page, 'more frames', (s) => s.model.frames >= stats.model.frames + 3);
    expect(later.model.stepMsP50).toBeGreaterThan(0);
    console.log(
      `neural step p50 ${later.model.stepMsP50.toFixed(0)} ms on ${later.model.provider}, page work p99 ${later.display.frameMsP99.toFixed(1)} ms per display frame`,
    );
  });

  test('W walks at least 2 m in 3 s, the model paints the walk, and the picture changes', async () => {
    const { page } = visit;
    await page.getByRole('button', { name: 'Explore here' }).click();
    await page.locator('.landing').waitFor({ state: 'detached', timeout: 5000 });
    await page.waitForTimeout(300);
    const from = headOf(await readStats(page));
    const before = await pictureOf(page);
    await page.keyboard.down('KeyW');
    const pressed = await readStats(page);
    const pressedMs = await nowMs(page);
    await page.waitForTimeout(3000);
    const to = headOf(await readStats(page));
    await page.keyboard.up('KeyW');
    const after = await pictureOf(page);
    expect(Math.hypot(to.x - from.x, to.z - from.z)).toBeGreaterThanOrEqual(2);
    expect(changedShare(before, after)).toBeGreaterThan(0.1);
    const painted = await waitForFrameKnowing(page, pressedMs);
    expect(painted.actionId).toBeGreaterThan(pressed.frame.actionId);
  });

  test('without reprojection only new frames of the model change the picture, and a walk changes it', async () => {
    const { page } = visit;
    // Slowly, so that some display frames come without a new frame of the model even where drawing is slow.
    await chooseSettings(page, 'Off', 1);
    await waitForFrameKnowing(page, await nowMs(page));
    const standing = await pictureOf(page);
    await waitForFrameKnowing(page, await nowMs(page));
    const flicker = changedShare(standing, await pictureOf(page));
    // Backwards: the way is free, the visitor has just come from there.
    await page.keyboard.down('KeyS');
    await waitForFrameKnowing(page, await nowMs(page));
    const drawn = await watchDrawn(page, 3500);
    await page.keyboard.up('KeyS');
    const pairs = drawn.slice(1).map((next, i) => ({ last: drawn[i]!, next }));
    const renewed = pairs.filter(({ last, next }) => next.frameId !== last.frameId);
    // The head moved and the model has not answered: nothing else may move the picture in this mode.
    const held = pairs.filter(
      ({ last, next }) => next.frameId === last.frameId && Math.hypot(next.x - last.x, next.z - last.z) > 0.001,
    );
    await waitForFrameKnowing(page, await nowMs(page));
    const walked = changedShare(standing, await pictureOf(page));
    const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
    console.log(
      `  walking without reprojection: ${renewed.length} model frames in ${drawn.length} display frames, ` +
        `${held.length} held still while the head moved; ` +
        `${percent(walked)} of the pixels changed by the walk, ${percent(flicker)} standing still`,
    );
    expect(renewed.length).toBeGreaterThanOrEqual(2);
    expect(renewed.filter(({ last, next }) => next.hash === last.hash)).toEqual([]);
    expect(held.length).toBeGreaterThanOrEqual(2);
    expect(held.filter(({ last, next }) => next.hash !== last.hash)).toEqual([]);
    expect(walked).toBeGreaterThan(0.1);
    expect(walked).toBeGreaterThan(5 * flicker);
  });

  test('dragging turns the view and the model follows with frames that know of it', async () => {
    const { page } = visit;
    // Still without reprojection: the picture follows the view only when the model does.
    const before = await readStats(page);
    const picture = await pictureOf(page);
    await page.mouse.move(380, 150);
    await page.mouse.down();
    await page.mouse.move(300, 150, { steps: 4 });
    await page.mouse.up();
    const dragged = await readStats(page);
    const painted = await waitForFrameKnowing(page, await nowMs(page));
    expect(painted.actionId).toBeGreaterThan(dragged.frame.actionId);
    const after = await readStats(page);
    const degrees = ((yawOf(after) - yawOf(before)) * 180) / Math.PI;
    expect(Math.abs(((degrees + 540) % 360) - 180)).toBeGreaterThan(5);
    expect(yawOf(after)).toBeCloseTo(yawOf(dragged), 5);
    expect(changedShare(picture, await pictureOf(page))).toBeGreaterThan(0.1);
    await chooseSettings(page, 'Mesh', 30);
  });

  test('the stats panel opens on P and the help on H', async () => {
    const { page } = visit;
    await page.keyboard.press('KeyP');
    const panel = page.getByRole('region', { name: 'Statistics' });
    await panel.getByText('Age').waitFor({ timeout: 5000 });
    expect(await panel.textContent()).toMatch(/Runs on\s*(WASM|WebGPU)/i);
    await page.keyboard.press('KeyP');
    await panel.waitFor({ state: 'detached', timeout: 5000 });
    await page.keyboard.press('KeyH');
    const help = page.getByRole('dialog');
    await help.waitFor({ timeout: 5000 });
    expect(await help.textContent()).toContain('Shift');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden', timeout: 5000 });
  });

  test('a worker that dies leaves a sentence, and the Restart button brings the model back to the same place', async () => {
    const { page } = visit;
    const alive = await readStats(page);
    expect(alive.model.hz).toBeGreaterThan(0);
    await killWorker(page);
    await waitForStats(page, 'the message', (s) => s.errors.some((text) => text.includes('stopped answering')), 20_000);
    await waitForStats(page, 'a model rate of 0', (s) => s.model.hz === 0, 15_000);
    const restart = page.getByRole('alert').getByRole('button', { name: 'Restart', exact: true });
    await restart.click();
    const back = await waitForStats(
      page,
      'the neural world after the restart',
      (s) => s.model.id === 'courtyards' && s.model.frames > 1 && s.model.hz > 0 && s.errors.length === 0,
    );
    await waitForFrameKnowing(page, await nowMs(page));
    const [from, to] = [headOf(alive), headOf(back)];
    expect(Math.hypot(to.x - from.x, to.z - from.z)).toBeLessThan(0.02);
    expect(await restart.count()).toBe(0);
  });

  test('no page error happened in all that', () => {
    expect(visit.pageErrors).toEqual([]);
    expect(visit.consoleErrors).toEqual([]);
  });
});
