import { takePointer, type Controls } from '../controls';

/** Full vertical field of view of the page's camera when nothing else is said, radians (70 degrees). */
export const pageFovYRad = (70 * Math.PI) / 180;

/**
 * Adds the ray from the head through a point of the page's picture.
 * @param x, y offset of the point from the left top corner of a picture of `width` x `height`, CSS pixels.
 */
export function addPagePointer(
  controls: Controls,
  x: number,
  y: number,
  width: number,
  height: number,
  fovYRad: number,
  pressed: number,
): void {
  const pointer = takePointer(controls);
  if (!pointer || !(width > 0 && height > 0)) return;
  const tangent = (2 * Math.tan(fovYRad / 2)) / height;
  const right = (x - width / 2) * tangent;
  const up = (height / 2 - y) * tangent;
  // The rotation whose -Z runs along (right, up, -1) and whose +X stays level.
  const floor = Math.hypot(right, 1);
  const length = Math.hypot(right, up, 1);
  const m = pointer.spaceFromPointer;
  m.fill(0);
  m[0] = 1 / floor;
  m[2] = right / floor;
  m[4] = (-up * right) / (floor * length);
  m[5] = floor / length;
  m[6] = up / (floor * length);
  m[8] = -right / length;
  m[9] = -up / length;
  m[10] = 1 / length;
  m[15] = 1;
  pointer.space = 'head';
  pointer.pressed = pressed;
}
