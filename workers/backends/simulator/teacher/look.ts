import type { Atmosphere } from '../../../layout/map-view';

/** What a surface looks like at a point before light falls on it; reused by everything that shades. */
export type Look = {
  /** Linear RGB share of light that is sent back. */
  r: number;
  g: number;
  b: number;
  /** Normal that light falls on: bent by joints, flutes, leaves and ripples; unit length after {@link bend}. */
  nx: number;
  ny: number;
  nz: number;
  /** Share of the sky and of the sun that reaches into joints and between leaves, 0..1. */
  open: number;
  /** 0 matt … 1 glazed. */
  gloss: number;
  /** Share of light that passes through from behind. */
  through: number;
};

export const look: Look = { r: 0, g: 0, b: 0, nx: 0, ny: 1, nz: 0, open: 1, gloss: 0, through: 0 };

/** Starts a look: the palette's colour, matt, even. */
export function beginLook(air: Atmosphere, color: number, tone: number, nx: number, ny: number, nz: number): void {
  const p = air.palette;
  look.r = p[3 * color]! * tone;
  look.g = p[3 * color + 1]! * tone;
  look.b = p[3 * color + 2]! * tone;
  look.nx = nx;
  look.ny = ny;
  look.nz = nz;
  look.open = 1;
  look.gloss = 0;
  look.through = 0;
}

export function scaleLook(amount: number): void {
  look.r *= amount;
  look.g *= amount;
  look.b *= amount;
}

/** Warmer (positive) or cooler (negative) at about the same lightness. */
export function warmLook(amount: number): void {
  look.r *= 1 + amount;
  look.b *= 1 - amount;
}

/** Mixes towards a palette colour times `tone`. */
export function mixLook(air: Atmosphere, color: number, tone: number, amount: number): void {
  const p = air.palette;
  look.r += (p[3 * color]! * tone - look.r) * amount;
  look.g += (p[3 * color + 1]! * tone - look.g) * amount;
  look.b += (p[3 * color + 2]! * tone - look.b) * amount;
}

/** Tilts the normal and makes it a unit vector again. */
export function bend(x: number, y: number, z: number): void {
  const nx = look.nx + x;
  const ny = look.ny + y;
  const nz = look.nz + z;
  const share = 1 / Math.sqrt(nx * nx + ny * ny + nz * nz);
  look.nx = nx * share;
  look.ny = ny * share;
  look.nz = nz * share;
}

/** 0 below `low`, 1 above `high`, smooth between. */
export function ramp(low: number, high: number, value: number): number {
  const t = (value - low) / (high - low);
  return t <= 0 ? 0 : t >= 1 ? 1 : t * t * (3 - 2 * t);
}
