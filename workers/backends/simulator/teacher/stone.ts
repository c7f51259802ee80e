import { paletteColors } from '../../../layout/classes';
import { detail } from '../../../layout/map-detail';
import type { Atmosphere } from '../../../layout/map-view';
import { tile } from '../../../layout/tiles';
import { joints, jointsAt } from './joints';
import { bend, look, mixLook, ramp, scaleLook, warmLook } from './look';
import type { Surface } from './surface';

const trim = paletteColors.indexOf('trim');
const wall = paletteColors.indexOf('wall');
const leaf = paletteColors.indexOf('leaf');

/** Stone that has been out in the weather is a little darker than the palette's colour. */
const stonework = 0.92;

/** How a class of stone is laid and how rough it is. */
export type Masonry = {
  /** Half the width of its joints, metres. */
  jointM: number;
  /** How much darker mortar is, and how far the edges of the stones lean. */
  mortar: number;
  edge: number;
  /** How much stones differ from each other, and how mottled each is. */
  spread: number;
  mottle: number;
  /** False where only courses show. */
  alsoAlong: boolean;
};

export const courses: Masonry = { jointM: 0.018, mortar: 0.4, edge: 0.5, spread: 0.28, mottle: 0.3, alsoAlong: true };
export const ashlar: Masonry = { jointM: 0.012, mortar: 0.3, edge: 0.3, spread: 0.14, mottle: 0.18, alsoAlong: true };
export const drums: Masonry = { jointM: 0.012, mortar: 0.32, edge: 0.3, spread: 0.1, mottle: 0.2, alsoAlong: false };
export const slabs: Masonry = { jointM: 0.018, mortar: 0.4, edge: 0.35, spread: 0.24, mottle: 0.26, alsoAlong: true };

/** Stones with joints, each of its own tone, into {@link look}. The detail and tile of the point must be current. */
export function layStone(s: Surface, masonry: Masonry): void {
  const [n0, n1, n2] = detail.noise;
  const tone = detail.tone - 0.5;
  jointsAt(s.pixelM, masonry.jointM, masonry.alsoAlong);
  const { mortar, tiltAlong, tiltUp } = joints;
  const stone = 1 + masonry.spread * tone;
  const rough = 1 + masonry.mottle * (0.55 * (n0 - 0.5) + 0.75 * (n1 - 0.5) + 0.6 * (n2 - 0.5));
  scaleLook(stonework * stone * rough * (1 - masonry.mortar * mortar));
  // Some stones come from a warmer bed of the quarry than others.
  warmLook(0.22 * masonry.spread * Math.sin(2 * Math.PI * tone) * (1 - mortar));
  look.open = 1 - 0.35 * mortar;
  const along = masonry.edge * tiltAlong;
  const up = masonry.edge * tiltUp;
  if (Math.abs(s.ny) > 0.7) bend(along, 0, up);
  else if (Math.abs(s.nz) >= Math.abs(s.nx)) bend(along, up, 0);
  else bend(0, up, along);
}

/** Plaster that has stayed on a wall where the slow noise is high, over what {@link layStone} drew. @returns its share */
export function addPlaster(air: Atmosphere, s: Surface): number {
  const [n0, n1, n2] = detail.noise;
  // It came off first near the foot, where the wall is damp.
  const foot = 0.14 * (1 - ramp(0.2, 1.6, s.y));
  const level = n0 + 0.3 * (n1 - 0.5) + 0.2 * (n2 - 0.5) - foot;
  const share = ramp(0.52, 0.55, level);
  // Beside the patch its thickness throws a little shade.
  const rim = ramp(0.475, 0.52, level) * (1 - share);
  scaleLook(1 - 0.22 * rim);
  if (share === 0) return 0;
  const even = s.tone * (0.94 + 0.16 * (n1 - 0.5) + 0.1 * (n2 - 0.5) + 0.05 * ramp(0.56, 0.75, level));
  mixLook(air, wall, even, share * 0.7);
  mixLook(air, trim, even * 0.94, share * 0.3);
  look.open += (1 - look.open) * share * 0.8;
  const keep = 1 - 0.85 * share;
  const bx = (look.nx - s.nx) * (keep - 1);
  const by = (look.ny - s.ny) * (keep - 1);
  const bz = (look.nz - s.nz) * (keep - 1);
  bend(bx, by, bz);
  return share;
}

/**
 * What rain and earth do to an upright surface: dark stains below its top, a damp and mossy foot.
 * @param topM height of the top of the whole wall, metres; @param strength 1 for old walls, less for trim
 */
export function weather(air: Atmosphere, s: Surface, topM: number, strength: number): void {
  const [n0, n1, n2] = detail.noise;
  const below = topM - s.y;
  const run = 0.15 + 1.5 * ramp(0.38, 0.8, n0);
  const stain = (1 - ramp(0.25 * run, run, below)) * ramp(0.3, 0.62, 0.6 * n1 + 0.4 * n0);
  scaleLook(1 - 0.34 * strength * stain);
  warmLook(-0.03 * strength * stain);
  const damp = 0.16 + 0.7 * n0 * n0 + 0.35 * (n1 - 0.5);
  const foot = 1 - ramp(0.35 * damp, damp, s.y);
  if (foot > 0) {
    scaleLook(1 - 0.24 * strength * foot);
    mixLook(air, leaf, 0.75 * s.tone, strength * foot * 0.45 * ramp(0.42, 0.68, 0.5 * n1 + 0.5 * n2));
  }
}

/** Tops of walls, plinths and rims: lichen in spots, dust in the rest. */
export function addLichen(air: Atmosphere): void {
  const [n0, n1, n2] = detail.noise;
  const spot = ramp(0.55, 0.72, 0.4 * n0 + 0.4 * n1 + 0.2 * n2);
  mixLook(air, leaf, 0.9, 0.3 * spot);
  scaleLook(1 - 0.12 * spot);
}

/** Moss in joints of some slabs, dirt gathered in hollows. */
export function addMossAndDirt(air: Atmosphere): void {
  const [n0, n1, n2] = detail.noise;
  const dirt = ramp(0.5, 0.28, n0 + 0.25 * (n1 - 0.5));
  scaleLook(1 - 0.16 * dirt);
  const grows = ramp(0.5, 0.66, n0 + 0.3 * (tile.tone - 0.5)) * ramp(0.34, 0.6, 0.6 * n1 + 0.4 * n2);
  const moss = grows * ramp(0.12, 0.75, joints.near + 0.5 * (n2 - 0.5) * (joints.near > 0 ? 1 : 0));
  if (moss === 0) return;
  mixLook(air, leaf, 0.85 + 0.6 * (n2 - 0.5), 0.85 * moss);
  look.open = 1;
}
