import type * as Iwer from 'iwer';
import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { Aim } from './hand-inputs';

/** One way to reach an item of the menu, with one hand: the other is not there. */
export type Reach = { kind: 'controller' | 'hand' | 'pinch'; side: 'left' | 'right' };

type ReachWindow = { headset: { device: Iwer.XRDevice; gaze: { aim: Aim | null; handedness: XRHandedness } } };

/** Everything of one press happens in the page: a test that asked for each step would wait longer than the press takes. */
async function pressInPage({ kind, side, target }: Reach & { target: string | number[] }): Promise<void> {
  const { device, gaze } = (window as unknown as ReachWindow).headset;
  const frames = (count: number) =>
    new Promise<void>((resolve) => {
      const next = (): void => void (count-- > 0 ? device.activeSession!.requestAnimationFrame(next) : resolve());
      next();
    });
  const find = () => (typeof target === 'string' ? window.reverie.menu().find((item) => item.label === target)?.roomPosition : target);
  for (let k = 0; k < 20 && !find(); k++) await frames(1);
  const at = find();
  if (!at) throw new Error(`"${String(target)}" is not shown; shown are ${window.reverie.menu().map((shown) => shown.label).join(', ')}.`);
  // A hand beside the hip, or the eyes.
  const from = kind === 'pinch' ? [0, 1.6, 0] : [side === 'left' ? -0.2 : 0.2, 1.15, -0.1];
  const [dx, dy, dz] = at.map((value, i) => value - from[i]!) as [number, number, number];
  const yawRad = Math.atan2(-dx, -dz);
  const pitchRad = Math.atan2(dy, Math.hypot(dx, dz));
  if (kind === 'pinch') {
    gaze.handedness = side;
    gaze.aim = { x: from[0]!, y: from[1]!, z: from[2]!, yawRad, pitchRad };
    await frames(1);
    gaze.aim = null;
  } else {
    const input = (kind === 'controller' ? device.controllers : device.hands)[side]!;
    input.position.set(from[0]!, from[1]!, from[2]!);
    const [sy, cy, sp, cp] = [Math.sin(yawRad / 2), Math.cos(yawRad / 2), Math.sin(pitchRad / 2), Math.cos(pitchRad / 2)];
    input.quaternion.set(cy * sp, sy * cp, -sy * sp, cy * cp);
    const press = (value: number): void => {
      if (kind === 'controller') device.controllers[side]!.updateButtonValue('trigger', value);
      else device.hands[side]!.updatePinchValue(value);
    };
    press(1);
    await frames(1);
    press(0);
  }
  await frames(1);
}

/** Aims at an item where it stands in the room, and presses. */
export function choose(page: Page, reach: Reach, label: string): Promise<void> {
  return page.evaluate(pressInPage, { ...reach, target: label });
}

/** Presses at a place in the tracked room, metres. */
export function pressAt(page: Page, reach: Reach, target: [x: number, y: number, z: number]): Promise<void> {
  return page.evaluate(pressInPage, { ...reach, target });
}

/** Whether more is shown than the puck. */
export async function isMenuOpen(page: Page): Promise<boolean> {
  return (await itemLabels(page)).some((label) => !label.startsWith('Puck'));
}

/** Opens the menu as this hand would: by A or X, or by the puck. */
export async function openMenu(page: Page, reach: Reach): Promise<void> {
  if (await isMenuOpen(page)) return;
  if (reach.kind === 'controller') await tapMenuButton(page, reach);
  else await choose(page, reach, 'Puck: menu');
  await expect.poll(() => isMenuOpen(page), { timeout: 15_000 }).toBe(true);
}

async function tapMenuButton(page: Page, reach: Reach): Promise<void> {
  await page.evaluate(async (side) => {
    const { device } = (window as unknown as ReachWindow).headset;
    const frames = (count: number) =>
      new Promise<void>((resolve) => {
        const next = (): void => void (count-- > 0 ? device.activeSession!.requestAnimationFrame(next) : resolve());
        next();
      });
    for (const value of [1, 0]) {
      device.controllers[side]!.updateButtonValue(side === 'left' ? 'x-button' : 'a-button', value);
      await frames(1);
    }
  }, reach.side);
}

export function itemLabels(page: Page): Promise<string[]> {
  return page.evaluate(() => window.reverie.menu().map(({ label }) => label));
}

/** What an item says of itself; undefined: it is not shown. */
export function itemState(page: Page, label: string): Promise<string | null | undefined> {
  return page.evaluate((wanted) => window.reverie.menu().find((item) => item.label === wanted)?.state, label);
}
