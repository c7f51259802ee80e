import type { Page } from 'playwright';
import { summarise } from '../../latency/summary';
import type { ReprojectionMode } from '../../reproject/modes';
import { findColumn } from '../near-column';
import { readStats } from '../page-stats';
import { runTrial, setHead, type RoomPose, type TrialOrder } from './pixel-watch';
import { stepM, turnRad } from './plan';
import type { Motion, MotionRow } from './result';
import { shownFrame, type Shown } from './shown-frame';

/** Height of the eyes of the person in the headset, metres. */
const standingM = 1.6;
/** A step that begins so long after a change reads it from the mailbox, and so did the steps before that, ms. */
const settleMs = 150;
/** Older frames come and go within 100 ms (`src/reproject/fade.ts`). */
const stand = { standMs: 150, standFrames: 2 };

/** Where the head stands for the measurements, in its room: 1.5 m in front of a column, looking at it. */
export type Spot = { x: number; z: number; yawRad: number };

/** Finds a near thing to look at, in the courtyards of this seed. The head must be at the origin of its room. */
export async function findSpot(page: Page, seed: number): Promise<Spot> {
  const m = (await readStats(page)).pose.worldFromHead;
  const rig = { x: m[12]!, z: m[14]!, yaw: Math.atan2(m[8]!, m[10]!) };
  const column = findColumn(seed, rig.x, rig.z);
  const [dx, dz] = [column.standX - rig.x, column.standZ - rig.z];
  return {
    x: Math.cos(rig.yaw) * dx - Math.sin(rig.yaw) * dz,
    z: Math.sin(rig.yaw) * dx + Math.cos(rig.yaw) * dz,
    yawRad: column.yawRad - rig.yaw,
  };
}

/** The head at a spot, turned to the left and moved to its right. */
export function poseAt(spot: Spot, turnedRad: number, movedM: number): RoomPose {
  const yaw = spot.yawRad + turnedRad;
  const right = [Math.cos(spot.yawRad), -Math.sin(spot.yawRad)] as const;
  return {
    position: [spot.x + right[0] * movedM, standingM, spot.z + right[1] * movedM],
    quaternion: [0, Math.sin(yaw / 2), 0, Math.cos(yaw / 2)],
  };
}

/** How a change of the pose is watched at this injected latency. @returns the order, from where the head is to go */
export function orderTo(addLatencyMs: number): (to: RoomPose, isSettled: boolean) => TrialOrder {
  return (to, isSettled) => ({ to, isSettled, leadFrames: 2, settleMs, ...stand, limitMs: 20_000 + 4 * addLatencyMs });
}

export type Cell = { mode: ReprojectionMode; addLatencyMs: number; repeats: number };

/** Measures both motions in one mode with one injected latency. */
export async function measureCell(page: Page, spot: Spot, { mode, addLatencyMs, repeats }: Cell): Promise<MotionRow[]> {
  await page.evaluate((options) => window.reverie.set(options), { reprojection: mode, addLatencyMs });
  await setHead(page, poseAt(spot, 0, 0));
  const order = orderTo(addLatencyMs);
  const shown: Record<Motion, Shown[]> = { rotation: [], translation: [] };
  let frames = 0;
  let lastedMs = 0;
  for (let k = 0; k < repeats; k++) {
    for (const [motion, turned, moved] of [
      ['rotation', turnRad, 0],
      ['rotation', 0, 0],
      ['translation', 0, stepM],
      ['translation', 0, 0],
    ] as const) {
      const trial = await runTrial(page, order(poseAt(spot, turned, moved), frames > 0));
      shown[motion].push(shownFrame(trial));
      frames += trial.after.length;
      lastedMs += trial.after.at(-1)!.atMs - trial.changedAtMs;
    }
  }
  const displayHz = (1000 * frames) / lastedMs;
  return (['rotation', 'translation'] as const).map((motion) => rowOf(mode, addLatencyMs, motion, shown[motion], displayHz));
}

function rowOf(
  mode: ReprojectionMode,
  addLatencyMs: number,
  motion: Motion,
  shown: readonly Shown[],
  displayHz: number,
): MotionRow {
  const frames = shown.map((one) => one.frames);
  return {
    kind: 'motion',
    mode,
    addLatencyMs,
    motion,
    frames,
    // NaN, a change that never showed, is the worst of all and stays NaN.
    framesMax: Math.max(...frames),
    framesMedian: summarise(frames).p50,
    msMedian: summarise(shown.map((one) => one.ms)).p50,
    byModel: shown.filter((one) => one.byModel).length,
    firstShareMin: Math.min(...shown.map((one) => one.firstShare)),
    firstRestMax: Math.max(...shown.map((one) => one.firstRest)),
    contrastMin: Math.min(...shown.map((one) => one.contrast)),
    displayHz,
  };
}
