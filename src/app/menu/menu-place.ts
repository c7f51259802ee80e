import { headingYaw, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import type { Berth } from '../lab/lazy-follow';

/** The menu is drawn in pixels of one millimetre. */
export const pixelSizeM = 0.001;
export const menuWidthPx = 900;
export const menuHeightPx = 620;
/**
 * The menu is drawn last and without a depth test. With one, a menu that opens inside a wall (people stand near walls, and
 * in AR the room is full) could neither be read nor closed. The vignette is 1000: it shall not darken the menu.
 */
export const menuOrder = 1100;

/** From the eyes to the menu, over the floor: far enough that eyes need not squint, near enough that text is large. */
const distanceM = 1.05;
/** Its middle is this far below the eyes: looking a little down is restful, and the horizon stays free. */
const dropM = 0.14;

const position: [number, number, number] = [0, 0, 0];

/** In front of the head, upright but leaning so that it faces the eyes. Both poses in the tracked room. */
export function placeMenu(roomFromHead: Pose, roomFromMenu: Pose): Pose {
  const yaw = headingYaw(roomFromHead);
  position[0] = roomFromHead[12]! - Math.sin(yaw) * distanceM;
  position[1] = roomFromHead[13]! - dropM;
  position[2] = roomFromHead[14]! - Math.cos(yaw) * distanceM;
  return poseFromYawPitch(position, yaw, -Math.atan2(dropM, distanceM), 0, roomFromMenu);
}

/** Solid angle of a rectangle, seen from above its middle, steradians. https://en.wikipedia.org/wiki/Solid_angle#Pyramid */
export function rectangleSr(widthM: number, heightM: number, eyeM: number): number {
  const diagonal = Math.sqrt(4 * eyeM * eyeM + widthM * widthM + heightM * heightM);
  return 4 * Math.atan((widthM * heightM) / (2 * eyeM * diagonal));
}

/** Share of a view of `fovXRad` by `fovYRad` that the menu takes when it has just been opened, 0 … 1. */
export function menuShare(fovXRad: number, fovYRad: number): number {
  const eyeM = Math.hypot(distanceM, dropM);
  const view = rectangleSr(2 * Math.tan(fovXRad / 2), 2 * Math.tan(fovYRad / 2), 1);
  return rectangleSr(menuWidthPx * pixelSizeM, menuHeightPx * pixelSizeM, eyeM) / view;
}

/** The puck: low enough to be out of the way, high enough that a look down finds it. It follows who walks or turns away. */
export const puckBerth: Berth = { distanceM: 0.8, asideRad: 0, dropM: 0.52, leaveM: 0.45, leaveRad: 0.8 };
/** It leans back towards the eyes. */
export const puckLeanRad = -Math.atan2(puckBerth.dropM, puckBerth.distanceM);
