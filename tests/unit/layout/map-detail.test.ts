import fc from 'fast-check';
import { expect, test } from 'vitest';
import { surfaceClasses } from '../../../workers/layout/classes';
import { clearness, detail, detailAt, footprintM, turnJoints } from '../../../workers/layout/map-detail';
import { tile, tileAt } from '../../../workers/layout/tiles';

const wall = surfaceClasses.indexOf('wall');
const ground = surfaceClasses.indexOf('ground');
const plant = surfaceClasses.indexOf('plant');

const metres = fc.double({ min: -60, max: 60, noNaN: true });

test('a stone has one tone from joint to joint, and the next course is shifted by half a stone', () => {
  tileAt(5, wall, 0.1, 0.1, 0, 0, 0, 1);
  const { tone, lengthM, heightM } = tile;
  tileAt(5, wall, lengthM - 0.01, heightM - 0.01, 0, 0, 0, 1);
  expect(tile.tone).toBe(tone);
  tileAt(5, wall, lengthM + 0.01, 0.1, 0, 0, 0, 1);
  expect(tile.tone).not.toBe(tone);
  expect(tile.u).toBeCloseTo(0.01 / lengthM, 5);
  tileAt(5, wall, 0.01, heightM + 0.1, 0, 0, 0, 1);
  expect(tile.u).toBeCloseTo(0.5 + 0.01 / lengthM, 5);
});

test('places in a tile lie in 0..1 anywhere, on upright and on level surfaces', () => {
  fc.assert(
    fc.property(metres, metres, metres, fc.constantFrom([1, 0, 0], [0, 1, 0], [0, 0, -1]), (x, y, z, [nx, ny, nz]) => {
      tileAt(3, ground, x, y, z, nx, ny, nz);
      for (const value of [tile.u, tile.v, tile.tone]) {
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }
    }),
  );
});

test('a joint is told on both its sides, and nothing in the middle of a stone', () => {
  const at = (x: number): number => {
    detailAt(5, wall, x, 0.2, 0, 0, 0, 1, 0.001);
    return detail.jointAlong;
  };
  expect(at(0.005)).toBeGreaterThan(0.8);
  expect(at(-0.005)).toBeLessThan(-0.8);
  expect(at(0.4)).toBe(0);
});

test('what is smaller than a pixel is gone, and nothing grows with the distance', () => {
  fc.assert(
    fc.property(metres, fc.double({ min: 0, max: 3, noNaN: true }), metres, (x, y, z) => {
      detailAt(9, wall, x, y, z, 0, 0, 1, 2);
      expect([detail.jointAlong, detail.jointUp]).toEqual([0, 0]);
      expect(detail.noise[1]).toBe(0.5);
      expect(detail.noise[2]).toBe(0.5);
      expect(detail.tone).toBe(0.5);
    }),
  );
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 4, noNaN: true }), fc.double({ min: 0.001, max: 2, noNaN: true }), (size, pixel) => {
      expect(clearness(size, pixel)).toBeGreaterThanOrEqual(clearness(size, pixel * 1.1));
      expect(clearness(size, pixel)).toBeGreaterThanOrEqual(0);
      expect(clearness(size, pixel)).toBeLessThanOrEqual(1);
    }),
  );
});

test('a pixel is wider on what it sees at a grazing angle', () => {
  expect(footprintM(10, 0.01, 1)).toBeCloseTo(0.1);
  expect(footprintM(10, 0.01, 0.25)).toBeCloseTo(0.2);
  expect(footprintM(10, 0.01, 0)).toBeLessThan(1);
});

test('leaves are not laid of stones', () => {
  detailAt(5, plant, 1.23, 0.4, 0.7, 0, 0, 1, 0.01);
  expect([detail.jointAlong, detail.jointUp, detail.tone]).toEqual([0, 0, 0.5]);
});

test('joints are told to the right of the camera and away from it, whichever way it looks', () => {
  // Just beyond a joint in x, in the middle of a slab in z.
  const floor = (rightX: number, rightZ: number): number[] => {
    detailAt(5, ground, 0.005, 0, 0.5, 0, 1, 0, 0.001);
    turnJoints(rightX, rightZ);
    return [Math.sign(detail.jointAlong), Math.sign(detail.jointUp)].map((sign) => sign + 0);
  };
  expect(floor(1, 0)).toEqual([1, 0]);
  expect(floor(-1, 0)).toEqual([-1, 0]);
  // Looking along +x, the right hand is +z: the joint lies across the way, and its far side is seen.
  expect(floor(0, 1)).toEqual([0, 1]);
  expect(floor(0, -1)).toEqual([0, -1]);
  detailAt(5, wall, 0.005, 0.2, 0, 0, 0, 1, 0.001);
  turnJoints(-1, 0);
  expect(detail.jointAlong).toBeLessThan(-0.8);
});
