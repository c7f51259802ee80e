import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blocksAround, blockSizeM } from '../../../workers/layout/block-window';

/** Whole millimetres: nearer to a border than that, arithmetic itself cannot tell. */
const place = fc.integer({ min: -500_000, max: 500_000 }).map((mm) => mm / 1000);
const radius = fc.double({ min: 0, max: 90, noNaN: true });

test('every place within the radius lies in a block of the window', () => {
  fc.assert(
    fc.property(place, place, radius, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 7, noNaN: true }), (x, z, r, share, angle) => {
      const i = Math.floor((x + share * r * Math.cos(angle)) / blockSizeM);
      const j = Math.floor((z + share * r * Math.sin(angle)) / blockSizeM);
      // Rounding may put a place at the very rim just outside.
      return blocksAround(x, z, r + 1e-6).some((block) => block.i === i && block.j === j);
    }),
  );
});

test('blocks come once each, the nearest first, and none that is out of reach', () => {
  fc.assert(
    fc.property(place, place, radius, (x, z, r) => {
      const away = blocksAround(x, z, r).map(({ i, j }) => {
        const dx = Math.max(i * 12 - x, x - i * 12 - 12, 0);
        const dz = Math.max(j * 12 - z, z - j * 12 - 12, 0);
        return Math.hypot(dx, dz);
      });
      const keys = new Set(blocksAround(x, z, r).map(({ i, j }) => `${i},${j}`));
      expect(keys.size).toBe(away.length);
      expect(away[0]).toBe(0);
      expect(away).toEqual(away.toSorted((a, b) => a - b));
      expect(away.at(-1)).toBeLessThanOrEqual(r);
    }),
  );
});
