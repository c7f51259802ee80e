import type { Intrinsics } from '../../src/math/types';
import type { SmallPicture } from './small-picture';

/** Cells a side; each gives at most one sample. */
const cells = 24;
/** Fewer samples than this say too little about a pose. */
export const leastSamples = 90;
/** Normalised brightness below which a texel is not textured. */
const leastTexture = 0.45;
/** Neighbours farther apart than this ratio of inverse depth lie on two surfaces. */
const edgeRatio = 1.15;

/** Textured texels of a frame away from depth edges: what is carried over into other frames to see whether it fits. */
export class TexelSamples {
  count = 0;
  /** Ray at z = -1. */
  readonly rayX = new Float32Array(cells * cells);
  readonly rayY = new Float32Array(cells * cells);
  /** Inverse depth, 1/m, as it was given. */
  readonly inverseDepth = new Float32Array(cells * cells);
  /** What it would be if the numbers were distances; NaN where that cannot be. */
  readonly ofDistance = new Float32Array(cells * cells);
  /** What it would be if 1 were far and 0 near; NaN where that cannot be. */
  readonly ofComplement = new Float32Array(cells * cells);
  /** Normalised brightness. */
  readonly value = new Float32Array(cells * cells);
  hasDepth = false;
  /** Median inverse depth of what is not sky, 1/m; 0: nothing but sky. */
  medianInverseDepth = 0;
  private readonly sorted = new Float32Array(cells * cells);

  /** @param inverseDepth of the full picture, 0 sky, NaN hole; null: everything counts as far away */
  take(picture: SmallPicture, inverseDepth: Float32Array | null, camera: Intrinsics): void {
    const { width, height, shrink, values } = picture;
    this.hasDepth = inverseDepth !== null;
    let count = 0;
    let finite = 0;
    for (let row = 0; row < cells; row++) {
      const top = Math.max(1, Math.floor((row * height) / cells));
      const bottom = Math.min(height - 1, Math.floor(((row + 1) * height) / cells));
      for (let column = 0; column < cells; column++) {
        const left = Math.max(1, Math.floor((column * width) / cells));
        const right = Math.min(width - 1, Math.floor(((column + 1) * width) / cells));
        let best = leastTexture;
        let at = -1;
        for (let y = top; y < bottom; y++) {
          for (let x = left; x < right; x++) {
            const texture = Math.abs(values[y * width + x]);
            if (texture <= best || !this.isInside(inverseDepth, x, y, shrink, camera.width)) continue;
            best = texture;
            at = y * width + x;
          }
        }
        if (at < 0) continue;
        const x = at % width;
        const y = (at - x) / width;
        this.rayX[count] = ((x + 0.5) * shrink - camera.cx) / camera.fx;
        this.rayY[count] = -((y + 0.5) * shrink - camera.cy) / camera.fy;
        this.value[count] = values[at];
        const d = inverseDepth ? inverseDepth[texelOf(x, y, shrink, camera.width)] : 0;
        this.inverseDepth[count] = d;
        this.ofDistance[count] = d > 0 ? 1 / d : NaN;
        this.ofComplement[count] = d <= 1 ? 1 - d : NaN;
        if (d > 0) this.sorted[finite++] = d;
        count++;
      }
    }
    this.count = count;
    this.medianInverseDepth = finite > 0 ? this.sorted.subarray(0, finite).sort()[finite >> 1] : 0;
  }

  /** Whether a texel is valid and so are its neighbours, on the same surface as far as depth tells. */
  private isInside(d: Float32Array | null, x: number, y: number, shrink: number, width: number): boolean {
    if (!d) return true;
    const here = d[texelOf(x, y, shrink, width)];
    return (
      isSame(here, d[texelOf(x - 1, y, shrink, width)]) &&
      isSame(here, d[texelOf(x + 1, y, shrink, width)]) &&
      isSame(here, d[texelOf(x, y - 1, shrink, width)]) &&
      isSame(here, d[texelOf(x, y + 1, shrink, width)])
    );
  }
}

/** Index in the full picture of the texel in the middle of a texel of the small one. */
function texelOf(x: number, y: number, shrink: number, width: number): number {
  return (y * shrink + (shrink >> 1)) * width + x * shrink + (shrink >> 1);
}

/** False also for NaN beside anything. */
function isSame(a: number, b: number): boolean {
  return a >= 0 && b >= 0 && a <= b * edgeRatio && b <= a * edgeRatio;
}
