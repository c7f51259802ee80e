import { createPose } from '../../math/pose';
import { smoothstep } from '../../math/scalars';
import type { Pose } from '../../math/types';
import type { Collider } from '../locomotion';
import { inForm } from './form-pose';

/** The painter's eye keeps so far from everything in the world, metres. */
const eyeRadiusM = 0.2;
/** Shorter steps than this along the way to the head are not worth asking for, metres. */
const leastStepM = 0.02;
const longestStepM = 0.5;
/** Nearer to the window than the first the picture follows the head's own direction; farther than the second it looks through. */
const freeLookM = 0.4;
const lookThroughM = 1;
/** The painter stands at this many radii from the middle of a model, so that the whole of it fits its picture. */
const modelRadii = 1.6;
/** Out of what stands there it rises in such steps, so many at most; metres. */
const riseM = 0.5;
const mostRises = 16;
/** It looks down at least this steeply, radians: lower, walls that were cut off would stand in its way. */
const leastPitchRad = (25 * Math.PI) / 180;

const head = createPose();

/**
 * Where the model paints from while the visitor looks through a window. The head may be behind walls of the world, since
 * nothing of the world is real on the room's side: the painter comes forward to where nothing stands between it and the
 * opening. It looks through the opening, wherever the head turns, so that what comes into view has been painted.
 * @param worldFromForm rigid; the window, origin in the middle of its lower edge, +Z towards the visitor
 * @param collider null where nobody knows the walls: then the painter stays at the head
 */
export function throughWindow(out: Pose, worldFromHead: Pose, worldFromForm: Pose, heightM: number, collider: Collider | null): Pose {
  out.set(worldFromHead);
  const distanceM = inForm(head, worldFromForm, worldFromHead)[14];
  if (distanceM <= 0) return out;
  const ox = worldFromForm[12];
  const oz = worldFromForm[14];
  const lengthM = Math.max(Math.hypot(out[12] - ox, out[14] - oz), 1e-6);
  const freeM = collider ? freeWayM(collider, ox, out[13], oz, (out[12] - ox) / lengthM, (out[14] - oz) / lengthM, lengthM) : lengthM;
  out[12] = ox + ((out[12] - ox) * freeM) / lengthM;
  out[14] = oz + ((out[14] - oz) * freeM) / lengthM;
  const x = ox - worldFromHead[12];
  const y = worldFromForm[13] + heightM / 2 - worldFromHead[13];
  const z = oz - worldFromHead[14];
  return aim(out, x, y, z, smoothstep(freeLookM, lookThroughM, distanceM));
}

/** How far an eye gets from `x, y, z` along the level unit vector `dx, dz` before something stands in its way. */
function freeWayM(collider: Collider, x: number, y: number, z: number, dx: number, dz: number, lengthM: number): number {
  let freeM = 0;
  while (freeM < lengthM) {
    const stepM = collider.distance(x + freeM * dx, y, z + freeM * dz, longestStepM) - eyeRadiusM;
    if (stepM < leastStepM) break;
    freeM = Math.min(freeM + stepM, lengthM);
  }
  return freeM;
}

/**
 * Where the model paints from while the visitor looks at a small one on a table: on the line from its middle to the head,
 * but no farther than the whole of it needs, so that the picture has no more of the surroundings than it must;
 * above what stands there; and always towards the middle.
 * @param radiusWorldM of what is shown, metres of the world
 * @param collider null where nobody knows what stands there
 */
export function atModel(out: Pose, worldFromHead: Pose, worldFromForm: Pose, radiusWorldM: number, collider: Collider | null): Pose {
  const cx = worldFromForm[12];
  const cy = worldFromForm[13];
  const cz = worldFromForm[14];
  const x = worldFromHead[12] - cx;
  const y = worldFromHead[13] - cy;
  const z = worldFromHead[14] - cz;
  const distanceM = Math.hypot(x, y, z);
  out.set(worldFromHead);
  if (distanceM < 1e-3) return out;
  const flatM = Math.hypot(x, z);
  const pitchRad = Math.max(Math.atan2(y, flatM), leastPitchRad);
  const atM = Math.min(distanceM, modelRadii * radiusWorldM);
  const acrossM = flatM > 1e-6 ? (atM * Math.cos(pitchRad)) / flatM : 0;
  out[12] = cx + x * acrossM;
  out[13] = cy + atM * Math.sin(pitchRad);
  out[14] = cz + z * acrossM;
  if (collider) rise(out, collider);
  return aim(out, cx - out[12], cy - out[13], cz - out[14], 1);
}

/** Out of what stands there. */
function rise(pose: Pose, collider: Collider): void {
  for (let i = 0; i < mostRises; i++) {
    if (collider.distance(pose[12], pose[13], pose[14], eyeRadiusM) >= eyeRadiusM) return;
    pose[13] += riseM;
  }
}

/** Turns `pose` in place towards `x, y, z`, level, by a share of the way: 0 leaves it as it is. */
function aim(pose: Pose, x: number, y: number, z: number, share: number): Pose {
  const lengthM = Math.hypot(x, y, z);
  if (!(share > 0) || lengthM < 1e-6) return pose;
  let bx = pose[8] * (1 - share) - (x / lengthM) * share;
  let by = pose[9] * (1 - share) - (y / lengthM) * share;
  let bz = pose[10] * (1 - share) - (z / lengthM) * share;
  const length = Math.hypot(bx, by, bz);
  if (length < 1e-3) return pose;
  bx /= length;
  by /= length;
  bz /= length;
  // Straight down there is no level: the head's own right hand says where right is.
  const isSteep = Math.hypot(bx, bz) < 0.05;
  let rx = isSteep ? pose[0] : bz;
  let rz = isSteep ? pose[2] : -bx;
  const level = Math.hypot(rx, rz) || 1;
  rx /= level;
  rz /= level;
  const ux = by * rz;
  const uy = bz * rx - bx * rz;
  const uz = -by * rx;
  const up = Math.hypot(ux, uy, uz) || 1;
  setAxis(pose, 4, ux / up, uy / up, uz / up);
  setAxis(pose, 8, bx, by, bz);
  setAxis(pose, 0, pose[5] * bz - pose[6] * by, pose[6] * bx - pose[4] * bz, pose[4] * by - pose[5] * bx);
  return pose;
}

function setAxis(pose: Pose, at: number, x: number, y: number, z: number): void {
  pose[at] = x;
  pose[at + 1] = y;
  pose[at + 2] = z;
}
