import { createRandom } from '../../src/math/hash';
import { paletteColors, type PaletteColor } from './classes';
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
    },
    sun: [1.25, 1.4, 1.75],
    sunElevationDeg: 28,
  },
];

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

/** Light and colours of the world with this seed: one of the palettes, and a sun direction of its own. */
export function atmosphereOf(seed: number): Atmosphere {
  const random = createRandom(seed ^ 0x5eed);
  const palette = palettes[Math.floor(random() * palettes.length)]!;
  return {
    sunDirection: sunAt(palette.sunElevationDeg + 6 * (random() - 0.5), random() * 2 * Math.PI),
    sunColor: palette.sun,
    palette: linearPalette(palette),
  };
}

/**
 * A palette that no world has, for training: two palettes mixed, every colour shifted a little, sun anywhere sensible.
 * A painter that saw these does not learn five looks by heart.
 */
export function randomAtmosphere(random: () => number): Atmosphere {
  const a = palettes[Math.floor(random() * palettes.length)]!;
  const b = palettes[Math.floor(random() * palettes.length)]!;
  const mix = random() < 0.5 ? 0 : random();
  const first = linearPalette(a);
  const second = linearPalette(b);
  const spread = random() < 0.4 ? 0.05 : 0.3;
  const palette = first.map((value, index) => {
    const mixed = value + (second[index]! - value) * mix;
    return Math.min(1, Math.max(0.01, mixed * (1 + spread * (2 * random() - 1))));
  });
  const sunColor: [number, number, number] = [0, 1, 2].map(
    (c) => (a.sun[c]! + (b.sun[c]! - a.sun[c]!) * mix) * (0.85 + 0.3 * random()),
  ) as [number, number, number];
  return { sunDirection: sunAt(15 + 45 * random(), random() * 2 * Math.PI), sunColor, palette };
}
