import type { EyePicture } from './headset';

/** Where the emulated head is in its room. Radians; yaw positive to the left, pitch positive up. */
export type Head = { x: number; y: number; z: number; yawRad: number; pitchRad: number };

/** Coverage of a pixel, 0 … 1. */
export function alphaAt({ rgba, width }: EyePicture, x: number, y: number): number {
  return rgba[4 * (y * width + x) + 3]! / 255;
}

/** Share of pixels whose alpha is exactly `value`. */
export function alphaShare({ rgba, width, height }: EyePicture, value: number): number {
  let count = 0;
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] === value) count++;
  return count / (width * height);
}

/** Pixels with colour but without alpha: they would glow over the real room. */
export function glowing({ rgba }: EyePicture): number {
  let count = 0;
  for (let i = 0; i < rgba.length; i += 4) if (rgba[i + 3] === 0 && rgba[i]! + rgba[i + 1]! + rgba[i + 2]! > 0) count++;
  return count;
}

/** The direction of a picture's point in the room, not of unit length: 1 along the view axis. Pixels; the eye sees 90 degrees. */
export function rayThrough(eye: EyePicture, head: Head, px: number, py: number): [x: number, y: number, z: number] {
  const focal = eye.height / 2;
  const [right, up] = [(px - eye.width / 2) / focal, (eye.height / 2 - py) / focal];
  const [cp, sp] = [Math.cos(head.pitchRad), Math.sin(head.pitchRad)];
  const [cy, sy] = [Math.cos(head.yawRad), Math.sin(head.yawRad)];
  const y = up * cp + sp;
  const forward = cp - up * sp;
  return [right * cy - forward * sy, y, -right * sy - forward * cy];
}

/** The left eye's place in the room, metres. */
export function leftEye({ x, y, z, yawRad }: Head, eyeDistanceM: number): [x: number, y: number, z: number] {
  return [x - (Math.cos(yawRad) * eyeDistanceM) / 2, y, z + (Math.sin(yawRad) * eyeDistanceM) / 2];
}

/**
 * Left and right outline in a row of what is drawn, to a fraction of a pixel: where its coverage passes a half.
 * @throws Error when nothing is drawn there
 */
export function outline(eye: EyePicture, row: number): { left: number; right: number } {
  let [first, last] = [-1, -1];
  for (let x = 0; x < eye.width; x++) {
    if (alphaAt(eye, x, row) === 0) continue;
    if (first < 0) first = x;
    last = x;
  }
  if (first < 0) throw new Error(`Nothing is drawn in row ${row}.`);
  return { left: first + 1 - alphaAt(eye, first, row), right: last + alphaAt(eye, last, row) };
}

/** The topmost row of what is drawn in a column, to a fraction of a pixel. */
export function topOf(eye: EyePicture, column: number): number {
  for (let y = 0; y < eye.height; y++) {
    const alpha = alphaAt(eye, column, y);
    if (alpha > 0) return y + 1 - alpha;
  }
  throw new Error(`Nothing is drawn in column ${column}.`);
}

/**
 * The lowest rows of what is warm in colour, by column, to a fraction of a pixel; NaN where nothing is. Wood, brass and the
 * sunlit ground of the model are warm; hands and controllers, which may be in front, are grey.
 */
export function warmBottoms(eye: EyePicture): Float64Array {
  const rows = new Float64Array(eye.width).fill(Number.NaN);
  for (let x = 0; x < eye.width; x++) {
    for (let y = eye.height - 1; y >= 0; y--) {
      const at = 4 * (y * eye.width + x);
      if (eye.rgba[at]! - eye.rgba[at + 2]! < 25) continue;
      // The edge itself is one pixel lower where it covers less than half of it.
      const below = y + 1 < eye.height ? alphaAt(eye, x, y + 1) : 0;
      rows[x] = y + alphaAt(eye, x, y) + (below < 1 ? below : 0);
      break;
    }
  }
  return rows;
}

/** Least-squares circle through points (Kåsa 1976). */
export function fitCircle(points: readonly (readonly [number, number])[]): { x: number; z: number; radius: number } {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const mz = points.reduce((sum, [, z]) => sum + z, 0) / n;
  let [uu, vv, uv, uuu, vvv, uvv, vuu] = [0, 0, 0, 0, 0, 0, 0];
  for (const [x, z] of points) {
    const [u, v] = [x - mx, z - mz];
    uu += u * u;
    vv += v * v;
    uv += u * v;
    uuu += u ** 3;
    vvv += v ** 3;
    uvv += u * v * v;
    vuu += v * u * u;
  }
  const [a, b] = [(uuu + uvv) / 2, (vvv + vuu) / 2];
  const det = uu * vv - uv * uv;
  const [cx, cz] = [(a * vv - b * uv) / det, (b * uu - a * uv) / det];
  return { x: cx + mx, z: cz + mz, radius: Math.sqrt(cx * cx + cz * cz + (uu + vv) / n) };
}
