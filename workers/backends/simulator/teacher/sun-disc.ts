import { intersect } from '../../../layout/intersect';
import type { Atmosphere } from '../../../layout/map-view';
import type { SceneWindow } from '../../../layout/scene-window';
import { primitiveStride } from '../../../layout/primitives';
import { hit, traceRay } from '../../../layout/trace';

/** Angular radius of the sun, radians; five times the real one, so that a pixel is enough to see a soft edge. */
export const sunRadius = 0.024;
export const shadowReachM = 40;
/** Lifts a shadow ray off its surface, metres. */
export const lift = 2e-3;

/** Points of the sun's disc that the rays of one pixel look at in turn. */
export const discPoints = 16;

/** The sun's disc as directions, evenly spread ("sunflower" order, Vogel 1979), so that any few of them are spread too. */
export class SunDisc {
  private readonly directions = new Float64Array(3 * discPoints);

  /** What last stood in the way: the next ray asks it first, for neighbours lie in the same shadow. */
  private blocker = -1;

  constructor(readonly air: Atmosphere) {
    const [sx, sy, sz] = air.sunDirection;
    // The sun is never overhead, so the horizontal direction across its disc is well defined.
    const flat = Math.hypot(sx, sz);
    for (let k = 0; k < discPoints; k++) {
      // Turned by the bits of k reversed, so that points that follow each other lie far apart.
      const turned = ((k & 1) << 3) | ((k & 2) << 1) | ((k & 4) >> 1) | ((k & 8) >> 3);
      const radius = sunRadius * Math.sqrt((turned + 0.5) / discPoints);
      const angle = turned * Math.PI * (3 - Math.sqrt(5));
      const u = radius * Math.cos(angle);
      const v = radius * Math.sin(angle);
      const dx = sx - (u * sz) / flat - (v * sy * sx) / flat;
      const dy = sy + v * flat;
      const dz = sz + (u * sx) / flat - (v * sy * sz) / flat;
      const length = Math.hypot(dx, dy, dz);
      this.directions[3 * k] = dx / length;
      this.directions[3 * k + 1] = dy / length;
      this.directions[3 * k + 2] = dz / length;
    }
  }

  /** Whether a point sees this point of the disc. */
  sees(scene: SceneWindow, x: number, y: number, z: number, nx: number, ny: number, nz: number, point: number): boolean {
    const d = this.directions;
    const k = 3 * (point & (discPoints - 1));
    const dx = d[k]!;
    const dy = d[k + 1]!;
    const dz = d[k + 2]!;
    const ox = x + nx * lift;
    const oy = y + ny * lift;
    const oz = z + nz * lift;
    if (this.blocker >= 0) {
      const at = this.blocker * primitiveStride;
      const t = intersect(scene.primitives, at, ox, oy, oz, dx, dy, dz, 1 / dx, 1 / dy, 1 / dz, shadowReachM);
      if (t < shadowReachM) return false;
    }
    if (!traceRay(scene, ox, oy, oz, dx, dy, dz, shadowReachM, true)) return true;
    this.blocker = hit.primitive;
    return false;
  }

  /** Must be called before primitives may have been numbered anew. */
  forgetBlocker(): void {
    this.blocker = -1;
  }
}
