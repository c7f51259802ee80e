/** 'auto' is the palette's own light. */
export const hours = ['auto', 'day', 'dusk'] as const;
export type Hour = (typeof hours)[number];

/** A palette's own light, in the form that an hour can change. */
export type Look = {
  /** Linear RGB, 3 numbers for each of `paletteColors`; zenith first, horizon second. */
  palette: Float32Array;
  /** Linear RGB radiance of the sun. */
  sun: readonly [number, number, number];
  sunElevationDeg: number;
};

/** A sun that stands lower than this makes a dusk of the palette's own. */
const duskBelowDeg = 22;

/** What the sky goes towards, and how far, 0 … 1; linear RGB. */
type SkyShift = { zenith: readonly number[]; zenithShare: number; horizon: readonly number[]; horizonShare: number };

// Linear, as the eye of the light sees them: a dim violet blue above a band of apricot.
const duskSky: SkyShift = {
  zenith: [0.062, 0.058, 0.19],
  zenithShare: 0.72,
  horizon: [0.86, 0.37, 0.2],
  horizonShare: 0.78,
};
const duskSun = [2.25, 1.12, 0.55] as const;
const duskElevationDeg = 16;

const daySky: SkyShift = {
  zenith: [0.13, 0.34, 0.69],
  zenithShare: 0.75,
  horizon: [0.86, 0.83, 0.86],
  horizonShare: 0.8,
};
const daySun = [2.05, 1.86, 1.62] as const;
const dayElevationDeg = 43;

function underSky(palette: Float32Array, { zenith, zenithShare, horizon, horizonShare }: SkyShift): Float32Array {
  const out = palette.slice();
  for (let c = 0; c < 3; c++) {
    out[c] = palette[c]! + (zenith[c]! - palette[c]!) * zenithShare;
    out[3 + c] = palette[3 + c]! + (horizon[c]! - palette[3 + c]!) * horizonShare;
  }
  return out;
}

/**
 * The look of a palette at an hour. Walls, ground and plants keep their colours: only sun and sky change. Day is what a
 * palette has by itself, unless it is a dusk; dusk is a low, warm sun, unless the palette has such a sun already.
 */
export function lookAt(look: Look, hour: Hour): Look {
  const isDusk = look.sunElevationDeg < duskBelowDeg;
  if (hour === 'dusk' && !isDusk) {
    return { palette: underSky(look.palette, duskSky), sun: duskSun, sunElevationDeg: duskElevationDeg };
  }
  if (hour === 'day' && isDusk) {
    return { palette: underSky(look.palette, daySky), sun: daySun, sunElevationDeg: dayElevationDeg };
  }
  return look;
}
