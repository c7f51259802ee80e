import { skyHeight, skyWidth } from './contracts';

/**
 * Where a direction lies in {@link import('./contracts').WorldFrame.sky}, in texels: the twin of
 * `src/reproject/shaders/sky.frag.glsl`. Centres of texels are at +0.5, so `floor` gives the texel.
 * @param x,y,z towards the sky, world axes, of any length but 0.
 * @param out column 0 … skyWidth (not included) and row 0 … skyHeight (straight up).
 */
export function skyTexelFromDirection<T extends number[] | Float32Array | Float64Array>(
  x: number,
  y: number,
  z: number,
  out: T,
): T {
  const turns = Math.atan2(x, z) / (2 * Math.PI);
  const column = (turns - Math.floor(turns)) * skyWidth;
  // A tiny negative turn rounds up to a whole one.
  out[0] = column < skyWidth ? column : 0;
  out[1] = (Math.atan2(y, Math.hypot(x, z)) / Math.PI + 0.5) * skyHeight;
  return out;
}

/** Longitude of a column's middle, radians: 0 is behind (+Z), a quarter turn is right (+X). */
export function longitudeOfSkyColumn(column: number): number {
  return ((column + 0.5) / skyWidth) * 2 * Math.PI;
}

/** Elevation of a row's middle, radians: negative below the horizon. */
export function elevationOfSkyRow(row: number): number {
  return ((row + 0.5) / skyHeight - 0.5) * Math.PI;
}
