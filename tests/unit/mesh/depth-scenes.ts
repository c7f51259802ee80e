import { intrinsicsFromFov } from '../../../src/math/camera';
import type { Intrinsics } from '../../../src/math/types';

/** Exact depth pictures with known edges, for the tests of the mesh. */
export type Vec3 = readonly [number, number, number];

export function squareCamera(size: number, fovDeg = 90): Intrinsics {
  return intrinsicsFromFov(size, size, (fovDeg * Math.PI) / 180);
}

/** Inverse depth from a function of the ray (x, y) at z = -1, one sample a texel centre. */
export function render(camera: Intrinsics, inverseDepth: (x: number, y: number) => number): Float32Array {
  const out = new Float32Array(camera.width * camera.height);
  for (let y = 0; y < camera.height; y++) {
    for (let x = 0; x < camera.width; x++) {
      out[y * camera.width + x] = inverseDepth(
        (x + 0.5 - camera.cx) / camera.fx,
        -(y + 0.5 - camera.cy) / camera.fy,
      );
    }
  }
  return out;
}

/** A plane with unit normal `n` (facing the camera) at `distance` metres from the eye; 0 (sky) beyond its horizon. */
export function plane(n: Vec3, distance: number) {
  return (x: number, y: number) => Math.max(0, -(n[0] * x + n[1] * y - n[2]) / distance);
}

/** A ball before a wall: 0.5 m and 3 m and the like. */
export function ballAndWall(ball: { centre: Vec3; radius: number }, wallDepth: number) {
  const [cx, cy, cz] = ball.centre;
  return (x: number, y: number) => {
    const a = x * x + y * y + 1;
    const b = x * cx + y * cy - cz;
    const c = cx * cx + cy * cy + cz * cz - ball.radius ** 2;
    const inside = b * b - a * c;
    return inside > 0 ? a / (b - Math.sqrt(inside)) : 1 / wallDepth;
  };
}

/** A room of floor, side walls and a far haze with balls: the usual mix. */
export function room(camera: Intrinsics): Float32Array {
  const balls = [
    { centre: [-0.4, 0.1, -1.2] as Vec3, radius: 0.35 },
    { centre: [0.5, 0.2, -2.2] as Vec3, radius: 0.5 },
    { centre: [0.1, -0.3, -3] as Vec3, radius: 0.6 },
  ];
  return render(camera, (x, y) => {
    let d = Math.max(-y / 1.6, Math.abs(x) / 6, y > 0.5 ? 0 : 1 / 60);
    for (const ball of balls) {
      const hit = ballAndWall(ball, Infinity)(x, y);
      if (hit > d) d = hit;
    }
    return d;
  });
}
