import { clearness } from '../../../layout/map-detail';
import { tile } from '../../../layout/tiles';

/** What joints do to a point: how much of a pixel is mortar, and how the stone's worn edge tilts. Reused. */
export const joints = {
  /** 0..1 */
  mortar: 0,
  /** -1..1 towards which the edge leans, along the tile and up it. */
  tiltAlong: 0,
  tiltUp: 0,
  /** 0..1: how near a joint is, for what grows and gathers there. */
  near: 0,
};

/** Width of the worn edge beside a joint, and of what grows there, metres. */
const edgeM = 0.05;
const growthM = 0.13;

/**
 * Joints at the place of the current {@link tile}, filtered by the width of a pixel, into {@link joints}.
 * @param halfM half the width of a joint, metres @param alsoAlong false where only the courses show (drums, steps)
 */
export function jointsAt(pixelM: number, halfM: number, alsoAlong: boolean): void {
  const { u, v, lengthM, heightM } = tile;
  const up = mortarAt(v, heightM, halfM, pixelM);
  const along = alsoAlong ? mortarAt(u, lengthM, halfM, pixelM) : 0;
  joints.mortar = 1 - (1 - up) * (1 - along);
  joints.tiltUp = tiltAt(v, heightM, pixelM);
  joints.tiltAlong = alsoAlong ? tiltAt(u, lengthM, pixelM) : 0;
  const nearUp = nearAt(v, heightM, pixelM);
  const nearAlong = alsoAlong ? nearAt(u, lengthM, pixelM) : 0;
  joints.near = nearUp > nearAlong ? nearUp : nearAlong;
}

/** Share of a pixel at `place` (0..1 of a tile) that is mortar; its mean where tiles are too small to see. */
function mortarAt(place: number, sizeM: number, halfM: number, pixelM: number): number {
  const mean = (2 * halfM) / sizeM;
  const clear = clearness(sizeM, pixelM);
  if (clear === 0) return mean;
  const off = (place < 0.5 ? place : 1 - place) * sizeM;
  // A joint has soft sides of its own, so that a pixel much smaller than it sees no step.
  const half = (pixelM > halfM ? pixelM : halfM) * 0.5;
  const low = off - half > -halfM ? off - half : -halfM;
  const high = off + half < halfM ? off + half : halfM;
  const share = high > low ? (high - low) / (2 * half) : 0;
  return mean + clear * (share - mean);
}

/** Lean of the edge: outward over the joint before it (negative) and after it (positive side leans back). */
function tiltAt(place: number, sizeM: number, pixelM: number): number {
  const reach = pixelM > edgeM ? pixelM : edgeM;
  const clear = clearness(sizeM, pixelM) * (edgeM / reach);
  const after = place * sizeM;
  const before = sizeM - after;
  if (after < reach) return -clear * (1 - after / reach);
  return before < reach ? clear * (1 - before / reach) : 0;
}

function nearAt(place: number, sizeM: number, pixelM: number): number {
  const reach = pixelM > growthM ? pixelM : growthM;
  const off = (place < 0.5 ? place : 1 - place) * sizeM;
  return off < reach ? clearness(sizeM, pixelM) * (growthM / reach) * (1 - off / reach) : 0;
}
