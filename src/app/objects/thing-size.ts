import type { Options } from '../options';

export type ThingShape = Options['thing'];

/** Radius of a ball, half an edge of a cube: what lies well in a hand, metres. */
const inHandM: Readonly<Record<ThingShape, number>> = { ball: 0.05, cube: 0.04 };
/** On the page there is no hand to compare with, and a ball of 5 cm would be a few pixels: a football. */
const onPageM: Readonly<Record<ThingShape, number>> = { ball: 0.11, cube: 0.09 };
/** Before a small model the hand is a giant's; its ball stays smaller than a doorway. */
const largestM = 0.3;

/** Radius (half an edge) of a thing that a hand makes, metres of the world. @param worldPerRoomM scale of the room */
export function handThingRadiusM(shape: ThingShape, worldPerRoomM: number): number {
  return Math.min(inHandM[shape] * Math.max(worldPerRoomM, 1), Math.max(largestM, inHandM[shape]));
}

/** Radius (half an edge) of a thing that a click throws, metres. */
export function pageThingRadiusM(shape: ThingShape): number {
  return onPageM[shape];
}
