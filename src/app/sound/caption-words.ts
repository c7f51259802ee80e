import { headingYaw } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { SoundName } from './sound-recipes';

/** What each sound says; null: the same is seen anyhow. */
const wordsOf: Readonly<Record<SoundName, string>> = {
  throw: 'throw',
  'impact-ball': 'ball bounces',
  'impact-cube': 'cube hits',
  grab: 'picked up',
  drop: 'let go',
  'menu-open': 'menu opens',
  'menu-close': 'menu closes',
  'menu-click': 'chosen',
  teleport: 'you moved',
};

const directions = ['ahead', 'ahead left', 'left', 'behind left', 'behind', 'behind right', 'right', 'ahead right'] as const;
/** Nearer than this has no direction, metres. */
const hereM = 0.7;

/**
 * A sound in words: what, where from, how far ("ball bounces, ahead left, 4 m").
 * @param at where it is, world metres; null: it has no place. @param worldPerRoomM a metre of the visitor's room
 */
export function captionOf(name: SoundName, at: ArrayLike<number> | null, worldFromHead: Pose, worldPerRoomM: number): string {
  const words = wordsOf[name];
  if (!at) return words;
  const x = (at[0]! - worldFromHead[12]!) / worldPerRoomM;
  const y = (at[1]! - worldFromHead[13]!) / worldPerRoomM;
  const z = (at[2]! - worldFromHead[14]!) / worldPerRoomM;
  const distanceM = Math.hypot(x, y, z);
  if (distanceM < hereM) return words;
  const yaw = Math.atan2(-x, -z) - headingYaw(worldFromHead);
  const eighth = (((Math.round((yaw * 4) / Math.PI) % 8) + 8) % 8) as 0;
  const level = Math.hypot(x, z) < 0.4 * distanceM ? (y > 0 ? 'above' : 'below') : directions[eighth];
  return `${words}, ${level}, ${Math.round(distanceM)} m`;
}
