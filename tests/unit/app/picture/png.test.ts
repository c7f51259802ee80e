import { decode } from 'fast-png';
import { expect, test } from 'vitest';
import { pngOf } from '../../../../src/app/picture/png';

/** Two rows from the bottom: red and half a green below, blue and nothing above; premultiplied. */
const picture = { width: 2, height: 2, rgba: Uint8Array.of(255, 0, 0, 255, 0, 100, 0, 128, 0, 0, 255, 255, 0, 0, 0, 0) };

const read = async (isSeeThrough: boolean) =>
  decode(new Uint8Array(await (await pngOf(picture, isSeeThrough)).arrayBuffer()), { checkCrc: true });

test('a picture comes out of its file as it went in, the right way up, colours apart from alpha', async () => {
  const { width, height, channels, data } = await read(true);
  expect([width, height, channels]).toEqual([2, 2, 4]);
  expect([...data]).toEqual([0, 0, 255, 255, 0, 0, 0, 0, 255, 0, 0, 255, 0, 199, 0, 128]);
});

test('a picture without a room behind it is opaque', async () => {
  const { data } = await read(false);
  expect([...data].filter((_, i) => i % 4 === 3)).toEqual([255, 255, 255, 255]);
});
