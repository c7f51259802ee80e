import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pageFovYDeg } from '../../../src/app/page-camera';
import { simulatorFovYDeg } from '../../../workers/backends/simulator/simulator';

function fovXDeg(fovYDeg: number, aspect: number): number {
  return (360 / Math.PI) * Math.atan(Math.tan((fovYDeg * Math.PI) / 360) * aspect);
}

describe('the camera of the page', () => {
  test('shows less than a model paints, in both directions and for any window', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.2, max: 8, noNaN: true }), (aspect) => {
        const fovYDeg = pageFovYDeg(aspect);
        expect(fovYDeg).toBeGreaterThan(0);
        expect(fovYDeg).toBeLessThanOrEqual(66);
        expect(fovXDeg(fovYDeg, aspect)).toBeLessThanOrEqual(88 + 1e-9);
        expect(Math.max(fovYDeg, fovXDeg(fovYDeg, aspect))).toBeLessThan(simulatorFovYDeg);
      }),
    );
  });

  test('is as tall as it may be on a phone held upright, and as wide as it may be on a wide screen', () => {
    expect(pageFovYDeg(9 / 19)).toBe(66);
    expect(fovXDeg(pageFovYDeg(16 / 9), 16 / 9)).toBeCloseTo(88, 6);
  });
});
