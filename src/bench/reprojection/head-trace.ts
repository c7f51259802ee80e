import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { offsetIn, type HeadOffset, type Motion } from '../../latency/head-traces/motions';
import { poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { eyeHeightM, roomAt } from './history-walk';
import { displayHz, randomFor } from './plan';

/** In this order; yaw and turn only rotate, the others only move. */
export const motions: readonly Motion[] = ['yaw', 'lean', 'steps', 'walk', 'turn'];

export type HeadTrace = {
  /** One a display frame. */
  worldFromHead: Pose[];
  motion: Motion[];
};

const roomM = 0.4;
const tries = 6000;
const placesM = 30;

/** The whole trace as offsets: each part goes on from where the one before it ended. */
function offsets(partS: number): { offset: HeadOffset; motion: Motion }[] {
  const frames = Math.round(partS * displayHz);
  const out: { offset: HeadOffset; motion: Motion }[] = [];
  const base: HeadOffset = { forward: 0, right: 0, yaw: 0 };
  const within: HeadOffset = { forward: 0, right: 0, yaw: 0 };
  for (const motion of motions) {
    for (let k = 1; k <= frames; k++) {
      offsetIn(motion, k / displayHz, within);
      const { forward, right, yaw } = base;
      out.push({
        offset: { forward: forward + within.forward, right: right + within.right, yaw: yaw + within.yaw },
        motion,
      });
    }
    Object.assign(base, out[out.length - 1].offset);
  }
  return out;
}

/**
 * A head trace of `motions.length * partS` seconds at 60 Hz through a free place of the world.
 * @throws Error when the scene has no free way
 */
export function findTrace(sceneSeed: number, partS: number, seed: number): HeadTrace {
  const collider = new MapCollider(new CourtyardMap(sceneSeed));
  const random = randomFor(seed, `trace ${sceneSeed}`);
  const steps = offsets(partS);
  for (let k = 0; k < tries; k++) {
    const x = (random() - 0.5) * 2 * placesM;
    const z = (random() - 0.5) * 2 * placesM;
    const yaw = random() * 2 * Math.PI;
    const forward = [-Math.sin(yaw), -Math.cos(yaw)];
    const right = [Math.cos(yaw), -Math.sin(yaw)];
    const placeOf = ({ offset }: { offset: HeadOffset }): [number, number] => [
      x + forward[0] * offset.forward + right[0] * offset.right,
      z + forward[1] * offset.forward + right[1] * offset.right,
    ];
    if (steps.some((step, i) => i % 6 === 0 && roomAt(collider, ...placeOf(step), roomM) < roomM)) continue;
    return {
      worldFromHead: steps.map((step) => {
        const [px, pz] = placeOf(step);
        return poseFromYawPitch([px, eyeHeightM, pz], yaw + step.offset.yaw, -0.05);
      }),
      motion: steps.map(({ motion }) => motion),
    };
  }
  throw new Error(`World ${sceneSeed} has no free way for a trace of ${partS} s a part; choose another --seed.`);
}
