/** x, y, z, radius. */
const stride = 4;
/** Smaller in the view than this (radius over distance), a body's shadow is not worth what it costs in every pixel. */
const leastSize = 0.012;

const distances = new Float64Array(64);

/**
 * The bodies nearest to a place, as spheres for shadows, nearest first; not those that look tiny. Allocates nothing.
 * @param poses 8 numbers a body: x, y, z, quaternion, radius. @param out 4 numbers a sphere; room for `most`, up to 64
 * @returns how many there are
 */
export function nearestSpheres(
  poses: Float32Array,
  count: number,
  x: number,
  y: number,
  z: number,
  out: Float32Array,
  most: number,
): number {
  let taken = 0;
  for (let i = 0; i < count; i++) {
    const at = 8 * i;
    const away = (poses[at]! - x) ** 2 + (poses[at + 1]! - y) ** 2 + (poses[at + 2]! - z) ** 2;
    if (away * leastSize * leastSize > poses[at + 7]! * poses[at + 7]!) continue;
    if (taken === most && away >= distances[most - 1]!) continue;
    // Sorted in, the farthest falls out.
    let k = taken < most ? taken++ : most - 1;
    for (; k > 0 && distances[k - 1]! > away; k--) {
      distances[k] = distances[k - 1]!;
      out.copyWithin(k * stride, (k - 1) * stride, k * stride);
    }
    distances[k] = away;
    out[k * stride] = poses[at]!;
    out[k * stride + 1] = poses[at + 1]!;
    out[k * stride + 2] = poses[at + 2]!;
    out[k * stride + 3] = poses[at + 7]!;
  }
  return taken;
}
