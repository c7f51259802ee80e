import { intrinsicsFromFov } from '../../../src/math/camera';
import { createRandom } from '../../../src/math/hash';
import type { Intrinsics, Pose } from '../../../src/math/types';
import type { Keyframe } from '../../../workers/memory/keyframe-store';

export function squareCamera(size: number, fovDeg = 90): Intrinsics {
  return intrinsicsFromFov(size, size, (fovDeg * Math.PI) / 180);
}

export function keyframe(
  camera: Intrinsics,
  worldFromCamera: Pose,
  inverseDepth: Float32Array,
  color: Uint8ClampedArray,
  sequence = 0,
): Keyframe {
  return { camera, worldFromCamera, inverseDepth, color, sequence, medianDepth: 1, usefulness: 1 };
}

/** RGBA8 of one colour. */
export function solid(count: number, red: number, green: number, blue: number): Uint8ClampedArray {
  return Uint8ClampedArray.from({ length: count * 4 }, (_, i) => [red, green, blue, 255][i % 4]);
}

/** Every texel another colour, so that a picture that comes out equal can only have come from the right texels. */
export function confetti(count: number, seed = 1): Uint8ClampedArray {
  const random = createRandom(seed);
  return Uint8ClampedArray.from({ length: count * 4 }, (_, i) => (i % 4 === 3 ? 255 : random() * 256));
}

/**
 * Exact picture of a box-shaped room (6 x 4 x 6 m, centred on the origin) from any pose inside: colours are smooth
 * functions of the world point, so that errors of position show as errors of colour.
 */
export function roomPicture(camera: Intrinsics, worldFromCamera: Pose) {
  const half = [3, 2, 3];
  const inverseDepth = new Float32Array(camera.width * camera.height);
  const color = new Uint8ClampedArray(inverseDepth.length * 4);
  const m = worldFromCamera;
  for (let y = 0; y < camera.height; y++) {
    for (let x = 0; x < camera.width; x++) {
      const cx = (x + 0.5 - camera.cx) / camera.fx;
      const cy = -(y + 0.5 - camera.cy) / camera.fy;
      let t = Infinity;
      const dir = [0, 1, 2].map((axis) => m[axis] * cx + m[4 + axis] * cy - m[8 + axis]);
      for (let axis = 0; axis < 3; axis++) {
        const wall = dir[axis] > 0 ? half[axis] : -half[axis];
        if (dir[axis] !== 0) t = Math.min(t, (wall - m[12 + axis]) / dir[axis]);
      }
      const i = y * camera.width + x;
      // The ray has z = -1 in the camera, so its parameter is the planar depth.
      inverseDepth[i] = 1 / t;
      for (let axis = 0; axis < 3; axis++) {
        color[i * 4 + axis] = 128 + 110 * Math.sin(2 * (m[12 + axis] + dir[axis] * t) + axis);
      }
      color[i * 4 + 3] = 255;
    }
  }
  return { inverseDepth, color };
}
