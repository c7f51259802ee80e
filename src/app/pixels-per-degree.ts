import type { WebGLRenderer } from 'three';
import { pageFovYDeg } from './page-camera';

/** Pixels of the drawn buffer a degree in the middle of the picture: of one eye in a headset, else of the page. */
export function pixelsPerDegree(renderer: WebGLRenderer): number {
  const eye = renderer.xr.isPresenting ? renderer.xr.getCamera().cameras[0] : undefined;
  if (eye?.viewport) return pixelsPerDegreeOf(eye.viewport.w, eye.projectionMatrix.elements[5]!);
  const { width, height } = renderer.domElement;
  if (!(width > 0) || !(height > 0)) return Number.NaN;
  return pixelsPerDegreeOf(height, 1 / Math.tan((pageFovYDeg(width / height) * Math.PI) / 360));
}

/** @param heightPx of the picture. @param projectionY its projection matrix's element 5: 1 / tan(fovY / 2) */
export function pixelsPerDegreeOf(heightPx: number, projectionY: number): number {
  return ((heightPx / 2) * projectionY * Math.PI) / 180;
}
