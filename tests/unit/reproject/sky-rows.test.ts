import { expect, test } from 'vitest';
import { elevationOfRowDeg, writeDusk } from '../../../src/reproject/sky-rows';
import { skyRows } from '../../../src/world/contracts';

test('rows run evenly from straight down to straight up', () => {
  const height = 180 / skyRows;
  expect(elevationOfRowDeg(0)).toBeCloseTo(-90 + height / 2);
  expect(elevationOfRowDeg(skyRows - 1)).toBeCloseTo(90 - height / 2);
  expect(elevationOfRowDeg(skyRows / 2) - elevationOfRowDeg(skyRows / 2 - 1)).toBeCloseTo(height);
});

test('the dusk is opaque, nowhere near black, without steps, and brightest at the horizon', () => {
  const rows = new Uint8Array(skyRows * 4);
  writeDusk(rows);
  const light = Array.from({ length: skyRows }, (_, i) => rows[i * 4] + rows[i * 4 + 1] + rows[i * 4 + 2]);
  expect(Math.min(...light)).toBeGreaterThan(3 * 50);
  for (let i = 0; i < skyRows; i++) expect(rows[i * 4 + 3]).toBe(255);
  for (let i = 1; i < skyRows; i++) expect(Math.abs(light[i] - light[i - 1])).toBeLessThan(3 * 60);
  expect(Math.abs(elevationOfRowDeg(light.indexOf(Math.max(...light))))).toBeLessThan(8);
});
