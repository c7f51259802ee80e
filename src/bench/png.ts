import { convertIndexedToRgb, decode } from 'fast-png';

/** A picture as sRGB-encoded RGBA bytes, rows from the top; opaque. */
export type Picture = { width: number; height: number; rgba: Uint8Array };

/**
 * Decodes a PNG of any kind that screenshots and video frames come in: grey or colour, 8 or 16 bits, with a palette. Alpha
 * is dropped.
 * @throws Error when it is no PNG, or grey with fewer than 8 bits
 */
export function decodePng(png: Uint8Array): Picture {
  const image = decode(png);
  const { width, height, depth } = image;
  if (!image.palette && depth < 8) throw new Error(`a PNG of ${depth} bits is not read; save it with 8 bits`);
  const data = image.palette ? convertIndexedToRgb(image) : image.data;
  const channels = data.length / (width * height);
  // Grey has its value in the first channel, for all three colours.
  const step = channels >= 3 ? 1 : 0;
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + c * step]!;
      rgba[4 * i + c] = depth === 16 ? value >> 8 : value;
    }
    rgba[4 * i + 3] = 255;
  }
  return { width, height, rgba };
}
