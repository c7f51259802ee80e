/**
 * The semantic map seen from a pose: what a painter network is given.
 * Planar float arrays, rows from the top; n = width * height. Sky pixels have inverse depth 0, normal 0, class 0.
 */
export type MapView = {
  readonly width: number;
  readonly height: number;
  /** 3n: flat class colour under sun and sky light, sRGB-encoded, 0..1; no haze, no occlusion. */
  readonly color: Float32Array;
  /** n: planar inverse depth, 1/m, clamped to 0..4. */
  readonly inverseDepth: Float32Array;
  /** 3n: surface normal in camera space (right, up, back). */
  readonly normal: Float32Array;
  /** n: 1 in the sun, 0 in shadow. */
  readonly sunVisibility: Float32Array;
  /** n: index into `surfaceClasses`. */
  readonly classIndex: Uint8Array;
  /** 3n: world-anchored noise at the hit point, three octaves, 0..1; 0.5 on the sky. */
  readonly noise: Float32Array;
  /** 3n: joints beside and below, -1..1, and the tone of the stone, 0..1; see `map-detail.ts`. */
  readonly tile: Float32Array;
  /** n: sine of the ray's elevation above the horizon. */
  readonly elevation: Float32Array;
  /** n: cosine of the angle between the ray and the sun. */
  readonly cosSun: Float32Array;
};

export function createMapView(width: number, height: number): MapView {
  const n = width * height;
  return {
    width,
    height,
    color: new Float32Array(3 * n),
    inverseDepth: new Float32Array(n),
    normal: new Float32Array(3 * n),
    sunVisibility: new Float32Array(n),
    classIndex: new Uint8Array(n),
    noise: new Float32Array(3 * n),
    tile: new Float32Array(3 * n),
    elevation: new Float32Array(n),
    cosSun: new Float32Array(n),
  };
}

/** Light and colours of a region, as a painter network's style. */
export type Atmosphere = {
  /** Towards the sun, world space, unit length. */
  sunDirection: readonly [number, number, number];
  /** Linear RGB radiance of the sun. */
  sunColor: readonly [number, number, number];
  /** Linear RGB, 3 numbers for each of `paletteColors`. */
  palette: Float32Array;
};
