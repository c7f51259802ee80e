import type { Rgba8 } from '../../math/image-metrics';
import type { Masks } from './masks';
import { methods, type LatticeRow, type MaskShares, type Method, type PictureScores } from './result';
import { countSources } from './source-buffer';
import type { TruthSsim } from './truth-ssim';
import { occluded, visible } from './visibility';

const parts = ['coVisible', 'occluded', 'outside', 'silhouette'] as const;
/** Sums over the parts of a picture. */
export type PartSums = Record<(typeof parts)[number], number>;

/** What a mean is made of. */
type Mean = { sum: number; count: number };
const means = ['psnrAll', 'psnrDisoccluded', 'ssimAll', 'ssimDisoccluded', 'holes', 'empty', 'guessed', 'rubber'] as const;

/** Everything measured of one method in one cell, as plain data: pages add up parts of it, the program all of them. */
export type CellSums = {
  pictures: number;
  identical: number;
  /** Squared differences to the truth, red, green and blue, 0..255; and the pixels they were taken of. */
  errors: PartSums;
  pixels: PartSums;
  means: Record<(typeof means)[number], Mean>;
};

const noParts = (): PartSums => ({ coVisible: 0, occluded: 0, outside: 0, silhouette: 0 });

export function emptySums(): CellSums {
  const empty = Object.fromEntries(means.map((name) => [name, { sum: 0, count: 0 }])) as CellSums['means'];
  return { pictures: 0, identical: 0, errors: noParts(), pixels: noParts(), means: empty };
}

export function addMean(mean: Mean, value: number | null): void {
  if (value === null || !Number.isFinite(value)) return;
  mean.sum += value;
  mean.count++;
}

/** Squared differences to the truth over each part. */
export function squaredErrors(picture: Rgba8, truth: Rgba8, { sight, silhouette }: Masks): PartSums {
  const sums = noParts();
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

/**
 * Adds one picture to its cell.
 * @param source the source buffer of the picture; null for what was not drawn, or not looked at
 * @returns PSNR of this picture alone, all pixels, dB
 */
export function addPicture(
  cell: CellSums,
  picture: Rgba8,
  truth: Rgba8,
  masks: Masks,
  ssim: TruthSsim,
  source: Uint8Array | null,
): number {
  const { counts } = masks;
  const pixels = masks.sight.length;
  const errors = squaredErrors(picture, truth, masks);
  for (const part of parts) {
    cell.errors[part] += errors[part];
    cell.pixels[part] += counts[part];
  }
  cell.pictures++;
  const psnr = psnrOf(errors.coVisible + errors.occluded + errors.outside, pixels)!;
  if (psnr === Number.POSITIVE_INFINITY) cell.identical++;
  addMean(cell.means.psnrAll, psnr);
  addMean(cell.means.psnrDisoccluded, psnrOf(errors.occluded + errors.outside, counts.occluded + counts.outside));
  const similar = ssim.compare(picture, masks.sight);
  addMean(cell.means.ssimAll, similar.all);
  addMean(cell.means.ssimDisoccluded, similar.disoccluded);
  if (source !== null) {
    const { guessed, sky, nothing } = countSources(source);
    addMean(cell.means.holes, (100 * (guessed + sky + nothing)) / pixels);
    addMean(cell.means.empty, (100 * nothing) / pixels);
    addMean(cell.means.guessed, (100 * guessed) / pixels);
  }
  return psnr;
}

/** Adds what another page measured of the same cell. */
export function mergeSums(into: CellSums, from: CellSums): void {
  into.pictures += from.pictures;
  into.identical += from.identical;
  for (const part of parts) {
    into.errors[part] += from.errors[part];
    into.pixels[part] += from.pixels[part];
  }
  for (const name of means) {
    into.means[name].sum += from.means[name].sum;
    into.means[name].count += from.means[name].count;
  }
}

export function meanOf({ sum, count }: Mean): number | null {
  return count > 0 ? sum / count : null;
}

export function scoresOf({ errors, pixels, means: of, identical }: CellSums): PictureScores {
  // A whole cell without any error has no finite PSNR, and JSON no infinity.
  const psnr = (sum: number, count: number): number | null => {
    const value = psnrOf(sum, count);
    return value !== null && Number.isFinite(value) ? value : null;
  };
  const hidden = errors.occluded + errors.outside;
  const hiddenPixels = pixels.occluded + pixels.outside;
  return {
    psnrAllDb: psnr(errors.coVisible + hidden, pixels.coVisible + hiddenPixels),
    psnrCoVisibleDb: psnr(errors.coVisible, pixels.coVisible),
    psnrDisoccludedDb: psnr(hidden, hiddenPixels),
    psnrOccludedDb: psnr(errors.occluded, pixels.occluded),
    psnrOutsideDb: psnr(errors.outside, pixels.outside),
    silhouettePsnrDb: psnr(errors.silhouette, pixels.silhouette),
    psnrAllMeanDb: meanOf(of.psnrAll),
    psnrDisoccludedMeanDb: meanOf(of.psnrDisoccluded),
    identical,
    ssimAll: meanOf(of.ssimAll),
    ssimDisoccluded: meanOf(of.ssimDisoccluded),
    holePct: meanOf(of.holes),
    trulyEmptyPct: meanOf(of.empty),
    guessedPct: meanOf(of.guessed),
  };
}

export function sharesOf({ pixels }: CellSums): MaskShares {
  const total = pixels.coVisible + pixels.occluded + pixels.outside;
  const share = (count: number): number => (total > 0 ? (100 * count) / total : 0);
  return {
    coVisiblePct: share(pixels.coVisible),
    occludedPct: share(pixels.occluded),
    outsidePct: share(pixels.outside),
    silhouettePct: share(pixels.silhouette),
  };
}

/** One cell of the lattice, or a part of it. */
export type LatticeCell = {
  baselineCm: number;
  rotationDeg: number;
  sums: Record<Method, CellSums>;
  /** How far `layers` leads over the best peer in the view where it leads least, dB, and the world of that view. */
  leastMarginDb: number;
  leastMarginScene: number;
};

export function emptyCell(baselineCm: number, rotationDeg: number): LatticeCell {
  const sums = Object.fromEntries(methods.map((method) => [method, emptySums()])) as LatticeCell['sums'];
  return { baselineCm, rotationDeg, sums, leastMarginDb: Number.MAX_VALUE, leastMarginScene: 0 };
}

/** Cells of all scenes from those of each, in the order given, so that rounding does not depend on who was first. */
export function mergeCells(scenes: readonly (readonly LatticeCell[])[]): LatticeCell[] {
  const merged = new Map<string, LatticeCell>();
  for (const cell of scenes.flat()) {
    const key = `${cell.baselineCm} ${cell.rotationDeg}`;
    let into = merged.get(key);
    if (!into) merged.set(key, (into = emptyCell(cell.baselineCm, cell.rotationDeg)));
    for (const method of methods) mergeSums(into.sums[method], cell.sums[method]);
    if (cell.leastMarginDb >= into.leastMarginDb) continue;
    into.leastMarginDb = cell.leastMarginDb;
    into.leastMarginScene = cell.leastMarginScene;
  }
  return [...merged.values()];
}

export function rowsOf({ baselineCm, rotationDeg, sums }: LatticeCell): LatticeRow[] {
  return methods.map((method) => ({
    kind: 'lattice',
    method,
    baselineCm,
    rotationDeg,
    pictures: sums[method].pictures,
    rubberSheetPct: meanOf(sums[method].means.rubber),
    ...scoresOf(sums[method]),
    ...sharesOf(sums[method]),
  }));
}
