import type { Intrinsics } from '../../src/math/types';
import type { SmallPicture } from './small-picture';
import type { TexelSamples } from './texel-samples';

/** Differences beyond this are "not the same thing at all", however large. */
const mostDifference = 1.6;
/** Differences of position beyond this count no further, texels. */
const mostShift = 8;

/** How well samples of one frame fit into another one. Holds where the declared convention put them. */
export class PairFit {
  /** Mean clipped difference, in local contrasts; what leaves the picture counts as {@link chance}. */
  cost = 0;
  /** Mean distance from where the declared convention put the samples, texels of the small picture. */
  shift = 0;
  /** Share of the samples that land in the picture. */
  inView = 0;
  /** Mean difference of samples and texels that have nothing to do with each other. */
  chance = 0;

  private readonly declaredU = new Float32Array(1024);
  private readonly declaredV = new Float32Array(1024);

  /** Measures {@link chance} for a pair: every sample against the place of another one. */
  measureChance(samples: TexelSamples, picture: SmallPicture, camera: Intrinsics): void {
    const { width, height, shrink, values } = picture;
    const { count, value, rayX, rayY } = samples;
    let sum = 0;
    for (let k = 0; k < count; k++) {
      const other = (k + (count >> 1)) % count;
      const x = Math.min(width - 1, Math.max(0, Math.floor((camera.cx + rayX[other] * camera.fx) / shrink)));
      const y = Math.min(height - 1, Math.max(0, Math.floor((camera.cy - rayY[other] * camera.fy) / shrink)));
      const difference = Math.abs(value[k] - values[y * width + x]);
      sum += difference < mostDifference ? difference : mostDifference;
    }
    this.chance = sum / count;
  }

  /**
   * @param map from (ray, inverse depth) there to here, 3 rows of 4
   * @param inverseDepth of each sample, 1/m
   * @param isDeclared remembers the places, for {@link shift} of those that come after
   */
  measure(
    samples: TexelSamples,
    inverseDepth: Float32Array,
    map: Float64Array,
    picture: SmallPicture,
    camera: Intrinsics,
    isDeclared: boolean,
  ): void {
    const { width, height, shrink, values } = picture;
    const { count, rayX, rayY, value } = samples;
    const { declaredU, declaredV, chance } = this;
    const fx = camera.fx / shrink;
    const fy = camera.fy / shrink;
    const cx = camera.cx / shrink - 0.5;
    const cy = camera.cy / shrink - 0.5;
    const m0 = map[0];
    const m1 = map[1];
    const m2 = map[2];
    const m3 = map[3];
    const m4 = map[4];
    const m5 = map[5];
    const m6 = map[6];
    const m7 = map[7];
    const m8 = map[8];
    const m9 = map[9];
    const m10 = map[10];
    const m11 = map[11];
    let sum = 0;
    let shift = 0;
    let inside = 0;
    for (let k = 0; k < count; k++) {
      const x = rayX[k];
      const y = rayY[k];
      const d = inverseDepth[k];
      const ahead = -(m8 * x + m9 * y - m10 + m11 * d);
      let u = NaN;
      let v = NaN;
      if (ahead > 0.05) {
        u = cx + (fx * (m0 * x + m1 * y - m2 + m3 * d)) / ahead;
        v = cy - (fy * (m4 * x + m5 * y - m6 + m7 * d)) / ahead;
      }
      if (isDeclared) {
        declaredU[k] = u;
        declaredV[k] = v;
      }
      const away = Math.abs(u - declaredU[k]) + Math.abs(v - declaredV[k]);
      // NaN: one of the two is behind the camera.
      shift += away < mostShift ? away : mostShift;
      if (!(u >= 0 && v >= 0 && u < width - 1 && v < height - 1)) {
        sum += chance;
        continue;
      }
      const column = Math.floor(u);
      const row = Math.floor(v);
      const i = row * width + column;
      const s = u - column;
      const upper = values[i] + s * (values[i + 1] - values[i]);
      const lower = values[i + width] + s * (values[i + width + 1] - values[i + width]);
      const difference = Math.abs(value[k] - upper - (v - row) * (lower - upper));
      sum += difference < mostDifference ? difference : mostDifference;
      inside++;
    }
    this.cost = sum / count;
    this.shift = shift / count;
    this.inView = inside / count;
  }
}
