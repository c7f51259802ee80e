import { srgbFromLinear } from './palettes';
import type { Atmosphere } from './map-view';

/** Indices of palette colours as offsets into `Atmosphere.palette`. */
const zenithAt = 0;
const horizonAt = 3;
const groundAt = 6;

/** Share of the sky's colour that arrives as light from above, and of the sunlit ground's from below. */
const skyLight = 0.95;
const bounceLight = 0.3;

/** Linear RGB, reused: read it before the next call. */
export const radiance = { r: 0, g: 0, b: 0 };

/** Encoded bytes for linear 0..1 in 4096 steps: `pow` per pixel and channel would cost more than a ray. */
const encodeSteps = 4096;
const encodeTable = Float32Array.from({ length: encodeSteps + 1 }, (_, i) => srgbFromLinear(i / encodeSteps));

/** Soft shoulder instead of clipping, then the sRGB curve. @returns 0..1 */
export function display(linear: number): number {
  const shoulder = 1 - Math.exp(-1.15 * linear);
  return encodeTable[(shoulder * encodeSteps + 0.5) | 0]!;
}

/** Light of the clear sky along a ray. @param elevation sine of the ray's angle above the horizon. */
export function skyRadiance(air: Atmosphere, elevation: number, cosSun: number): void {
  const p = air.palette;
  const t = elevation > 0 ? Math.sqrt(elevation) : 0;
  const glow = cosSun > 0 ? 0.35 * cosSun ** 24 + 0.12 * cosSun ** 4 : 0;
  const s = air.sunColor;
  radiance.r = 1.3 * (p[horizonAt]! + (p[zenithAt]! - p[horizonAt]!) * t) + glow * s[0];
  radiance.g = 1.3 * (p[horizonAt + 1]! + (p[zenithAt + 1]! - p[horizonAt + 1]!) * t) + glow * s[1];
  radiance.b = 1.3 * (p[horizonAt + 2]! + (p[zenithAt + 2]! - p[horizonAt + 2]!) * t) + glow * s[2];
}

/**
 * Light that a matt surface sends out: sun, sky from above, sunlit ground from below.
 * @param albedoAt offset of the surface's colour in the palette; `tone` multiplies it.
 * @param sun 0..1 of the sun that arrives; `open` 0..1 of the sky that is seen (1: no occlusion).
 */
export function surfaceRadiance(
  air: Atmosphere,
  albedoAt: number,
  tone: number,
  nx: number,
  ny: number,
  nz: number,
  sun: number,
  open: number,
): void {
  const p = air.palette;
  const s = air.sunColor;
  const d = air.sunDirection;
  const facing = nx * d[0] + ny * d[1] + nz * d[2];
  const direct = facing > 0 ? facing * sun : 0;
  const up = 0.5 + 0.5 * ny;
  const sky = skyLight * open * (0.35 + 0.65 * up);
  // The ground near a wall is mostly sunlit in an open court; its warm light fills shadows from below.
  const bounce = bounceLight * open * (1 - up) * (0.3 + d[1]);
  radiance.r = shade(p, albedoAt, 0, tone, direct * s[0], sky, bounce * s[0]);
  radiance.g = shade(p, albedoAt, 1, tone, direct * s[1], sky, bounce * s[1]);
  radiance.b = shade(p, albedoAt, 2, tone, direct * s[2], sky, bounce * s[2]);
}

function shade(
  p: Float32Array,
  albedoAt: number,
  channel: number,
  tone: number,
  direct: number,
  sky: number,
  bounce: number,
): number {
  const skyColor = 0.55 * p[zenithAt + channel]! + 0.45 * p[horizonAt + channel]!;
  return p[albedoAt + channel]! * tone * (direct + sky * skyColor + bounce * p[groundAt + channel]!);
}

/** Mixes {@link radiance} towards the sky's colour at the horizon. @param amount 0 clear … 1 nothing but haze. */
export function addHaze(air: Atmosphere, amount: number, cosSun: number): void {
  const r = radiance.r;
  const g = radiance.g;
  const b = radiance.b;
  skyRadiance(air, 0.02, cosSun);
  radiance.r = r + (radiance.r - r) * amount;
  radiance.g = g + (radiance.g - g) * amount;
  radiance.b = b + (radiance.b - b) * amount;
}

/** Share of haze in front of a surface this far away, metres. */
export function hazeAt(distanceM: number): number {
  return 1 - Math.exp(-((distanceM / 62) ** 1.3));
}
