import { createRandom } from '../../math/hash';
import { headingYaw, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { BodySpec } from '../../physics/body';

/** One throw of a visitor, in world space. */
export type Throw = { spec: BodySpec; speedMps: number; aim: Aim };
/** At some place in view, at a thing that stands there, or anywhere else. */
export type Aim = 'view' | 'thing' | 'elsewhere';
/** What is there to throw at: a place of the truth in view that is no floor, or null. @param random 0 … 1 */
export type FindThing = (random: () => number) => readonly [number, number, number] | null;

const degree = Math.PI / 180;
/** Most people throw where they look, and many at something. */
const elsewhereShare = 0.15;
const atThingShare = 0.4;
const cubeShare = 0.2;

/** Seeded throws from beside the head, 2 to 10 m/s. */
export function planThrows(worldFromHead: Pose, count: number, seed: number, findThing: FindThing | null = null): Throw[] {
  const random = createRandom(seed);
  const between = (from: number, to: number): number => from + (to - from) * random();
  const yaw = headingYaw(worldFromHead);
  return Array.from({ length: count }, () => {
    const chance = random();
    const thing = chance < atThingShare ? (findThing?.(random) ?? null) : null;
    const aim: Aim = thing ? 'thing' : chance < 1 - elsewhereShare ? 'view' : 'elsewhere';
    let turn = yaw + (aim === 'elsewhere' ? between(50, 310) : between(-35, 35)) * degree;
    let up = between(-25, 35) * degree;
    let speedMps = between(2, 10);
    const side = random() < 0.5 ? 0.2 : -0.2;
    if (thing) {
      const [x, y, z] = [thing[0] - worldFromHead[12], thing[1] - worldFromHead[13] + 0.25, thing[2] - worldFromHead[14]];
      const away = Math.hypot(x, z);
      turn = Math.atan2(-x, -z);
      speedMps = Math.max(speedMps, 3 + away / 2);
      // As people do: higher, by as much as it will fall.
      up = Math.atan2(y + (4.9 * away * away) / speedMps ** 2, away);
    }
    // The hand is half a metre before and a little below the eyes.
    const hand = [
      worldFromHead[12] - 0.4 * Math.sin(turn) + side * Math.cos(turn),
      worldFromHead[13] - 0.25,
      worldFromHead[14] - 0.4 * Math.cos(turn) - side * Math.sin(turn),
    ];
    const shape = random() < cubeShare ? 'cube' : 'ball';
    return {
      speedMps,
      aim,
      spec: {
        shape,
        radiusM: between(0.04, 0.12),
        worldFromBody: poseFromYawPitch(hand, turn, 0),
        velocityMps: [
          -Math.sin(turn) * Math.cos(up) * speedMps,
          Math.sin(up) * speedMps,
          -Math.cos(turn) * Math.cos(up) * speedMps,
        ],
        angularRadPerS: [between(-6, 6), between(-6, 6), between(-6, 6)],
      },
    };
  });
}
