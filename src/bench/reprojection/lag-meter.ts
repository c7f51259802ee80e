import type { Intrinsics, Pose } from '../../math/types';
import { createPoint, LayerCache, project, readPoint, stride, type FrameOf } from './shown-points';

/**
 * How far what a view shows trails where it should be. `r` is the true place of a shown point minus where it is shown,
 * `m` the velocity of that true place, px/ms; the lag of a pixel is r.m / m.m (positive: late), the rest of r is error
 * across the motion. Collect pictures, then ask.
 */
export class LagMeter {
  private readonly lags: number[] = [];
  private acrossSum = 0;

  /** @param leastSpeed slower points say nothing, px/ms */
  constructor(private readonly leastSpeed = 0.02) {}

  /**
   * @param source the view's source buffer
   * @param worldFromEye the pose the view was drawn for, and the poses a little before and after it
   * @param spanMs time between those two
   */
  add(
    source: Uint8Array,
    camera: Intrinsics,
    worldFromEye: Pose,
    before: Pose,
    after: Pose,
    spanMs: number,
    frameOf: FrameOf,
  ): void {
    const frames = new LayerCache(frameOf, [worldFromEye, before, after]);
    for (let y = 0; y < camera.height; y += stride) {
      for (let x = 0; x < camera.width; x += stride) {
        const i = y * camera.width + x;
        const layer = frames.of(source[4 * i + 3]);
        if (layer === null) continue;
        readPoint(source, i, layer.frame, point);
        const [now, then, later] = layer.eyeFromFrame;
        if (!project(now, camera, point, point) || !project(then, camera, point, earlier)) continue;
        if (!project(later, camera, point, next)) continue;
        this.addPixel(point.x - x - 0.5, point.y - y - 0.5, (next.x - earlier.x) / spanMs, (next.y - earlier.y) / spanMs);
      }
    }
  }

  /** One pixel: (rx, ry) px off, moving by (mx, my) px/ms. */
  addPixel(rx: number, ry: number, mx: number, my: number): void {
    const speed2 = mx * mx + my * my;
    if (!(speed2 >= this.leastSpeed ** 2)) return;
    this.lags.push((rx * mx + ry * my) / speed2);
    this.acrossSum += (rx * my - ry * mx) ** 2 / speed2;
  }

  /** Median lag, ms; null without anything that moves. */
  get medianMs(): number | null {
    return median(this.lags);
  }

  /** Root mean square of the error across the motion, px. */
  get acrossPx(): number | null {
    return this.lags.length > 0 ? Math.sqrt(this.acrossSum / this.lags.length) : null;
  }
}

/** Value in the middle; null of nothing. Sorts the list. */
export function median(values: number[]): number | null {
  return quantileOf(values, 0.5);
}

/** Value below which a share `p` lies; null of nothing. Sorts the list. */
export function quantileOf(values: number[], p: number): number | null {
  if (values.length === 0) return null;
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(p * values.length))];
}

const point = createPoint();
const earlier = { x: 0, y: 0 };
const next = { x: 0, y: 0 };
