import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { menuHeightPx, menuShare, menuWidthPx, pixelSizeM, placeMenu, rectangleSr } from '../../../../src/app/menu/menu-place';
import { createPose, poseFromYawPitch } from '../../../../src/math/pose';

const head = fc.record({
  x: fc.double({ min: -5, max: 5, noNaN: true }),
  y: fc.double({ min: 0.4, max: 2, noNaN: true }),
  z: fc.double({ min: -5, max: 5, noNaN: true }),
  yaw: fc.double({ min: -3, max: 3, noNaN: true }),
  pitch: fc.double({ min: -1.2, max: 1.2, noNaN: true }),
});

describe('where the menu opens', () => {
  test('1.0 to 1.2 m before the eyes, a little below them, level, and facing them', () => {
    fc.assert(
      fc.property(head, ({ x, y, z, yaw, pitch }) => {
        const menu = placeMenu(poseFromYawPitch([x, y, z], yaw, pitch), createPose());
        const toEyes = [x - menu[12]!, y - menu[13]!, z - menu[14]!];
        const away = Math.hypot(...toEyes);
        expect(away).toBeGreaterThan(1);
        expect(away).toBeLessThan(1.2);
        const below = Math.asin(toEyes[1]! / away);
        expect(below).toBeGreaterThan(0.05);
        expect(below).toBeLessThan(0.25);
        // It is read along its own +Z, whatever way the head nods.
        const facing = (toEyes[0]! * menu[8]! + toEyes[1]! * menu[9]! + toEyes[2]! * menu[10]!) / away;
        expect(facing).toBeGreaterThan(0.9999);
        // Its lines are level.
        expect(menu[1]).toBeCloseTo(0, 6);
        // Ahead of where the head is turned to.
        expect(-toEyes[0]! * -Math.sin(yaw) + -toEyes[2]! * -Math.cos(yaw)).toBeGreaterThan(0.9);
      }),
    );
  });
});

describe('how much of the view it takes', () => {
  test('the solid angle of a rectangle is that of the sphere’s share that its rays cover', () => {
    // A cube's face seen from the middle of the cube is a sixth of everything.
    expect(rectangleSr(2, 2, 1)).toBeCloseTo((4 * Math.PI) / 6, 10);
    // Far away it is area over distance squared.
    expect(rectangleSr(0.3, 0.2, 50)).toBeCloseTo(0.06 / 2500, 9);
  });

  test('less than 30 % of a square view of 90 degrees, the smallest of today’s headsets', () => {
    const right = Math.PI / 2;
    expect(menuShare(right, right)).toBeLessThan(0.3);
    // But not so little that its text would be too.
    expect(menuShare(right, right)).toBeGreaterThan(0.1);
    // Counted by rays over a grid of directions.
    let inside = 0;
    let all = 0;
    const eyeM = Math.hypot(1.05, 0.14);
    for (let i = -200; i <= 200; i++) {
      for (let k = -200; k <= 200; k++) {
        const [x, y] = [i / 200, k / 200];
        const weight = 1 / (1 + x * x + y * y) ** 1.5;
        all += weight;
        if (Math.abs(x * eyeM) < (menuWidthPx * pixelSizeM) / 2 && Math.abs(y * eyeM) < (menuHeightPx * pixelSizeM) / 2) inside += weight;
      }
    }
    expect(menuShare(right, right)).toBeCloseTo(inside / all, 2);
  });
});
