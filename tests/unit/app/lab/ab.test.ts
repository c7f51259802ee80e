import { expect, test } from 'vitest';
import { firstAb, otherMode, sideOf } from '../../../../src/app/lab/ab';
import { reprojectionModes } from '../../../../src/reproject/modes';

test('the button goes from A to B and back, and to A from every other mode', () => {
  expect(otherMode(firstAb, firstAb.a)).toBe(firstAb.b);
  expect(otherMode(firstAb, firstAb.b)).toBe(firstAb.a);
  const others = reprojectionModes.filter((mode) => sideOf(firstAb, mode) === null);
  expect(others).toHaveLength(reprojectionModes.length - 2);
  for (const mode of others) expect(otherMode(firstAb, mode)).toBe(firstAb.a);
});

test('a mode against itself stays where it is', () => {
  expect(otherMode({ a: 'mesh', b: 'mesh' }, 'mesh')).toBe('mesh');
});
