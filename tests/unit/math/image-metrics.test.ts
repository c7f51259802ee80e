import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { psnr, sharpness, ssim } from '../../../src/math/image-metrics';

const size = 48;

/** A picture from a function of pixel coordinates that returns 0..255, the same in every channel. */
function picture(value: (x: number, y: number) => number): Uint8Array {
  const out = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) out.fill(Math.round(value(x, y)), (y * size + x) * 4, (y * size + x) * 4 + 3);
  }
  for (let p = 3; p < out.length; p += 4) out[p] = 255;
  return out;
}

const checker = picture((x, y) => (((x >> 2) + (y >> 2)) % 2 ? 200 : 50));
const left = Uint8Array.from({ length: size * size }, (_, i) => (i % size < size / 2 ? 1 : 0));

describe('psnr', () => {
  it('is infinite for identical pictures and ignores alpha', () => {
    const other = Uint8Array.from(checker);
    for (let p = 3; p < other.length; p += 4) other[p] = 0;
    expect(psnr(checker, other)).toBe(Infinity);
  });

  it('is the textbook number for a constant error: one byte everywhere is 48.13 dB, half the range 6 dB', () => {
    expect(psnr(picture(() => 100), picture(() => 101))).toBeCloseTo(48.1308, 3);
    expect(psnr(picture(() => 0), picture(() => 255))).toBeCloseTo(0, 6);
    expect(psnr(picture(() => 0), picture(() => 127.5))).toBeCloseTo(5.987, 2);
  });

  it('counts only what the mask holds, and is NaN when that is nothing', () => {
    const spoilt = picture((x, y) => (x < size / 2 ? checker[(y * size + x) * 4] : 0));
    expect(psnr(checker, spoilt, left)).toBe(Infinity);
    expect(psnr(checker, spoilt)).toBeLessThan(12);
    expect(psnr(checker, spoilt, new Uint8Array(size * size))).toBeNaN();
    expect(() => psnr(checker, new Uint8Array(4))).toThrow(/one size/);
  });
});

describe('ssim', () => {
  it('is 1 for identical pictures, symmetric, and near -1..0 for an inverted one', () => {
    const inverted = picture((x, y) => 250 - checker[(y * size + x) * 4]);
    expect(ssim(checker, checker, size, size)).toBeCloseTo(1, 6);
    expect(ssim(checker, inverted, size, size)).toBeLessThan(0);
    expect(ssim(checker, inverted, size, size)).toBeCloseTo(ssim(inverted, checker, size, size), 9);
  });

  it('for two flat pictures is the luminance term alone', () => {
    const a = 100 / 255;
    const b = 150 / 255;
    const expected = (2 * a * b + 1e-4) / (a * a + b * b + 1e-4);
    expect(ssim(picture(() => 100), picture(() => 150), size, size)).toBeCloseTo(expected, 5);
  });

  it('falls as noise grows, and a mask keeps spoilt parts out', () => {
    const random = createRandom(3);
    const noise = Float64Array.from({ length: size * size }, () => random() - 0.5);
    const noisy = (amount: number) =>
      picture((x, y) => Math.min(255, Math.max(0, checker[(y * size + x) * 4] + amount * noise[y * size + x])));
    const values = [5, 20, 60, 200].map((amount) => ssim(checker, noisy(amount), size, size));
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeLessThan(values[i - 1]);
    const spoilt = picture((x, y) => (x < 40 ? checker[(y * size + x) * 4] : 0));
    expect(ssim(checker, spoilt, size, size, left)).toBeCloseTo(1, 6);
    expect(ssim(checker, spoilt, size, size)).toBeLessThan(0.95);
    expect(() => ssim(checker, checker, 10, 10)).toThrow(/400 are needed/);
  });
});

describe('sharpness', () => {
  it('is the slope of a ramp, zero for fog, and falls under blur', () => {
    expect(sharpness(picture((x) => 5 * x), size, size)).toBeCloseTo(5 / 255, 6);
    expect(sharpness(picture(() => 90), size, size)).toBe(0);
    const soft = picture((x, y) => 125 + 75 * Math.sin(x / 4) * Math.sin(y / 4));
    expect(sharpness(soft, size, size)).toBeLessThan(0.7 * sharpness(checker, size, size));
    expect(sharpness(checker, size, size, new Uint8Array(size * size))).toBeNaN();
  });
});
