import { decode } from 'fast-png';

/** A screenshot as RGBA bytes, rows from the top. */
export function decodePng(png: Uint8Array): { width: number; height: number; rgba: Uint8Array } {
  const { width, height, channels, data } = decode(png);
  const rgba = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) rgba[4 * i + c] = data[i * channels + c]!;
    rgba[4 * i + 3] = 255;
  }
  return { width, height, rgba };
}
