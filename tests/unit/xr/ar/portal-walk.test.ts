import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PortalWalk } from '../../../../src/xr/ar/portal-walk';

const [widthM, heightM] = [1.4, 2];

/** Walks straight from point to point, in small steps. */
function walk(portal: PortalWalk, ...points: [x: number, z: number, y?: number][]): boolean[] {
  const states: boolean[] = [];
  let [fromX, fromZ] = points[0]!;
  for (const [x, z, y = 1.6] of points) {
    for (let i = 1; i <= 20; i++) {
      portal.update(fromX + ((x - fromX) * i) / 20, y, fromZ + ((z - fromZ) * i) / 20, widthM, heightM);
      states.push(portal.isInside);
    }
    [fromX, fromZ] = [x, z];
  }
  return states;
}

describe('walking through a window', () => {
  test('in through the opening, and back out of it', () => {
    const portal = new PortalWalk();
    walk(portal, [0, 1.5], [0.2, -1]);
    expect(portal.isInside).toBe(true);
    walk(portal, [0.2, -1], [-0.3, 1]);
    expect(portal.isInside).toBe(false);
  });

  test('whoever walks around the frame stays where they were', () => {
    const portal = new PortalWalk();
    walk(portal, [0, 1.5], [1.5, 1], [1.5, -1], [0, -1]);
    expect(portal.isInside).toBe(false);
    // From behind through the opening into the room: they never were in the world.
    walk(portal, [0, -1], [0, 1]);
    expect(portal.isInside).toBe(false);
    walk(portal, [0, 1], [0, -1], [2, -1], [2, 1], [0, 1]);
    expect(portal.isInside).toBe(true);
  });

  test('above the lintel there is no way', () => {
    const portal = new PortalWalk();
    walk(portal, [0, 1, 2.1], [0, -1, 2.1]);
    expect(portal.isInside).toBe(false);
  });

  test('a head that trembles in the plane does not flicker', () => {
    const portal = new PortalWalk();
    const states = walk(portal, [0, 0.5], [0, -0.03], [0, 0.03], [0, -0.03], [0, 0.03], [0, -0.2]);
    expect(states.filter((state, i) => i > 0 && state !== states[i - 1])).toEqual([true]);
  });

  test('a fast step counts as one through the opening, and a new place forgets the way', () => {
    const portal = new PortalWalk();
    portal.update(0, 1.6, 1, widthM, heightM);
    expect(portal.update(0, 1.6, -1, widthM, heightM)).toBe(true);
    portal.reset();
    expect(portal.isInside).toBe(false);
    expect(portal.update(0, 1.6, -1, widthM, heightM)).toBe(false);
  });

  test('inside changes only with crossings of the opening, on any walk', () => {
    const at = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: -2, max: 2, noNaN: true }));
    fc.assert(
      fc.property(fc.array(at, { minLength: 2, maxLength: 30 }), (path) => {
        const portal = new PortalWalk();
        let inside = false;
        let last: [number, number] | null = null;
        const changes: { through: boolean | null; side: number; inside: boolean }[] = [];
        let through: boolean | null = null;
        for (const [x, z] of path) {
          if (last && last[1] > 0 !== z > 0) {
            const t = last[1] / (last[1] - z);
            through = Math.abs(last[0] + t * (x - last[0])) <= widthM / 2;
          }
          last = [x, z];
          if (portal.update(x, 1.6, z, widthM, heightM)) {
            changes.push({ through, side: Math.sign(z), inside });
            inside = !inside;
          }
          expect(portal.isInside).toBe(inside);
        }
        expect(changes.every((change) => change.through && change.side === (change.inside ? 1 : -1))).toBe(true);
      }),
    );
  });
});
