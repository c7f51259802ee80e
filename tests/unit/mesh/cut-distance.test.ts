import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CutNeighbourhood, wideReach } from '../../../workers/mesh/cut-distance';

test('a corner is near exactly when a cut touches a corner at most two steps away', () => {
  const size = fc.integer({ min: 1, max: 9 });
  const places = fc.array(fc.nat(80), { maxLength: 6 });
  fc.assert(
    fc.property(size, size, places, places, (w, h, a, b) => {
      const right = new Uint8Array(w * h);
      const below = new Uint8Array(w * h);
      // The last column has no neighbour to the right, the last row none below.
      for (const at of a) if (at % w < w - 1 && at < w * h) right[at] = 1;
      for (const at of b) if (at < w * (h - 1)) below[at] = 1;
      const found = new CutNeighbourhood();
      found.find(right, below, w, h);
      const touched: [number, number][] = [];
      for (let y = 0; y < h; y++) {
        for (let x = 0; x < w; x++) {
          if (right[y * w + x]) touched.push([x + 1, y], [x + 1, y + 1]);
          if (below[y * w + x]) touched.push([x, y + 1], [x + 1, y + 1]);
        }
      }
      for (let y = 0; y <= h; y++) {
        for (let x = 0; x <= w; x++) {
          const near = touched.some(([cx, cy]) => Math.max(Math.abs(cx - x), Math.abs(cy - y)) <= wideReach);
          expect(found.near[y * (w + 1) + x]).toBe(near ? 1 : 0);
        }
      }
    }),
    { numRuns: 300 },
  );
});
