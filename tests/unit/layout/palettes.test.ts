import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { paletteColors } from '../../../workers/layout/classes';
import type { Atmosphere } from '../../../workers/layout/map-view';
import {
  atmosphereOf,
  linearFromSrgb,
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
    for (const { name, colors } of palettes) {
      expect(Object.keys(colors).toSorted(), name).toEqual([...paletteColors].toSorted());
      for (const color of Object.values(colors)) expect(color, name).toMatch(/^#[0-9a-f]{6}$/);
    }
    expect(new Set(palettes.map(({ name }) => name)).size).toBe(palettes.length);
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
