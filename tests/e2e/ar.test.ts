import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eyeDistanceM } from '../../src/bench/emulated-headset';
import type { Options } from '../../src/app/options';
import { alphaAt, alphaShare, fitCircle, glowing, leftEye, outline, rayThrough, topOf, warmBottoms, type Head } from './ar-measure';
import { launchBrowser, openPage, type Visit } from './browser';
import { capture, clipPlanes, countFrames, type EyePicture } from './headset';
import { lookFrom, roomDepth, roomScript } from './room';
import { readStats, waitForStats } from './wait';

/** Of the scanned room: the wall behind the visitor (its picture hangs a centimetre before it), and the table. */
const wallZ = 1.23;
const tableY = 0.73;
/** Of the frame around the window, and how far it stands out from the wall; of the board under the model. */
const frameWidthM = 1.4 + 2 * 0.07;
const frameTopM = 2 + 0.07;
const frameOutM = 0.09;
const boardRadiusM = 0.35 + 0.014;
const boardBottomM = 0.023;

const atWall: Head = { x: 0, y: 1.6, z: 0, yawRad: Math.PI, pitchRad: 0 };
const atTable: Head = { x: 0, y: 1.6, z: 0, yawRad: 0, pitchRad: -0.7 };

let browser: Browser;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  visit = await openPage(browser, {
    path: '/?world=courtyard-simulator&seed=6&arOcclusion=0',
    initScript: roomScript('meeting_room'),
    viewport: { width: 640, height: 320 },
  });
  page = visit.page;
  await waitForStats(page, 'a picture of the simulator', (stats) => stats.frame.id > 0, 90_000);
});
afterAll(async () => {
  await visit?.close();
  await browser.close();
});

async function set(options: Partial<Options>): Promise<void> {
  await page.evaluate((changes) => window.reverie.set(changes), options);
}

/** Stands there for a display frame. */
async function stand(head: Head): Promise<void> {
  await lookFrom(page, head.x, head.y, head.z, head.yawRad, head.pitchRad);
  await countFrames(page, 1);
}

/** The left eye's picture from there: the second display frame, since the first may have begun before. */
async function see(head: Head): Promise<EyePicture> {
  await stand(head);
  return (await capture(page)).left;
}

/** Where the window's frame stands in the room, from its outline in a picture that was taken square to it. */
function frameIn(eye: EyePicture, head: Head): { x: number; z: number; topY: number } {
  const [ex, ey, ez] = leftEye(head, eyeDistanceM);
  const { left, right } = outline(eye, Math.round(eye.height / 2));
  const distanceM = (frameWidthM * (eye.height / 2)) / (right - left);
  const across = rayThrough(eye, head, (left + right) / 2, eye.height / 2);
  const up = rayThrough(eye, head, 0, topOf(eye, Math.round((left + right) / 2)));
  return { x: ex + across[0] * distanceM, z: ez + Math.sign(across[2]) * distanceM, topY: ey + up[1] * distanceM };
}

/** A line of sight on the floor plan: from `x, z` along `dx, dz`. */
type Sight = { x: number; z: number; dx: number; dz: number };

/** Lines of sight to the frame's outer edges, at the height of the eyes. */
function edgesIn(eye: EyePicture, head: Head): { left: Sight; right: Sight } {
  const [x, , z] = leftEye(head, eyeDistanceM);
  const edges = outline(eye, Math.round(eye.height / 2));
  const sight = (column: number): Sight => {
    const [dx, , dz] = rayThrough(eye, head, column, eye.height / 2);
    return { x, z, dx, dz };
  };
  return { left: sight(edges.left), right: sight(edges.right) };
}

function crossing(a: Sight, b: Sight): [x: number, z: number] {
  const det = a.dz * b.dx - a.dx * b.dz;
  const t = ((b.x - a.x) * -b.dz + (b.z - a.z) * b.dx) / det;
  return [a.x + t * a.dx, a.z + t * a.dz];
}

/** Distance of a point from a line of sight, metres. */
function beside({ x, z, dx, dz }: Sight, atX: number, atZ: number): number {
  return Math.abs((atX - x) * dz - (atZ - z) * dx) / Math.hypot(dx, dz);
}

/** Where the board under the model lies, from the lower outline of its front. */
function boardIn(eye: EyePicture, head: Head): { x: number; z: number; radius: number } {
  const [ex, ey, ez] = leftEye(head, eyeDistanceM);
  const rows = warmBottoms(eye);
  const drawn = [...rows.keys()].filter((x) => !Number.isNaN(rows[x]!));
  // At the sides the outline runs steeply: only the front counts.
  const margin = Math.round(drawn.length / 6);
  const points = drawn.slice(margin, -margin).map((x) => {
    const [dx, dy, dz] = rayThrough(eye, head, x + 0.5, rows[x]!);
    const t = (tableY - boardBottomM - ey) / dy;
    return [ex + t * dx, ez + t * dz] as const;
  });
  return fitCircle(points);
}

describe('in an immersive AR session', () => {
  test('Enter AR, clicked, puts a window on the real wall ahead; around it nothing is drawn', async () => {
    await lookFrom(page, atWall.x, atWall.y, atWall.z, atWall.yawRad, atWall.pitchRad);
    await page.getByRole('button', { name: 'Enter AR' }).click();
    await expect.poll(() => clipPlanes(page), { timeout: 10_000 }).not.toBeNull();
    const eye = await see(atWall);
    const frame = frameIn(eye, atWall);
    expect(frame.x).toBeCloseTo(0, 1);
    expect(Math.abs(frame.z - (wallZ - frameOutM))).toBeLessThan(0.03);
    expect(alphaShare(eye, 0)).toBeGreaterThan(0.3);
    expect(alphaShare(eye, 0) + alphaShare(eye, 255)).toBeGreaterThan(0.97);
    expect(glowing(eye)).toBe(0);
    const { left, right } = outline(eye, 160);
    for (let y = 0; y < eye.height; y += 3) {
      for (const x of [0, Math.floor(left) - 6, Math.ceil(right) + 6, eye.width - 1]) expect(alphaAt(eye, x, y)).toBe(0);
    }
  });

  test('the window stays put within a centimetre while the head moves by a metre', async () => {
    const heads: Head[] = [
      { ...atWall, x: -0.5, z: -0.6 },
      { ...atWall, x: 0.5, z: -0.6 },
      { ...atWall, y: 1.2 },
      { ...atWall, x: 0.2, z: -0.3 },
    ];
    const sights = [];
    for (const head of heads) sights.push(edgesIn(await see(head), head));
    // Two places say where both edges of the frame stand in the room; from all others they must be just there.
    for (const edge of ['left', 'right'] as const) {
      const [x, z] = crossing(sights[0]![edge], sights[1]![edge]);
      const offM = sights.map((sight) => beside(sight[edge], x, z));
      console.log(`  ${edge} edge of the frame at ${x.toFixed(3)}, ${z.toFixed(3)} m; off by ${offM.map((m) => (1000 * m).toFixed(1)).join(', ')} mm`);
      expect(Math.abs(Math.abs(x) - frameWidthM / 2)).toBeLessThan(0.03);
      expect(Math.abs(z - (wallZ - frameOutM))).toBeLessThan(0.05);
      expect(Math.max(...offM)).toBeLessThan(0.01);
    }
    // Its lower edge is at the real floor, which is a little higher than the room's zero.
    const eye = await see(atWall);
    expect(Math.abs(frameIn(eye, atWall).topY - frameTopM - 0.04)).toBeLessThan(0.02);
  });

  test('real furniture in front of the window hides it, as the true depth of the room says', async () => {
    const head = { ...atWall, pitchRad: -0.35 };
    const free = await see(head);
    await set({ arOcclusion: true });
    const hidden = await see(head);
    const depth = await roomDepth(page, 'left');
    let [both, either, behind] = [0, 0, 0];
    for (let y = 0; y < free.height; y++) {
      for (let x = 0; x < free.width; x++) {
        if (alphaAt(free, x, y) < 0.5) continue;
        const ez = leftEye(head, eyeDistanceM)[2];
        const realZ = ez + rayThrough(free, head, x + 0.5, y + 0.5)[2] * depth[y * free.width + x]!;
        // What is so near to the wall is the wall.
        const shouldShow = realZ > wallZ - frameOutM - 0.03;
        const shows = alphaAt(hidden, x, y) > 0.5;
        if (!shouldShow) behind++;
        if (shows && shouldShow) both++;
        if (shows || shouldShow) either++;
      }
    }
    console.log(`  ${behind} pixels behind furniture; overlap with the room's true depth ${(both / either).toFixed(4)}`);
    expect(behind).toBeGreaterThan(300);
    expect(both / either).toBeGreaterThanOrEqual(0.95);
    await set({ arOcclusion: false });
  });

  test('who walks through the opening stands in the world, and is back in the room on the way back', async () => {
    for (const z of [0.5, 1, 1.4]) await stand({ ...atWall, z });
    const inside = await see({ ...atWall, z: 1.9 });
    expect(alphaShare(inside, 255)).toBeGreaterThan(0.98);
    for (const z of [1.4, 1]) await stand({ ...atWall, z });
    const outside = await see(atWall);
    expect(alphaShare(outside, 0)).toBeGreaterThan(0.3);
    expect(Math.abs(frameIn(outside, atWall).z - (wallZ - frameOutM))).toBeLessThan(0.03);
  });

  test('the model stands on the real table, and stays put within a centimetre', async () => {
    await lookFrom(page, atTable.x, atTable.y, atTable.z, atTable.yawRad, atTable.pitchRad);
    await set({ arForm: 'diorama' });
    const boards = [];
    for (const head of [atTable, { ...atTable, x: -0.4, y: 1.5 }, { ...atTable, x: 0.6, z: 0.2 }]) {
      const eye = await see(head);
      expect(glowing(eye)).toBe(0);
      expect(alphaShare(eye, 0)).toBeGreaterThan(0.6);
      boards.push(boardIn(eye, head));
    }
    console.log(`  board from three places: ${JSON.stringify(boards)}`);
    // Within the table: 1.24 m by 2.15 m around (0.07, -1.57).
    expect(Math.abs(boards[0]!.x - 0.07)).toBeLessThan(0.62 - 0.35 + 0.02);
    expect(Math.abs(boards[0]!.z + 1.57)).toBeLessThan(1.07 - 0.35 + 0.02);
    for (const { x, z, radius } of boards) {
      expect(Math.abs(radius - boardRadiusM)).toBeLessThan(0.012);
      expect(Math.hypot(x - boards[0]!.x, z - boards[0]!.z)).toBeLessThan(0.01);
    }
    const { pose } = await readStats(page);
    // A giant's eyes: twenty times as far above the ground as the head is above the table.
    expect(pose.worldFromHead[13]).toBeCloseTo(20 * (1.6 - tableY), 0);
  });

  test('the overlay leaves out ground and sky, and stays put', async () => {
    const head: Head = { x: 0, y: 1.6, z: 0, yawRad: 0, pitchRad: 0 };
    await lookFrom(page, head.x, head.y, head.z, head.yawRad, head.pitchRad);
    await set({ arForm: 'overlay' });
    const before = await readStats(page);
    await waitForStats(page, 'frames of the overlay', (stats) => stats.model.frames > before.model.frames + 3);
    const eye = await see(head);
    expect(alphaShare(eye, 0)).toBeGreaterThan(0.15);
    expect(alphaShare(eye, 255)).toBeGreaterThan(0.05);
    expect(glowing(eye)).toBe(0);
    // Underfoot there is only ground, whatever the hands hold.
    const underfoot = Array.from({ length: eye.width }, (_, x) => alphaAt(eye, x, eye.height - 2));
    expect(underfoot.filter((alpha) => alpha === 0).length).toBeGreaterThan(0.8 * eye.width);
    const from = (await readStats(page)).pose.worldFromHead;
    await stand({ ...head, x: 1 });
    const to = (await readStats(page)).pose.worldFromHead;
    expect(Math.hypot(to[12]! - from[12]! - from[0]!, to[14]! - from[14]! - from[2]!)).toBeLessThan(0.01);
  });

  test('the window is where it was left; X leaves AR, and no page error happened in all that', async () => {
    await set({ arForm: 'window' });
    const eye = await see(atWall);
    expect(Math.abs(frameIn(eye, atWall).z - (wallZ - frameOutM))).toBeLessThan(0.03);
    await page.keyboard.press('KeyX');
    await page.getByRole('button', { name: 'Enter AR' }).first().waitFor({ timeout: 10_000 });
    expect(await clipPlanes(page)).toBeNull();
    expect(visit.pageErrors).toEqual([]);
    expect(visit.consoleErrors).toEqual([]);
  });
});
