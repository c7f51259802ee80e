import { headingYaw } from '../../math/pose';
import { wrapAngle } from '../../math/scalars';
import type { Pose } from '../../math/types';
import { modelAhead, modelOnTop, overlayHere, windowAhead, windowOnWall, type Placement } from './place';
import { floorHeightM, hitOf, insideM, middleOf, rayOf, type Ray, type Surface } from './surface';

/** How the world comes into the room; the same names as the option `arForm`. */
export type Form = 'window' | 'diorama' | 'overlay';

/** Walls further away than this are not what the visitor means, metres. */
const farWallM = 4;
const farTopM = 2.5;
/** To the side of where the visitor looks, radians. */
const widestTopRad = (70 * Math.PI) / 180;
/** A metre further away is as good as this much more to the side, radians. */
const sideOfMetreRad = 0.5;
const aimedM = 8;

const ray: Ray = { x: 0, y: 0, z: 0, dx: 0, dy: 0, dz: 0 };

/** A good place for who has just come in: what is real and lies ahead, else the air in front of the visitor. */
export function goodPlace(form: Form, surfaces: readonly Surface[], roomFromHead: Pose): Placement {
  const floorY = floorHeightM(surfaces);
  if (form === 'overlay') return overlayHere(roomFromHead, floorY, surfaces.some(({ kind }) => kind === 'floor'));
  if (form === 'diorama') {
    const top = bestTop(surfaces, roomFromHead);
    return top ? modelOnTop(top, roomFromHead[12], roomFromHead[14], roomFromHead) : modelAhead(roomFromHead, floorY);
  }
  // Level, whatever the head's pitch: it is the wall ahead that is meant, not the floor before it.
  const yaw = headingYaw(roomFromHead);
  rayOf(roomFromHead, ray);
  ray.dx = -Math.sin(yaw);
  ray.dy = 0;
  ray.dz = -Math.cos(yaw);
  const hit = hitOf(surfaces, 'wall', ray, farWallM);
  return hit ? windowOnWall(hit, roomFromHead, floorY) : windowAhead(roomFromHead, floorY);
}

/** Where a ray points, on the right kind of surface, else in the air. @param roomFromAim the ray runs along its -Z */
export function aimedPlace(form: Form, surfaces: readonly Surface[], roomFromAim: Pose, roomFromHead: Pose): Placement {
  rayOf(roomFromAim, ray);
  if (form === 'overlay') return goodPlace(form, surfaces, roomFromHead);
  if (form === 'diorama') {
    const hit = hitOf(surfaces, 'top', ray, aimedM);
    if (hit) return modelOnTop(hit.surface, hit.x, hit.z, roomFromHead);
    return modelAhead(roomFromAim, floorHeightM(surfaces));
  }
  const hit = hitOf(surfaces, 'wall', ray, aimedM);
  return hit ? windowOnWall(hit, roomFromHead, floorHeightM(surfaces)) : windowAhead(roomFromAim, floorHeightM(surfaces));
}

/** The table that is ahead and near. */
function bestTop(surfaces: readonly Surface[], roomFromHead: Pose): Surface | null {
  const yaw = headingYaw(roomFromHead);
  let best: Surface | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const surface of surfaces) {
    if (surface.kind !== 'top') continue;
    const [x, y, z] = middleOf(surface);
    // A sill or a narrow shelf holds no model.
    if (insideM(surface, x, y, z) < 0.1) continue;
    const [dx, dz] = [x - roomFromHead[12], z - roomFromHead[14]];
    const distanceM = Math.hypot(dx, dz);
    const sideRad = distanceM < 0.3 ? 0 : Math.abs(wrapAngle(Math.atan2(-dx, -dz) - yaw));
    if (distanceM > farTopM || sideRad > widestTopRad) continue;
    const cost = sideRad + sideOfMetreRad * distanceM;
    if (cost < least) [best, least] = [surface, cost];
  }
  return best;
}
