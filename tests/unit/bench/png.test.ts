import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { decodePng } from '../../../src/bench/png';

const size = { width: 3, height: 2 };
const values = [0, 20, 40, 60, 80, 255];
const grey = (bytes: readonly number[]): number[] => bytes.flatMap((v) => [v, v, v, 255]);

test('grey, grey with alpha, colour and 16 bits all become opaque RGBA bytes', () => {
  const png = (channels: number, data: Uint8Array | Uint16Array, depth: 8 | 16 = 8): number[] =>
    Array.from(decodePng(encode({ ...size, channels, depth, data })).rgba);
  expect(png(1, Uint8Array.from(values))).toEqual(grey(values));
  expect(png(2, Uint8Array.from(values.flatMap((v) => [v, 7])))).toEqual(grey(values));
  expect(png(1, Uint16Array.from(values.map((v) => v * 257)), 16)).toEqual(grey(values));
  const colour = Uint8Array.from({ length: 18 }, (_, i) => i * 14);
  expect(png(3, colour)).toEqual(Array.from({ length: 24 }, (_, i) => (i % 4 === 3 ? 255 : colour[i - Math.floor(i / 4)]!)));
});

test('a palette is looked up', () => {
  // 2 x 1, 1 bit, red and blue; written by hand, because the encoder makes none.
  const text = 'iVBORw0KGgoAAAANSUhEUgAAAAIAAAABAQMAAADO7O3JAAAABlBMVEX/AAAAAP9sof2OAAAACklEQVR4nGNwAAAAQgBBKTf07wAAAABJRU5ErkJggg==';
  expect(Array.from(decodePng(Buffer.from(text, 'base64')).rgba)).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
});

test('what is no PNG is refused', () => {
  expect(() => decodePng(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))).toThrow('signature');
});
