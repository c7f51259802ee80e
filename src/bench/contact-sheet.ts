import { encode } from 'fast-png';
import type { WalkPicture } from './walk-suite';

/** A PNG with a row for each picture: raw map, painted and truth, from left to right. All are squares of one size. */
export function contactSheet(pictures: readonly WalkPicture[]): Uint8Array {
  const size = Math.sqrt(pictures[0]!.painted.length / 4);
  const width = 3 * size;
  const height = pictures.length * size;
  const data = new Uint8Array(width * height * 3);
  for (const [row, { raw, painted, truth }] of pictures.entries()) {
    for (const [column, picture] of [raw, painted, truth].entries()) {
      for (let y = 0; y < size; y++) {
        for (let x = 0; x < size; x++) {
          const to = ((row * size + y) * width + column * size + x) * 3;
          for (let c = 0; c < 3; c++) data[to + c] = picture[(y * size + x) * 4 + c]!;
        }
      }
    }
  }
  return encode({ width, height, data, channels: 3 });
}
