import { createRandom } from '../../src/math/hash';
import { paletteColors, type PaletteColor } from './classes';
import { lookAt, type Hour, type Look } from './hours';
import type { Atmosphere } from './map-view';

/** Colours as a designer writes them (sRGB hex), and the light of the hour. */
export type Palette = {
  name: string;
  colors: Record<PaletteColor, string>;
  /** Linear RGB radiance of the sun. */
  sun: readonly [number, number, number];
  /** Height of the sun above the horizon, degrees. */
  sunElevationDeg: number;
};

export const palettes: readonly Palette[] = [
  {
    name: 'sand',
    colors: {
      zenith: '#5f9fd8',
      horizon: '#f6e7cf',
      ground: '#dcc196',
      paving: '#c9a877',
      wall: '#ead6b0',
      trim: '#f7eedc',
      column: '#f0e3c9',
      accent: '#7d9a5b',
      leaf: '#6f8f4e',
      water: '#7fb3b0',
    },
    sun: [2.1, 1.86, 1.5],
    sunElevationDeg: 42,
  },
  {
    name: 'terracotta',
    colors: {
      zenith: '#5a92cc',
      horizon: '#ffe0c2',
      ground: '#bd7a54',
      paving: '#a3603f',
      wall: '#dd9468',
      trim: '#f6dfc4',
      column: '#f2d2b2',
      accent: '#4f8070',
      leaf: '#5d8252',
      water: '#6a9c9a',
    },
    sun: [2.2, 1.75, 1.3],
    sunElevationDeg: 33,
  },
  {
    name: 'violet dusk',
    colors: {
      zenith: '#43357d',
      horizon: '#f6a9a4',
      ground: '#8470a6',
      paving: '#6c5a92',
      wall: '#ab92c8',
      trim: '#e0cbea',
      column: '#d2bce2',
      accent: '#eaa45a',
      leaf: '#57517e',
      water: '#5b5f9c',
    },
    sun: [2.0, 1.15, 0.95],
    sunElevationDeg: 19,
  },
  {
    name: 'teal',
    colors: {
      zenith: '#3097a8',
      horizon: '#e4f5ea',
      ground: '#93bdac',
      paving: '#73a496',
      wall: '#d2e8dc',
      trim: '#f4f9f1',
      column: '#e6f2e7',
      accent: '#e0805c',
      leaf: '#5f9a72',
      water: '#5cb4b4',
    },
    sun: [1.9, 1.85, 1.6],
    sunElevationDeg: 48,
  },
  {
    name: 'deep blue',
    colors: {
      zenith: '#12306b',
      horizon: '#88aede',
      ground: '#5269a0',
      paving: '#40548a',
      wall: '#7690c4',
      trim: '#c2d1ee',
      column: '#a9bde3',
      accent: '#f5c653',
      leaf: '#3c6070',
      water: '#3f6aa8',
    },
    sun: [1.25, 1.4, 1.75],
    sunElevationDeg: 28,
  },
];

/** Looks that no training and no seed ever picks: a person can choose them, and tests of what was not learnt by heart. */
export const heldoutPalettes: readonly Palette[] = [
  {
    name: 'rose',
    colors: {
      zenith: '#6d8fc7',
      horizon: '#fbe3e0',
      ground: '#b58a86',
      paving: '#98706f',
      wall: '#d9a3a0',
      trim: '#f6e6df',
      column: '#eed0c8',
      accent: '#5f7fa6',
      leaf: '#7d8a58',
      water: '#7798b4',
    },
    sun: [2.15, 1.72, 1.45],
    sunElevationDeg: 37,
  },
];

/** Names of all palettes as options write them: 'violet dusk' is 'violet-dusk'. */
export const paletteNames: readonly string[] = [...palettes, ...heldoutPalettes].map(optionName);

/** The light that a person wishes for. */
export type LightChoice = {
  /** 'auto': as the seed has it; else one of {@link paletteNames}. */
  palette: string;
  hour: Hour;
};

export const autoLight: Readonly<LightChoice> = Object.freeze({ palette: 'auto', hour: 'auto' });

function optionName({ name }: Palette): string {
  return name.replaceAll(' ', '-');
}

/** sRGB-encoded 0..1 to linear (IEC 61966-2-1). */
export function linearFromSrgb(encoded: number): number {
  return encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4;
}

/** Linear 0..1 to sRGB-encoded. */
export function srgbFromLinear(linear: number): number {
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055;
}

function linearPalette(palette: Palette): Float32Array {
  const out = new Float32Array(paletteColors.length * 3);
  paletteColors.forEach((name, index) => {
    const value = Number.parseInt(palette.colors[name].slice(1), 16);
    out[index * 3] = linearFromSrgb(((value >> 16) & 255) / 255);
    out[index * 3 + 1] = linearFromSrgb(((value >> 8) & 255) / 255);
    out[index * 3 + 2] = linearFromSrgb((value & 255) / 255);
  });
  return out;
}

function sunAt(elevationDeg: number, azimuthRad: number): [number, number, number] {
  const elevation = (elevationDeg * Math.PI) / 180;
  const flat = Math.cos(elevation);
  return [flat * Math.sin(azimuthRad), Math.sin(elevation), flat * Math.cos(azimuthRad)];
}

function lookOf(palette: Palette, hour: Hour): Look {
  const { sun, sunElevationDeg } = palette;
  return lookAt({ palette: linearPalette(palette), sun, sunElevationDeg }, hour);
}

/**
 * Light and colours of the world with this seed: one of the palettes, and a sun direction of its own.
 * @param light what a person wishes; the sun's azimuth stays the seed's
 * @throws Error with a sentence when there is no such palette
 */
export function atmosphereOf(seed: number, light: LightChoice = autoLight): Atmosphere {
  const random = createRandom(seed ^ 0x5eed);
  const own = palettes[Math.floor(random() * palettes.length)]!;
  const look = lookOf(light.palette === 'auto' ? own : paletteNamed(light.palette), light.hour);
  return {
    sunDirection: sunAt(look.sunElevationDeg + 6 * (random() - 0.5), random() * 2 * Math.PI),
    sunColor: look.sun,
    palette: look.palette,
  };
}

function paletteNamed(name: string): Palette {
  const found = [...palettes, ...heldoutPalettes].find((palette) => optionName(palette) === name);
  if (found) return found;
  throw new Error(`There is no palette "${name}". Choose one of ${paletteNames.join(', ')}.`);
}

/** Share of training light at each hour that is not the palette's own. */
const trainingDusk = 0.25;
const trainingDay = 0.1;

/**
 * A palette that no world has, for training: two palettes mixed, every colour shifted a little, sun anywhere sensible.
 * A painter that saw these does not learn five looks by heart; a part of them is at dusk, as a person may wish.
 */
export function randomAtmosphere(random: () => number): Atmosphere {
  const pick = random();
  const hour = pick < trainingDusk ? 'dusk' : pick < trainingDusk + trainingDay ? 'day' : 'auto';
  const a = lookOf(palettes[Math.floor(random() * palettes.length)]!, hour);
  const b = lookOf(palettes[Math.floor(random() * palettes.length)]!, hour);
  const mix = random() < 0.5 ? 0 : random();
  const spread = random() < 0.4 ? 0.05 : 0.3;
  const palette = a.palette.map((value, index) => {
    const mixed = value + (b.palette[index]! - value) * mix;
    return Math.min(1, Math.max(0.01, mixed * (1 + spread * (2 * random() - 1))));
  });
  const sunColor: [number, number, number] = [0, 1, 2].map(
    (c) => (a.sun[c]! + (b.sun[c]! - a.sun[c]!) * mix) * (0.85 + 0.3 * random()),
  ) as [number, number, number];
  // A dusk stays a dusk: its colours belong to a low sun.
  const elevation = hour === 'dusk' ? 12 + 12 * random() : 15 + 45 * random();
  return { sunDirection: sunAt(elevation, random() * 2 * Math.PI), sunColor, palette };
}
