import { jointDistanceM, joints, type HandJoints } from './hand-joints';

/**
 * Centres of the two tips this far apart, metres: fully pinched, and not at all. Tips that touch are some 15 mm apart
 * (a finger is as thick); three.js takes 15 and 25 mm for begin and end.
 */
const pinchedM = 0.014;
const openM = 0.05;

/** A press begins at the first figure and ends below the second; between them it stays what it was. */
const thresholds = {
  /** Triggers rest at 0 and travel far. */
  trigger: [0.5, 0.3],
  /** Fingers tremble, and runtimes report a half closed hand as a half pinch: 18 mm and 30 mm. */
  pinch: [0.88, 0.55],
} as const;

export type PressKind = keyof typeof thresholds;

/** How far thumb and index finger of a tracked hand are pinched, 0 … 1. */
export function pinchOf(hand: HandJoints): number {
  const distanceM = jointDistanceM(hand, joints.thumbTip, joints.indexTip);
  return Math.min(Math.max((openM - distanceM) / (openM - pinchedM), 0), 1);
}

/** Whether it is pressed now, with hysteresis. */
export function isPressedNow(kind: PressKind, wasPressed: boolean, press: number): boolean {
  const [beginsAt, endsBelow] = thresholds[kind];
  return press >= (wasPressed ? endsBelow : beginsAt);
}
