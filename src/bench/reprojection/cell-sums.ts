import type { Rgba8 } from '../../math/image-metrics';
import type { Masks } from './masks';
import type { MaskShares, PictureScores } from './result';
import { countSources } from './source-buffer';
import type { TruthSsim } from './truth-ssim';
import { occluded, visible } from './visibility';

/** Sums of squared differences, and values counted, of the parts of one picture. */
export type ErrorSums = { coVisible: number; occluded: number; outside: number; silhouette: number };

/** Squared differences to the truth over each part; red, green and blue, 0..255. */
export function squaredErrors(picture: Rgba8, truth: Rgba8, { sight, silhouette }: Masks): ErrorSums {
  const sums = { coVisible: 0, occluded: 0, outside: 0, silhouette: 0 };
  for (let i = 0, p = 0; i < sight.length; i++, p += 4) {
    const r = picture[p] - truth[p];
    const g = picture[p + 1] - truth[p + 1];
    const b = picture[p + 2] - truth[p + 2];
    const error = r * r + g * g + b * b;
    if (error === 0) continue;
    if (sight[i] === visible) sums.coVisible += error;
    else if (sight[i] === occluded) sums.occluded += error;
    else sums.outside += error;
    if (silhouette[i] === 1) sums.silhouette += error;
  }
  return sums;
}

/** PSNR in dB of a sum of squares over so many pixels; null without pixels, Infinity without error. */
export function psnrOf(sumOfSquares: number, pixels: number): number | null {
  if (pixels === 0) return null;
  return -10 * Math.log10(sumOfSquares / (3 * pixels) / 255 ** 2);
}

/** Mean of what was added. */
class Mean {
  private sum = 0;
  private count = 0;

  add(value: number | null): void {
    if (value === null || !Number.isFinite(value)) return;
    this.sum += value;
    this.count++;
  }

  get value(): number | null {
    return this.count > 0 ? this.sum / this.count : null;
  }
}

/** Everything measured of one method in one cell, picture by picture. */
export class CellSums {
  pictures = 0;
  private readonly errors: ErrorSums = { coVisible: 0, occluded: 0, outside: 0, silhouette: 0 };
  private readonly pixels: ErrorSums = { coVisible: 0, occluded: 0, outside: 0, silhouette: 0 };
  private totalPixels = 0;
  private identical = 0;
  private readonly meanAll = new Mean();
  private readonly meanDisoccluded = new Mean();
  private readonly ssimAll = new Mean();
  private readonly ssimDisoccluded = new Mean();
  private readonly holes = new Mean();
  private readonly empty = new Mean();
  private readonly guessed = new Mean();

  /**
   * @param source the source buffer of the picture; null for what was not drawn
   * @returns PSNR of this picture alone, all pixels, dB
   */
  add(picture: Rgba8, truth: Rgba8, masks: Masks, ssim: TruthSsim, source: Uint8Array | null): number {
    const { counts } = masks;
    const pixels = masks.sight.length;
    const errors = squaredErrors(picture, truth, masks);
    for (const part of ['coVisible', 'occluded', 'outside', 'silhouette'] as const) {
      this.errors[part] += errors[part];
      this.pixels[part] += counts[part];
    }
    this.totalPixels += pixels;
    this.pictures++;
    const psnr = psnrOf(errors.coVisible + errors.occluded + errors.outside, pixels)!;
    if (psnr === Number.POSITIVE_INFINITY) this.identical++;
    this.meanAll.add(psnr);
    this.meanDisoccluded.add(psnrOf(errors.occluded + errors.outside, counts.occluded + counts.outside));
    const similar = ssim.compare(picture, masks.sight);
    this.ssimAll.add(similar.all);
    this.ssimDisoccluded.add(similar.disoccluded);
    if (source !== null) {
      const { guessed, sky, nothing } = countSources(source);
      this.holes.add((100 * (guessed + sky + nothing)) / pixels);
      this.empty.add((100 * nothing) / pixels);
      this.guessed.add((100 * guessed) / pixels);
    }
    return psnr;
  }

  scores(): PictureScores {
    const { errors, pixels } = this;
    // A whole cell without any error has no finite PSNR; JSON has no infinity.
    const psnr = (sum: number, count: number): number | null => finite(psnrOf(sum, count));
    return {
      psnrAllDb: psnr(errors.coVisible + errors.occluded + errors.outside, this.totalPixels),
      psnrCoVisibleDb: psnr(errors.coVisible, pixels.coVisible),
      psnrDisoccludedDb: psnr(errors.occluded + errors.outside, pixels.occluded + pixels.outside),
      psnrOccludedDb: psnr(errors.occluded, pixels.occluded),
      psnrOutsideDb: psnr(errors.outside, pixels.outside),
      silhouettePsnrDb: psnr(errors.silhouette, pixels.silhouette),
      psnrAllMeanDb: this.meanAll.value,
      psnrDisoccludedMeanDb: this.meanDisoccluded.value,
      identical: this.identical,
      ssimAll: this.ssimAll.value,
      ssimDisoccluded: this.ssimDisoccluded.value,
      holePct: this.holes.value,
      trulyEmptyPct: this.empty.value,
      guessedPct: this.guessed.value,
    };
  }

  shares(): MaskShares {
    const share = (count: number): number => (this.totalPixels > 0 ? (100 * count) / this.totalPixels : 0);
    return {
      coVisiblePct: share(this.pixels.coVisible),
      occludedPct: share(this.pixels.occluded),
      outsidePct: share(this.pixels.outside),
      silhouettePct: share(this.pixels.silhouette),
    };
  }
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) ? value : null;
}
