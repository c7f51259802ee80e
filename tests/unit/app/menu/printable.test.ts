import { expect, test } from 'vitest';
import { printable } from '../../../../src/app/menu/printable';

test('what the font has stays, what looks alike takes its place, accents fall away', () => {
  expect(printable('Höfe, geträumt (30°)')).toBe('Höfe, geträumt (30°)');
  expect(printable('“L’été” – rêvé…')).toBe('"L\'ete" - reve...');
});

test('a name that nothing is left of is replaced by what the caller has instead', () => {
  expect(printable('夢の庭', 'dream-garden')).toBe('dream-garden');
  expect(printable('夢 garden', 'dream-garden')).toBe('? garden');
  expect(printable('夢')).toBe('?');
});
