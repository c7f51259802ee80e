import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { paletteColors } from '../../../workers/layout/classes';
import type { Atmosphere } from '../../../workers/layout/map-view';
import {
  atmosphereOf,
  heldoutPalettes,
  linearFromSrgb,
  paletteNames,
  palettes,
  randomAtmosphere,
  srgbFromLinear,
} from '../../../workers/layout/palettes';

function expectSensible(air: Atmosphere): void {
  expect(air.palette).toHaveLength(3 * paletteColors.length);
  expect(air.palette.every((value) => value > 0 && value <= 1)).toBe(true);
  expect(Math.hypot(...air.sunDirection)).toBeCloseTo(1, 6);
  // Shadow rays towards a sun at the zenith or below the horizon have no horizontal direction or no end.
  expect(air.sunDirection[1]).toBeGreaterThan(Math.sin((10 * Math.PI) / 180));
  expect(air.sunDirection[1]).toBeLessThan(Math.sin((70 * Math.PI) / 180));
  expect(air.sunColor.every((value) => value > 0 && value < 4)).toBe(true);
}

describe('the sRGB curve', () => {
  test('comes back after a round trip in both directions', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (value) => {
        expect(srgbFromLinear(linearFromSrgb(value))).toBeCloseTo(value, 6);
        expect(linearFromSrgb(srgbFromLinear(value))).toBeCloseTo(value, 6);
      }),
    );
  });

  test('agrees with the values of the standard', () => {
    expect(linearFromSrgb(0)).toBe(0);
    expect(linearFromSrgb(1)).toBeCloseTo(1, 9);
    expect(linearFromSrgb(128 / 255)).toBeCloseTo(0.21586, 5);
    expect(linearFromSrgb(10 / 255)).toBeCloseTo(0.0030353, 6);
  });
});

describe('palettes', () => {
  test('have every colour, written as six hex digits', () => {
    for (const { name, colors } of [...palettes, ...heldoutPalettes]) {
      expect(Object.keys(colors).toSorted(), name).toEqual([...paletteColors].toSorted());
      for (const color of Object.values(colors)) expect(color, name).toMatch(/^#[0-9a-f]{6}$/);
    }
    expect(new Set(paletteNames).size).toBe(palettes.length + heldoutPalettes.length);
    for (const name of paletteNames) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  test('give every world a sensible light, always the same for a seed, and each palette its turn', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expectSensible(atmosphereOf(seed));
        expect(atmosphereOf(seed)).toEqual(atmosphereOf(seed));
      }),
    );
    const suns = new Set(Array.from({ length: 60 }, (_, seed) => String(atmosphereOf(seed).sunColor)));
    expect(suns.size).toBe(palettes.length);
  });

  test('carry the colours as written, in linear light, in the order of the style vector', () => {
    const air = atmosphereOf(4);
    const palette = palettes.find(({ sun }) => String(sun) === String(air.sunColor))!;
    paletteColors.forEach((name, index) => {
      const hex = Array.from(air.palette.subarray(3 * index, 3 * index + 3), (value) =>
        Math.round(255 * srgbFromLinear(value)).toString(16).padStart(2, '0'),
      );
      expect(`#${hex.join('')}`).toBe(palette.colors[name]);
    });
  });

  test('mix into training light that is sensible too, and never one that a world has', () => {
    const random = createRandom(5);
    const seen = new Set(Array.from({ length: 60 }, (_, seed) => String(atmosphereOf(seed).palette)));
    for (let k = 0; k < 200; k++) {
      const air = randomAtmosphere(random);
      expectSensible(air);
      expect(seen.has(String(air.palette))).toBe(false);
    }
  });
});

describe('the light that a person wishes for', () => {
  const elevationDeg = (air: Atmosphere) => (Math.asin(air.sunDirection[1]) * 180) / Math.PI;
  const azimuth = (air: Atmosphere) => Math.atan2(air.sunDirection[0], air.sunDirection[2]);
  /** Of the sun, on level ground. */
  const sunlight = ({ sunColor: [r, g, b], sunDirection }: Atmosphere) => (0.21 * r + 0.72 * g + 0.07 * b) * sunDirection[1];

  test('is the seed’s own when it is left to it', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        expect(atmosphereOf(seed, { palette: 'auto', hour: 'auto' })).toEqual(atmosphereOf(seed));
      }),
    );
  });

  test('may be any palette at any hour: sensible, with the sun where the seed has it', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom('auto', ...paletteNames), fc.constantFrom('auto', 'day', 'dusk'), (seed, palette, hour) => {
        const air = atmosphereOf(seed, { palette, hour });
        expectSensible(air);
        expect(azimuth(air)).toBeCloseTo(azimuth(atmosphereOf(seed)), 6);
      }),
    );
  });

  test('is low, warm and dim at dusk and high by day, for every palette, and its stone keeps its colour', () => {
    for (const palette of paletteNames) {
      const [own, day, dusk] = (['auto', 'day', 'dusk'] as const).map((hour) => atmosphereOf(3, { palette, hour }));
      expect(elevationDeg(dusk!), palette).toBeLessThan(23);
      expect(elevationDeg(day!), palette).toBeGreaterThan(24);
      expect(dusk!.sunColor[0] / dusk!.sunColor[2], palette).toBeGreaterThan(2);
      expect(day!.sunColor[0] / day!.sunColor[2], palette).toBeLessThan(2);
      expect(sunlight(dusk!), palette).toBeLessThan(0.7 * sunlight(day!));
      for (const hour of [day!, dusk!]) expect(hour.palette.subarray(6)).toEqual(own!.palette.subarray(6));
      // One of the two is what the palette is by itself.
      expect([String(day!.palette), String(dusk!.palette)]).toContain(String(own!.palette));
    }
  });

  test('names what there is when it asks for something else', () => {
    expect(() => atmosphereOf(1, { palette: 'mauve', hour: 'auto' })).toThrow(
      'There is no palette "mauve". Choose one of sand, terracotta, violet-dusk, teal, deep-blue, rose.',
    );
  });

  test('is the only way to a palette that is held out: no seed has it, and no training', () => {
    const held = heldoutPalettes.map(({ sun }) => String(sun));
    for (let seed = 0; seed < 300; seed++) expect(held).not.toContain(String(atmosphereOf(seed).sunColor));
    const [rose] = ['rose'].map((palette) => atmosphereOf(0, { palette, hour: 'auto' }));
    const random = createRandom(8);
    for (let k = 0; k < 300; k++) {
      const { palette } = randomAtmosphere(random);
      const distance = Math.hypot(...palette.subarray(6, 18).map((value, index) => value - rose!.palette[6 + index]!));
      expect(distance).toBeGreaterThan(0.05);
    }
  });
});
