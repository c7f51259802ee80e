import { headingYaw } from '../../math/pose';
import { wrapAngle } from '../../math/scalars';
import type { Pose } from '../../math/types';

/** Where a panel stands, and whether it is on its way. Metres, radians; the yaw is the direction it is read from. */
export type Standing = { x: number; y: number; z: number; yaw: number; isMoving: boolean; isPlaced: boolean };

export function createStanding(): Standing {
  return { x: 0, y: 0, z: 0, yaw: 0, isMoving: false, isPlaced: false };
}

/** Where a panel wants to stand, seen from the head. */
export type Berth = {
  distanceM: number;
  /** To the left of where the head faces. */
  asideRad: number;
  /** Below the eyes. */
  dropM: number;
  /** It stays where it is until the head is this far from where the panel would stand by now. */
  leaveM: number;
  leaveRad: number;
};

/** The lab's: a little to the left and below the eyes, so that the world ahead stays in view. */
export const labBerth: Berth = { distanceM: 1.15, asideRad: 0.55, dropM: 0.1, leaveM: 0.9, leaveRad: 1.05 };
/** On its way it glides until it is this near. */
const arriveM = 0.03;
const arriveRad = 0.03;
/** Share of the way that is left after a second of gliding. */
const leftAfterSecond = 0.004;

/**
 * Stands in the world, and follows only when the person has gone on or turned away: text that is fixed to the head
 * cannot be looked at, makes people sick, and would hide the lag that is to be seen. Allocates nothing.
 */
export function follow(standing: Standing, worldFromHead: Pose, dtS: number, berth: Berth = labBerth): void {
  const { distanceM, asideRad, dropM, leaveM, leaveRad } = berth;
  const headYaw = headingYaw(worldFromHead);
  const yaw = headYaw + asideRad;
  const x = worldFromHead[12]! - Math.sin(yaw) * distanceM;
  const y = worldFromHead[13]! - dropM;
  const z = worldFromHead[14]! - Math.cos(yaw) * distanceM;
  if (!standing.isPlaced) {
    standing.x = x;
    standing.y = y;
    standing.z = z;
    standing.yaw = yaw;
    standing.isPlaced = true;
    standing.isMoving = false;
    return;
  }
  const turn = wrapAngle(yaw - standing.yaw);
  // How far the panel is from where it would be placed with the direction that it has.
  const offM = Math.hypot(
    worldFromHead[12]! - Math.sin(standing.yaw) * distanceM - standing.x,
    y - standing.y,
    worldFromHead[14]! - Math.cos(standing.yaw) * distanceM - standing.z,
  );
  if (!standing.isMoving) standing.isMoving = offM > leaveM || Math.abs(turn) > leaveRad;
  if (!standing.isMoving) return;
  const share = 1 - leftAfterSecond ** dtS;
  standing.x += (x - standing.x) * share;
  standing.y += (y - standing.y) * share;
  standing.z += (z - standing.z) * share;
  standing.yaw = wrapAngle(standing.yaw + turn * share);
  const leftM = Math.hypot(x - standing.x, y - standing.y, z - standing.z);
  standing.isMoving = leftM > arriveM || Math.abs(wrapAngle(yaw - standing.yaw)) > arriveRad;
}
