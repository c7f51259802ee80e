import { expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../../src/math/camera';
import { thumbnailHeight, thumbnailOf, thumbnailWidth } from '../../../../src/session/visits/thumbnail';

function ramp(width: number, height: number): { camera: ReturnType<typeof intrinsicsFromFov>; color: Uint8Array } {
  const color = new Uint8Array(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      color.set([(255 * (x + 0.5)) / width, (255 * (y + 0.5)) / height, 77, 255], 4 * (y * width + x));
    }
  }
  return { camera: intrinsicsFromFov(width, height, 1.5), color };
}

test('a thumbnail is the middle of the picture in its own shape, whatever the size of the picture', () => {
  for (const side of [16, 96, 128, 256, 250]) {
    const { rgb } = thumbnailOf(ramp(side, side));
    expect(rgb.length).toBe(3 * thumbnailWidth * thumbnailHeight);
    const at = (x: number, y: number): number[] => [...rgb.subarray(3 * (y * thumbnailWidth + x), 3 * (y * thumbnailWidth + x) + 3)];
    const texel = 255 / Math.min(side, thumbnailWidth);
    const cut = (255 * (1 - thumbnailHeight / thumbnailWidth)) / 2;
    expect(Math.abs(at(0, 0)[0]! - 0)).toBeLessThan(texel + 1);
    expect(Math.abs(at(0, 0)[1]! - cut)).toBeLessThan(texel + 1);
    expect(Math.abs(at(thumbnailWidth - 1, thumbnailHeight - 1)[0]! - 255)).toBeLessThan(texel + 1);
    expect(Math.abs(at(thumbnailWidth - 1, thumbnailHeight - 1)[1]! - (255 - cut))).toBeLessThan(texel + 1);
    expect(at(40, 30)[2]).toBe(77);
  }
});

test('each texel of it is the mean of what it covers', () => {
  const picture = ramp(192, 192);
  for (let t = 0; t < 192 * 192; t++) picture.color[4 * t + 2] = (t + Math.floor(t / 192)) % 2 === 0 ? 0 : 200;
  const { rgb } = thumbnailOf(picture);
  for (let t = 2; t < rgb.length; t += 3) expect(rgb[t]).toBe(100);
});
