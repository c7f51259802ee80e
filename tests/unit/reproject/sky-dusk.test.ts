import { expect, test } from 'vitest';
import { writeDusk } from '../../../src/reproject/sky-dusk';
import { skyHeight, skyWidth } from '../../../src/world/contracts';
import { elevationOfSkyRow } from '../../../src/world/sky-directions';

function dusk(): Uint8Array {
  const map = new Uint8Array(skyWidth * skyHeight * 4);
  writeDusk(map);
  return map;
}

test('the dusk is opaque, nowhere near black, without steps, and brightest at the horizon', () => {
  const map = dusk();
  const light = Array.from({ length: skyHeight }, (_, row) => {
    const first = row * skyWidth * 4;
    return map[first] + map[first + 1] + map[first + 2];
  });
  expect(Math.min(...light)).toBeGreaterThan(3 * 50);
  for (let i = 3; i < map.length; i += 4) expect(map[i]).toBe(255);
  for (let row = 1; row < skyHeight; row++) expect(Math.abs(light[row] - light[row - 1])).toBeLessThan(3 * 40);
  const brightest = light.indexOf(Math.max(...light));
  expect(Math.abs((elevationOfSkyRow(brightest) * 180) / Math.PI)).toBeLessThan(8);
});

test('the dusk is the same all around', () => {
  const map = dusk();
  for (let row = 0; row < skyHeight; row++) {
    const first = row * skyWidth * 4;
    for (let i = 4; i < skyWidth * 4; i++) expect(map[first + i]).toBe(map[first + (i % 4)]);
  }
});
