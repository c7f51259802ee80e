import { readFileSync, statSync } from 'node:fs';
import type { Browser, Page } from 'playwright';
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser, openPage, type Visit } from './browser';
import { handInputsScript, useInputs as giveInputs, type Side } from './hand-inputs';
import { countFrames, moveHead } from './headset';
import { choose, isMenuOpen, itemLabels, itemState, openMenu, pressAt, type Reach } from './menu-reach';
import { headOf, readStats, waitForStats } from './wait';

const reaches: readonly Reach[] = [
  { kind: 'controller', side: 'left' },
  { kind: 'hand', side: 'right' },
  { kind: 'pinch', side: 'right' },
];
/** A machine that draws without a graphics card is in no hurry. */
const patient = { timeout: 15_000 };

const names = (reach: Reach): string => `${reach.kind}, ${reach.side} alone`;

let browser: Browser;
let visit: Visit;
let page: Page;
const requests: string[] = [];

const option = (name: string): Promise<string | null> => page.evaluate((key) => new URLSearchParams(location.search).get(key), name);
const inSession = (): Promise<boolean> =>
  page.evaluate(() => (window as unknown as { headset: { device: { activeSession?: XRSession } } }).headset.device.activeSession !== undefined);

beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, {
    path: '/?world=courtyard-simulator&modelHz=2&preset=standalone&seed=6',
    initScript: handInputsScript(),
    viewport: { width: 480, height: 240 },
    prepare: async (opened) => void opened.on('request', (request) => requests.push(request.url())),
  });
  ({ page } = visit);
  await waitForStats(page, 'frames of the simulator', ({ frame, model }) => frame.id > 0 && model.frames > 1);
});
afterAll(async () => {
  expect(visit.pageErrors).toEqual([]);
  expect(visit.consoleErrors).toEqual([]);
  await browser.close();
});

/** Item, option, and what the address says of it afterwards; null: the default. */
const settings: Record<string, [item: string, option: string, value: string | null][]> = {
  Comfort: [
    ['Turning: Smooth', 'turn', 'smooth'],
    ['Turning: Snap 30°', 'turn', null],
    ['Vignette: more', 'vignette', '0.6'],
    ['Vignette: less', 'vignette', null],
    ['Walking speed: more', 'walkSpeed', '1.8'],
    ['Walking speed: less', 'walkSpeed', null],
    ['Seated height: more', 'seatedHeightM', '0.1'],
    ['Seated height: less', 'seatedHeightM', null],
    ['Throwing hand: Left', 'hand', 'left'],
    ['Throwing hand: Right', 'hand', null],
    ['Walls stop you: off', 'collide', 'false'],
    ['Walls stop you: on', 'collide', null],
  ],
  Picture: [
    ['Reprojection: Off', 'reprojection', 'off'],
    ['Reprojection: Rotation', 'reprojection', 'rotation'],
    ['Reprojection: Quad', 'reprojection', 'quad'],
    ['Reprojection: Mesh', 'reprojection', 'mesh'],
    ['Reprojection: Layers', 'reprojection', null],
    ['Quality: Low', 'quality', 'low'],
    ['Quality: Medium', 'quality', 'medium'],
    ['Quality: High', 'quality', 'high'],
    ['Quality: Auto', 'quality', null],
    ['Detail for: PC', 'preset', 'tethered'],
    ['Detail for: Screen', 'preset', 'desktop'],
    ['Detail for: Auto', 'preset', null],
    ['Detail for: Headset', 'preset', 'standalone'],
    ['Outlines: Soft', 'edges', 'soft'],
    ['Outlines: Hard', 'edges', null],
  ],
  Things: [
    ['Trigger or pinch: Move', 'tool', 'move'],
    ['Trigger or pinch: Throw', 'tool', null],
    ['Thing: Cube', 'thing', 'cube'],
    ['Thing: Ball', 'thing', null],
    ['Sound: off', 'sound', 'false'],
    ['Sound: on', 'sound', null],
    ['Captions: on', 'captions', 'true'],
    ['Captions: off', 'captions', null],
  ],
};

async function chooseAll(reach: Reach, sheet: string): Promise<void> {
  await choose(page, reach, `Page: ${sheet}`);
  await expect.poll(() => itemState(page, `Page: ${sheet}`), patient).toBe('chosen');
  for (const [item, name, value] of settings[sheet]!) {
    await choose(page, reach, item);
    expect([item, await option(name)]).toEqual([item, value]);
  }
}

/** Ends the recording: a file, or on a display of less than four frames a second the sentence that there is too little. */
async function checkRecording(reach: Reach): Promise<void> {
  const file = page.waitForEvent('download', { timeout: 60_000 }).catch(() => null);
  await choose(page, reach, 'Record movement');
  await expect.poll(() => itemLabels(page), { timeout: 60_000 }).toContain('Notice: dismiss');
  await expect.poll(() => itemState(page, 'Record movement'), patient).toBe('off');
  const said = await page.evaluate(() => document.body.innerText);
  if (/too short for a head trace/.test(said)) return;
  const trace = (await file)!;
  expect(trace.suggestedFilename()).toMatch(/\.headtrace$/);
  expect(statSync(await trace.path()).size).toBeGreaterThan(100);
}

async function useReach({ kind, side }: Reach): Promise<void> {
  await giveInputs(page, kind === 'controller' ? 'controller' : 'hand', kind === 'pinch' ? [] : [side as Side]);
  // The page has seen them come and go when the puck is there, or is not.
  await expect.poll(async () => (await itemLabels(page)).includes('Puck: menu'), patient).toBe(kind !== 'controller');
}

test('nothing of the menu comes before the session does, and then only from this server', async () => {
  const isMenu = (url: string): boolean => /(MenuRoom|inter)-.*\.js/.test(url);
  expect(requests.length).toBeGreaterThan(3);
  expect(requests.filter(isMenu)).toEqual([]);
  await page.getByRole('button', { name: 'Enter VR' }).click();
  await expect.poll(inSession, patient).toBe(true);
  // Its code, and the font.
  await expect.poll(() => requests.filter(isMenu).length, { timeout: 20_000 }).toBe(2);
  const own = new URL(page.url()).origin;
  expect(requests.filter((url) => !url.startsWith(own) && !/^(data|blob):/.test(url))).toEqual([]);
});

describe('every item in VR is reached', () => {
  test.each(reaches.map((reach) => [names(reach), reach] as const))('by a %s', { timeout: 300_000 }, async (_, reach) => {
    await useReach(reach);
    await openMenu(page, reach);
    for (const sheet of Object.keys(settings)) await chooseAll(reach, sheet);
    // What the pages show and this test does not know would have been left out.
    await choose(page, reach, 'Page: Picture');
    const known = new Set(settings['Picture']!.map(([item]) => item));
    const rest = async (): Promise<string[]> =>
      (await itemLabels(page)).filter((label) => !/^(Page|Puck|Notice): /.test(label) && !known.has(label)).toSorted();
    await expect.poll(rest, patient).toEqual(['Close the menu', 'Latency lab', 'Leave the session', 'Recentre', 'Reset settings']);
    await choose(page, reach, 'Latency lab');
    await expect.poll(() => itemState(page, 'Latency lab'), patient).toBe('on');
    await choose(page, reach, 'Latency lab');
    await expect.poll(() => itemState(page, 'Latency lab'), patient).toBe('off');
    await choose(page, reach, 'Reset settings');
    expect(await page.evaluate(() => location.search)).not.toContain('preset');
    await choose(page, reach, 'Notice: Undo');
    expect(await option('preset')).toBe('standalone');

    await choose(page, reach, 'Page: Keep');
    const [picture] = await Promise.all([page.waitForEvent('download', { timeout: 120_000 }), choose(page, reach, 'Take a picture')]);
    expect(picture.suggestedFilename()).toMatch(/^reverie-courtyard-simulator-seed-\d+-.*\.png$/);
    const png = decode(readFileSync(await picture.path()));
    expect([png.width, png.height, png.channels]).toEqual([1600, 1200, 4]);
    await choose(page, reach, 'Record movement');
    await expect.poll(() => itemState(page, 'Record movement'), patient).toBe('on');
    await countFrames(page, 2000);
    await checkRecording(reach);
    // A picture of a world is not of one colour, and opaque.
    const lumas = Array.from({ length: 400 }, (_unused, k) => png.data[4 * (k * 4801 % (1600 * 1200)) + 1]!);
    expect(new Set(lumas).size).toBeGreaterThan(8);
    expect(png.data[3]).toBe(255);
    const kept = await page.evaluate(async () => (await window.reverie.visits()).length);
    await choose(page, reach, 'Save this place');
    await expect.poll(() => page.evaluate(async () => (await window.reverie.visits()).length), patient).toBe(kept + 1);

    await choose(page, reach, 'Page: Things');
    await choose(page, reach, 'Clear things');
    await choose(page, reach, 'Page: Numbers');
    await choose(page, reach, 'Page: Worlds');
    const seed = await option('seed');
    await choose(page, reach, 'New world');
    expect(await option('seed')).not.toBe(seed);
    const start = headOf(await readStats(page));
    await moveHead(page, 0.6, 1.6, 0.4, 0);
    await countFrames(page, 60);
    await choose(page, reach, 'Recentre');
    await moveHead(page, 0, 1.6, 0, 0);
    await countFrames(page, 60);
    const now = headOf(await readStats(page));
    expect(Math.hypot(now.x - start.x, now.z - start.z)).toBeGreaterThan(0.3);
    await choose(page, reach, 'Recentre');
    await choose(page, reach, 'Close the menu');
    await expect.poll(() => isMenuOpen(page), patient).toBe(false);
  });
});

/** The page of the room; what it does there is the concern of ar.test.ts, so here only what the options say. */
const room: [item: string, option: string, value: string | null][] = [
  ['Form: Overlay', 'arForm', 'overlay'],
  ['Form: Window', 'arForm', null],
  ['Smaller', 'arForm', null],
  ['Larger', 'arForm', null],
  ['Form: Diorama', 'arForm', 'diorama'],
  ['Scale: more', 'arScale', '25'],
  ['Scale: less', 'arScale', null],
  ['Outline: Box', 'arCut', 'box'],
  ['Outline: Disc', 'arCut', null],
  ['Turn: left', 'arForm', 'diorama'],
  ['Turn: right', 'arForm', 'diorama'],
  ['Best place', 'arForm', 'diorama'],
  ['Real depth: off', 'arOcclusion', 'false'],
  ['Real depth: on', 'arOcclusion', null],
];

test('leaving the session closes the menu, and AR has the page of the room', { timeout: 300_000 }, async () => {
  const pinch = reaches[2]!;
  await openMenu(page, pinch);
  await choose(page, pinch, 'Leave the session');
  await expect.poll(inSession, patient).toBe(false);
  expect(await itemLabels(page)).toEqual([]);
  await page.keyboard.press('KeyX');
  await expect.poll(inSession, patient).toBe(true);
  // A button counts once it was seen released.
  await countFrames(page, 1500);
  for (const reach of reaches) {
    await useReach(reach);
    await openMenu(page, reach);
    await choose(page, reach, 'Page: Your room');
    for (const [item, name, value] of room) {
      await choose(page, reach, item);
      expect([item, await option(name)]).toEqual([item, value]);
    }
    await choose(page, reach, 'Place again');
    // It would be in the way.
    await expect.poll(() => isMenuOpen(page), patient).toBe(false);
    // The next press puts it down, and does nothing else.
    await pressAt(page, reach, [0.4, 0.2, -3]);
  }
});
