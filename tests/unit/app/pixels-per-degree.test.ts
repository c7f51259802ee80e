import type { WebGLRenderer } from 'three';
import { expect, test } from 'vitest';
import { pageFovYDeg } from '../../../src/app/page-camera';
import { pixelsPerDegree, pixelsPerDegreeOf } from '../../../src/app/pixels-per-degree';

test('a degree in the middle of a picture is what the projection makes of it', () => {
  const fovY = (66 * Math.PI) / 180;
  const heightPx = 1000;
  const oneDegreePx = (heightPx / 2) * (Math.tan(Math.PI / 180) / Math.tan(fovY / 2));
  expect(pixelsPerDegreeOf(heightPx, 1 / Math.tan(fovY / 2))).toBeCloseTo(oneDegreePx, 2);
});

test('is of the page without a session, of one eye in one, and not known without a picture', () => {
  const xr = { isPresenting: false, getCamera: () => ({ cameras: [{ viewport: { w: 1760 }, projectionMatrix: { elements: [0, 0, 0, 0, 0, 1.2] } }] }) };
  const renderer = { xr, domElement: { width: 1600, height: 900 } };
  const asked = (): number => pixelsPerDegree(renderer as unknown as WebGLRenderer);
  const fovY = (pageFovYDeg(1600 / 900) * Math.PI) / 180;
  expect(asked()).toBeCloseTo(pixelsPerDegreeOf(900, 1 / Math.tan(fovY / 2)), 9);
  xr.isPresenting = true;
  expect(asked()).toBeCloseTo(((1760 / 2) * 1.2 * Math.PI) / 180, 9);
  xr.isPresenting = false;
  renderer.domElement.height = 0;
  expect(asked()).toBeNaN();
});
