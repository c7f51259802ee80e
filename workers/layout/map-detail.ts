import { surfaceClasses } from './classes';
import { tile, tileAt } from './tiles';
import { noiseSpacingM, worldNoise } from './world-noise';

/**
 * Fine detail of a surface as a map view tells it: where joints run, which stone it is, three octaves of noise. All of
 * it is filtered by the size that a pixel has on the surface, so that what is far does not shimmer.
 */
export type Detail = {
  /** Joints beside and below: -1..1, largest in size at the joint, positive just after it, along x or z and up (or z). */
  jointAlong: number;
  jointUp: number;
  /** Of this tile alone, 0..1; 0.5 where tiles are too small to see. */
  tone: number;
  /** 0..1, mean 0.5; one number an octave of `worldNoise`. */
  noise: [number, number, number];
};

/** Result of {@link detailAt}, reused: read it before the next call. */
export const detail: Detail = { jointAlong: 0, jointUp: 0, tone: 0.5, noise: [0.5, 0.5, 0.5] };

/** How far from a joint it is told, metres: wide enough for a pixel to meet it. */
const jointReachM = 0.06;
/** Detail of this size in pixels begins to fade, and is gone at half of it. */
const clearPixels = 3;

/** Width of a pixel on a surface, metres. @param pixel its angle, radians @param facing cosine to the normal, 0..1 */
export function footprintM(distanceM: number, pixel: number, facing: number): number {
  return (distanceM * pixel) / Math.sqrt(facing > 0.05 ? facing : 0.05);
}

/** Share of a detail of this size that survives a pixel of that width, 0..1. */
export function clearness(sizeM: number, pixelM: number): number {
  const pixels = sizeM / pixelM;
  const t = (2 * pixels) / clearPixels - 1;
  if (t >= 1) return 1;
  return t <= 0 ? 0 : t * t * (3 - 2 * t);
}

/** Detail at a world point of a surface with this class and normal, into {@link detail}. */
export function detailAt(
  seed: number,
  classIndex: number,
  x: number,
  y: number,
  z: number,
  nx: number,
  ny: number,
  nz: number,
  pixelM: number,
): void {
  for (let octave = 0 as 0 | 1 | 2; octave < 3; octave++) {
    const clear = clearness(noiseSpacingM[octave] * 2, pixelM);
    detail.noise[octave] = clear > 0 ? 0.5 + clear * (worldNoise(seed, octave, x, y, z) - 0.5) : 0.5;
  }
  tileAt(seed, classIndex, x, y, z, nx, ny, nz);
  if (tile.lengthM === 0) {
    detail.jointAlong = 0;
    detail.jointUp = 0;
    detail.tone = 0.5;
    return;
  }
  detail.jointAlong = joint(tile.u, tile.lengthM, pixelM);
  detail.jointUp = joint(tile.v, tile.heightM, pixelM);
  detail.tone = 0.5 + clearness(Math.min(tile.lengthM, tile.heightM), pixelM) * (tile.tone - 0.5);
}

/**
 * Turns the joints of {@link detail} to the camera: `jointAlong` then runs to its right and, on level surfaces,
 * `jointUp` away from it. A picture's mirror image is then the picture of a mirrored world, and light from the left falls
 * on the same side of every stone.
 */
export function turnJoints(rightX: number, rightZ: number): void {
  const { jointAlong, jointUp } = detail;
  if (!tile.isLevel) {
    detail.jointAlong = (tile.runsAlongX ? rightX : rightZ) < 0 ? -jointAlong : jointAlong;
    return;
  }
  // Away from a camera with this right hand is (rightZ, -rightX).
  if (Math.abs(rightX) >= Math.abs(rightZ)) {
    detail.jointAlong = rightX < 0 ? -jointAlong : jointAlong;
    detail.jointUp = rightX > 0 ? -jointUp : jointUp;
  } else {
    detail.jointAlong = rightZ < 0 ? -jointUp : jointUp;
    detail.jointUp = rightZ < 0 ? -jointAlong : jointAlong;
  }
}

/** Nothing is laid and nothing is grown in the sky. */
export function clearDetail(): void {
  detail.jointAlong = 0;
  detail.jointUp = 0;
  detail.tone = 0.5;
  detail.noise.fill(0.5);
}

/** A hat over the joint at 0 = 1, odd, as wide as a pixel at least and of the same area. */
function joint(place: number, sizeM: number, pixelM: number): number {
  const reachM = pixelM > jointReachM ? pixelM : jointReachM;
  const after = place * sizeM;
  const before = (1 - place) * sizeM;
  const height = clearness(sizeM, pixelM) * (jointReachM / reachM);
  if (height === 0) return 0;
  if (after <= before) return after < reachM ? height * (1 - after / reachM) : 0;
  return before < reachM ? -height * (1 - before / reachM) : 0;
}

export const waterClass = surfaceClasses.indexOf('water');
