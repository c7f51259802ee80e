import { createPose, headingYaw, poseFromYawPitch } from '../../math/pose';
import type { Pose } from '../../math/types';
import { insideM, middleOf, type Surface, type SurfaceHit } from './surface';

/** Where a form stands in the real room. */
export type Placement = {
  /**
   * Rigid and upright, room metres. A window's origin is the middle of its lower edge, with +Z towards the visitor; a
   * model's is its middle on the table; an overlay's is the floor below the visitor.
   */
  roomFromForm: Pose;
  /** Radius of the disc, or half the edge of the box, that fits the table, metres; only of use to a model. */
  radiusM: number;
  /** On a real wall, table or floor, not in the air. */
  isReal: boolean;
};

/** Without a wall the window stands this far ahead of the visitor. */
const windowAheadM = 1.5;
/** In front of the wall, so that the wall's own measured depth does not hide the frame. */
const windowOffWallM = 0.02;
export const modelRadiusM = 0.35;
const smallestModelRadiusM = 0.12;
const modelAheadM = 0.7;
const tableHeightM = 0.75;

/** A window on a wall, at the floor, below where the ray met the wall. @param floorY height of the real floor */
export function windowOnWall(hit: SurfaceHit, roomFromHead: Pose, floorY: number): Placement {
  const m = hit.surface.roomFromSurface;
  // The side that the visitor is on is the front.
  const front = m[4] * (roomFromHead[12] - hit.x) + m[6] * (roomFromHead[14] - hit.z) >= 0 ? 1 : -1;
  const length = Math.hypot(m[4], m[6]);
  const [nx, nz] = [(front * m[4]) / length, (front * m[6]) / length];
  const at = [hit.x + windowOffWallM * nx, floorY, hit.z + windowOffWallM * nz];
  return { roomFromForm: poseFromYawPitch(at, Math.atan2(nx, nz), 0), radiusM: modelRadiusM, isReal: true };
}

/** A window that stands free, ahead of the visitor, and faces them. */
export function windowAhead(roomFromHead: Pose, floorY: number): Placement {
  return { roomFromForm: ahead(roomFromHead, windowAheadM, floorY), radiusM: modelRadiusM, isReal: false };
}

/**
 * A model on a table, moved from `x, z` towards the table's middle no further than it takes to fit: at most
 * {@link modelRadiusM}, and no more than the table is wide.
 */
export function modelOnTop(surface: Surface, x: number, z: number, roomFromHead: Pose): Placement {
  const [mx, y, mz] = middleOf(surface);
  const wantedM = Math.min(modelRadiusM, insideM(surface, mx, y, mz));
  // The share of the way to the middle; at its end it fits by definition.
  let [near, far] = [0, 1];
  if (insideM(surface, x, y, z) >= wantedM) far = 0;
  for (let i = 0; i < 16 && far > 0; i++) {
    const half = (near + far) / 2;
    if (insideM(surface, x + half * (mx - x), y, z + half * (mz - z)) >= wantedM) far = half;
    else near = half;
  }
  const [cx, cz] = [x + far * (mx - x), z + far * (mz - z)];
  const yaw = Math.atan2(roomFromHead[12] - cx, roomFromHead[14] - cz);
  const radiusM = Math.max(wantedM, smallestModelRadiusM);
  return { roomFromForm: poseFromYawPitch([cx, y, cz], yaw, 0), radiusM, isReal: true };
}

/** A model in the air ahead of the visitor, at the height of a table. */
export function modelAhead(roomFromHead: Pose, floorY: number): Placement {
  return { roomFromForm: ahead(roomFromHead, modelAheadM, floorY + tableHeightM), radiusM: modelRadiusM, isReal: false };
}

/** The world's floor on the real floor, around the visitor. */
export function overlayHere(roomFromHead: Pose, floorY: number, isReal: boolean): Placement {
  return { roomFromForm: ahead(roomFromHead, 0, floorY), radiusM: modelRadiusM, isReal };
}

function ahead(roomFromHead: Pose, distanceM: number, y: number): Pose {
  const yaw = headingYaw(roomFromHead);
  const at = [roomFromHead[12] - distanceM * Math.sin(yaw), y, roomFromHead[14] - distanceM * Math.cos(yaw)];
  return poseFromYawPitch(at, yaw, 0, 0, createPose());
}
