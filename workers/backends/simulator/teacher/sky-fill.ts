import { paletteColors } from '../../../layout/classes';
import { radiance } from '../../../layout/light';
import type { Atmosphere } from '../../../layout/map-view';

const zenith = paletteColors.indexOf('zenith') * 3;
const horizon = paletteColors.indexOf('horizon') * 3;
const ground = paletteColors.indexOf('ground') * 3;

/** Share of the sky's brightness that arrives: the rest is exposure. */
const skyShare = 0.92;
/** The sky gives light in its zenith's colour from this share upwards: shadows are bluer than the hazy horizon. */
const blueFrom = 0.45;
/** Share of the wide ground that lies in the sun. */
const sunlitGround = 0.7;

/**
 * Light that the sky sends from one direction, linear, into `radiance`: as `skyRadiance` with a bluer horizon and less
 * of the sun's glow. @param elevation sine of the angle above the horizon, 0..1
 */
export function skyLight(air: Atmosphere, elevation: number, cosSun: number): void {
  const p = air.palette;
  const s = air.sunColor;
  const t = blueFrom + (1 - blueFrom) * elevation;
  const glow = cosSun > 0 ? 0.12 * cosSun ** 4 : 0;
  radiance.r = skyShare * (p[horizon]! + (p[zenith]! - p[horizon]!) * t + glow * s[0]);
  radiance.g = skyShare * (p[horizon + 1]! + (p[zenith + 1]! - p[horizon + 1]!) * t + glow * s[1]);
  radiance.b = skyShare * (p[horizon + 2]! + (p[zenith + 2]! - p[horizon + 2]!) * t + glow * s[2]);
}

/** Mean light of the whole sky on a level surface, linear RGB: the integral of {@link skyLight} without glow. */
export function openSky(air: Atmosphere): [number, number, number] {
  const t = blueFrom + ((1 - blueFrom) * 2) / 3;
  const p = air.palette;
  return [0, 1, 2].map((c) => skyShare * (p[horizon + c]! + (p[zenith + c]! - p[horizon + c]!) * t)) as [
    number,
    number,
    number,
  ];
}

/** Light that the wide ground sends up: part of it lies in the sun, all of it under the sky. */
export function openGround(air: Atmosphere): [number, number, number] {
  const sky = openSky(air);
  return [0, 1, 2].map(
    (c) => air.palette[ground + c]! * (sunlitGround * air.sunColor[c]! * air.sunDirection[1] + sky[c]!),
  ) as [number, number, number];
}
