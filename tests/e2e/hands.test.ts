import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPose, invertRigid, multiplyPose, poseFromYawPitch } from '../../src/math/pose';
import { TeleportArc } from '../../src/xr/hands/teleport';
import { MapCollider } from '../../workers/layout/collision';
import { CourtyardMap } from '../../workers/layout/courtyards';
import { launchBrowser, openPage, type Visit } from './browser';
import { gazePinch, handInputsScript, pinch, point, useInputs, type Aim, type Side } from './hand-inputs';
import { pullTrigger, pushStick } from './headset';
import { headOf, readStats, waitForStats, yawOf } from './wait';

type SessionWindow = { headset: { device: { activeSession?: XRSession } } };

const seed = 6;
/** Where the emulated head stands in its room. */
const roomFromHead = poseFromYawPitch([0, 1.6, 0], 0, 0);
const collider = new MapCollider(new CourtyardMap(seed));

let browser: Browser;
let visit: Visit;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, {
    // The world whose walls are known here as well.
    path: `/?seed=${seed}&world=courtyard-simulator`,
    initScript: handInputsScript(),
    viewport: { width: 480, height: 240 },
  });
  ({ page } = visit);
  await waitForStats(page, 'frames of the simulator', ({ model, frame }) => model.id === 'courtyard-simulator' && frame.id > 0);
  await page.getByRole('button', { name: 'Enter VR' }).click();
  await page.waitForFunction(() => (window as unknown as SessionWindow).headset.device.activeSession !== undefined);
});
afterAll(async () => {
  expect(visit.pageErrors).toEqual([]);
  expect(visit.consoleErrors).toEqual([]);
  await browser.close();
});

/** So many display frames of the session, however long they take: a press has to be seen in one, and used in the next. */
function frames(count = 4): Promise<void> {
  return page.evaluate(async (wanted) => {
    const session = (window as unknown as SessionWindow).headset.device.activeSession!;
    for (let i = 0; i < wanted; i++) await new Promise((resolve) => session.requestAnimationFrame(resolve));
  }, count);
}

async function worldFromRoom() {
  const { pose } = await readStats(page);
  return multiplyPose(createPose(), Float32Array.from(pose.worldFromHead), invertRigid(createPose(), roomFromHead));
}

/** Where an arc of 7.5 m/s comes down on a floor at the height of the room's, by the parabola's own formula. */
function parabola({ x, y, z, yawRad, pitchRad }: Aim): [number, number, number] {
  const [along, up] = [7.5 * Math.cos(pitchRad), 7.5 * Math.sin(pitchRad)];
  const distance = (along * (up + Math.sqrt(up * up + 2 * 9.81 * y))) / 9.81;
  return [x - Math.sin(yawRad) * distance, 0, z - Math.cos(yawRad) * distance];
}

function straight({ x, y, z, yawRad, pitchRad }: Aim): [number, number, number] {
  const distance = y / Math.tan(-pitchRad);
  return [x - Math.sin(yawRad) * distance, 0, z - Math.cos(yawRad) * distance];
}

function inWorld(worldFrom: ArrayLike<number>, [x, y, z]: readonly number[]): { x: number; z: number } {
  const m = worldFrom;
  return { x: m[0]! * x! + m[4]! * y! + m[8]! * z! + m[12]!, z: m[2]! * x! + m[6]! * y! + m[10]! * z! + m[14]! };
}

/**
 * The first direction in which an arc ends as wanted: on free floor, or at a wall. Not straight ahead, where the menu's
 * puck floats for who has no controllers and takes the presses at it.
 */
async function aimAt(what: 'floor' | 'wall', from: { x: number; y: number; z: number }, pitchRad: number, kind: 'hand' | 'pinch' = 'hand') {
  const room = await worldFromRoom();
  const arc = new TeleportArc();
  for (let deg = 60; deg <= 300; deg += 5) {
    const aim = { ...from, yawRad: (deg * Math.PI) / 180, pitchRad };
    const roomFromAim = poseFromYawPitch([from.x, from.y, from.z], aim.yawRad, pitchRad);
    arc.aim(multiplyPose(createPose(), room, roomFromAim), kind, { collider, hasWalls: true, floorY: 0 });
    const [x, , z] = kind === 'pinch' ? straight(aim) : parabola(aim);
    const landing = inWorld(room, [x, 0, z]);
    const isFree = arc.isValid && Math.hypot(arc.target.x - landing.x, arc.target.z - landing.z) < 0.05;
    if (what === 'floor' ? isFree : arc.isEnded && !arc.isValid) return { aim, landing };
  }
  throw new Error(`No ${what} lies around the visitor. Choose another seed.`);
}

/** Waits until the head stands above a place. @returns how far it is from there, metres */
async function missOf(at: { x: number; z: number }, what: string): Promise<number> {
  return distance(headOf(await waitForStats(page, what, (stats) => distance(headOf(stats), at) < 0.12, 20_000)), at);
}

function distance(a: { x: number; z: number }, b: { x: number; z: number }): number {
  return Math.hypot(a.x - b.x, a.z - b.z);
}

const head = async () => headOf(await readStats(page));

/** Where the head is after a moment in which nothing may have happened. */
async function headLater(): Promise<{ x: number; z: number }> {
  await frames(12);
  return headOf(await readStats(page));
}

async function set(options: Record<string, unknown>): Promise<void> {
  await page.evaluate((wanted) => window.reverie.set(wanted), options);
}

const held = (side: Side) => ({ x: side === 'left' ? -0.2 : 0.2, y: 1.1, z: -0.3 });

describe('two controllers', () => {
  test('teleport with the turning stick, to where the arc comes down, and keep the heading', async () => {
    await set({ collide: true, hand: 'right', tool: 'throw' });
    await useInputs(page, 'controller', ['left', 'right']);
    const { aim, landing } = await aimAt('floor', held('right'), -0.2);
    const yaw = yawOf(await readStats(page));
    await point(page, 'controller', 'right', aim);
    await frames();
    await pushStick(page, 'right', 0, -1);
    await frames();
    expect(distance(await head(), landing)).toBeGreaterThan(1);
    await pushStick(page, 'right', 0, 0);
    expect(await missOf(landing, 'the head above the aimed floor')).toBeLessThan(0.12);
    expect(yawOf(await readStats(page))).toBeCloseTo(yaw, 3);
  });

  test('go nowhere when the arc ends at a wall', async () => {
    const { aim } = await aimAt('wall', held('right'), 0.15);
    const before = await head();
    await point(page, 'controller', 'right', aim);
    await pushStick(page, 'right', 0, -1);
    await frames();
    await pushStick(page, 'right', 0, 0);
    expect(distance(await headLater(), before)).toBeLessThan(1e-3);
  });

  test('change places for who prefers the left hand', async () => {
    await set({ hand: 'left' });
    const { aim, landing } = await aimAt('floor', held('left'), -0.35);
    await point(page, 'controller', 'left', aim);
    await pushStick(page, 'left', 0, -1);
    await frames();
    await pushStick(page, 'left', 0, 0);
    expect(await missOf(landing, 'the head above what the left hand aimed at')).toBeLessThan(0.12);
    const before = await head();
    await pushStick(page, 'right', 0, -1);
    await waitForStats(page, 'a walk by the right stick', (stats) => distance(headOf(stats), before) > 0.1, 20_000);
    await pushStick(page, 'right', 0, 0);
    const yaw = yawOf(await readStats(page));
    await pushStick(page, 'left', 1, 0);
    await waitForStats(page, 'a turn by the left stick', (stats) => Math.abs(Math.sin(yawOf(stats) - yaw + Math.PI / 6)) < 0.01, 20_000);
    await pushStick(page, 'left', 0, 0);
    await set({ hand: 'right' });
  });
});

describe.each(['left', 'right'] as const)('a %s controller alone', (side) => {
  test('walks, turns and teleports', async () => {
    await set({ tool: 'move' });
    await useInputs(page, 'controller', [side]);
    await frames();
    const start = await head();
    await pushStick(page, side, 0, 1);
    await waitForStats(page, 'a step back', (stats) => distance(headOf(stats), start) > 0.05, 20_000);
    await pushStick(page, side, 0, 0);
    await frames();
    const yaw = yawOf(await readStats(page));
    await pushStick(page, side, -1, 0);
    await waitForStats(page, 'a turn to the left', (stats) => Math.abs(Math.sin(yawOf(stats) - yaw - Math.PI / 6)) < 0.01, 20_000);
    await pushStick(page, side, 0, 0);
    const { aim, landing } = await aimAt('floor', held(side), -0.3);
    await point(page, 'controller', side, aim);
    await frames();
    await pullTrigger(page, side, 1);
    await frames();
    await pullTrigger(page, side, 0);
    expect(await missOf(landing, 'the head above the aimed floor')).toBeLessThan(0.12);
  });
});

describe.each(['left', 'right'] as const)('a bare %s hand alone', (side) => {
  test('teleports by a pinch', async () => {
    await set({ tool: 'move' });
    await useInputs(page, 'hand', [side]);
    const { aim, landing } = await aimAt('floor', held(side), -0.25);
    await point(page, 'hand', side, aim);
    await frames();
    const before = await head();
    await pinch(page, side, 1);
    await frames();
    expect(distance(await head(), before)).toBeLessThan(1e-3);
    await pinch(page, side, 0);
    expect(await missOf(landing, 'the head above what the hand pointed at')).toBeLessThan(0.12);
  });
});

describe('gaze and pinch', () => {
  test.each(['right', 'none'] as const)('teleports to where the eyes looked, with a hand that is %s', async (handedness) => {
    await set({ tool: 'move' });
    await useInputs(page, 'hand', []);
    await frames();
    const { aim, landing } = await aimAt('floor', { x: 0, y: 1.6, z: 0 }, -0.5, 'pinch');
    // The eyes look elsewhere at first: the ray moves with the hand while the pinch is held.
    await gazePinch(page, { ...aim, pitchRad: -0.8 }, handedness);
    await frames();
    await gazePinch(page, aim, handedness);
    await frames();
    await gazePinch(page, null, handedness);
    expect(await missOf(landing, 'the head above what the eyes looked at')).toBeLessThan(0.12);
  });

  test('goes nowhere while a pinch throws', async () => {
    await set({ tool: 'throw' });
    const { aim } = await aimAt('floor', { x: 0, y: 1.6, z: 0 }, -0.5, 'pinch');
    const before = await head();
    await gazePinch(page, aim);
    await frames();
    await gazePinch(page, null);
    expect(distance(await headLater(), before)).toBeLessThan(1e-3);
  });
});
