import { poseFromYawPitch } from '../../../src/math/pose';
import type { Pose } from '../../../src/math/types';
import { distanceToScene } from '../../../workers/layout/distance';
import type { SceneWindow } from '../../../workers/layout/scene-window';

/** Where a head is and where it looks. */
export type Gaze = { x: number; y: number; z: number; yaw: number; pitch: number; roll: number };

/** Move right, up, back (m/s) in the heading frame, turn (rad/s, positive to the left), seconds. */
export type ClipAction = [right: number, up: number, back: number, turn: number, seconds: number];

export const noAction: Readonly<ClipAction> = [0, 0, 0, 0, 0];

/** Side of the square around a site in which clips begin, metres: small enough to share one scene window. */
const siteSizeM = 14;

export function poseOf({ x, y, z, yaw, pitch, roll }: Gaze): Pose {
  return poseFromYawPitch([x, y, z], yaw, pitch, roll);
}

/** A standing or crouching visitor near a site who looks anywhere, mostly not with the nose at a wall. */
export function chooseGaze(scene: SceneWindow, siteX: number, siteZ: number, random: () => number): Gaze {
  const clearance = random() < 0.85 ? 1 : 0.5;
  for (;;) {
    const x = siteX + (random() - 0.5) * siteSizeM;
    const z = siteZ + (random() - 0.5) * siteSizeM;
    const y = Math.max(0.8, 1.6 + 0.2 * normal(random) + (random() < 0.15 ? 0.7 : 0));
    if (distanceToScene(scene, x, y, z, 1.5) < Math.min(clearance, y * 0.9)) continue;
    const pitch = Math.max(-1.2, Math.min(1.2, 0.22 * normal(random)));
    return { x, y, z, yaw: random() * 2 * Math.PI, pitch, roll: 0.05 * normal(random) };
  }
}

/** What the visitor does next: walks, mostly forwards, and turns; or just looks round. */
export function chooseAction(random: () => number): ClipAction {
  const walks = random() < 0.75;
  const back = walks ? -(0.4 + 1.6 * random()) * (random() < 0.85 ? 1 : -0.6) : 0;
  const right = walks ? 0.5 * normal(random) : 0;
  const turn = (walks ? 0.5 : 1.2) * normal(random);
  return [right, 0, back, turn, 0.05 + 0.25 * random()];
}

/** Where the visitor is after an action; null when something stands there. */
export function gazeAfter(scene: SceneWindow, from: Gaze, [right, up, back, turn, seconds]: ClipAction): Gaze | null {
  const yaw = from.yaw + turn * seconds;
  const sine = Math.sin(from.yaw);
  const cosine = Math.cos(from.yaw);
  const x = from.x + (cosine * right + sine * back) * seconds;
  const z = from.z + (-sine * right + cosine * back) * seconds;
  const y = from.y + up * seconds;
  return distanceToScene(scene, x, y, z, 0.5) < 0.25 ? null : { ...from, x, y, z, yaw };
}

/** Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
