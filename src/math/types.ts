/** A 4x4 matrix, column-major, 16 numbers, as in WebGL, three and gl-matrix. */
export type Mat4 = Float32Array;

/** A rigid transform as a column-major 4x4 matrix: rotation and translation in metres, no scale. */
export type Pose = Float32Array;

/**
 * A pinhole camera, in pixels. Pixel (0, 0) is the top left texel's outer corner; texel centres lie at +0.5.
 * A pixel (x, y) looks along ((x - cx) / fx, -(y - cy) / fy, -1) in WebXR camera axes (+Y up, looking along -Z).
 */
export type Intrinsics = {
  readonly width: number;
  readonly height: number;
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
};
