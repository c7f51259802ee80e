import type { Intrinsics } from './types';

/** A centred pinhole camera with square pixels. @param fovYRad full vertical field of view, radians. */
export function intrinsicsFromFov(width: number, height: number, fovYRad: number): Intrinsics {
  const focal = height / 2 / Math.tan(fovYRad / 2);
  return { width, height, fx: focal, fy: focal, cx: width / 2, cy: height / 2 };
}

/** Full vertical field of view in radians. */
export function fovY(camera: Intrinsics): number {
  return Math.atan(camera.cy / camera.fy) + Math.atan((camera.height - camera.cy) / camera.fy);
}
