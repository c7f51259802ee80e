import { expect, test } from 'vitest';
import {
  addPicture,
  emptyCell,
  emptySums,
  mergeCells,
  psnrOf,
  rowsOf,
  scoresOf,
  sharesOf,
  squaredErrors,
} from '../../../../src/bench/reprojection/cell-sums';
import type { Masks } from '../../../../src/bench/reprojection/masks';
import { TruthSsim } from '../../../../src/bench/reprojection/truth-ssim';
import { createRandom } from '../../../../src/math/hash';
import { psnr, ssim } from '../../../../src/math/image-metrics';

const size = 48;
const random = createRandom(4);
const noise = () => Uint8Array.from({ length: 4 * size * size }, () => 256 * random());
const truth = noise();
const picture = truth.map((value) => Math.min(255, value + 40 * random()));

/** A third of the pixels outside, a third occluded, a third visible; every fifth in the silhouette band. */
function someMasks(): Masks {
  const sight = Uint8Array.from({ length: size * size }, (_, i) => i % 3);
  const silhouette = Uint8Array.from({ length: size * size }, (_, i) => (i % 5 === 0 ? 1 : 0));
  const count = (list: Uint8Array, wanted: number) => list.filter((value) => value === wanted).length;
  const counts = { outside: count(sight, 0), occluded: count(sight, 1), coVisible: count(sight, 2), silhouette: count(silhouette, 1) };
  return { sight, silhouette, counts };
}

test('the sums give the PSNR of the metrics library, for every part', () => {
  const masks = someMasks();
  const sums = squaredErrors(picture, truth, masks);
  const maskOf = (wanted: number) => masks.sight.map((value) => (value === wanted ? 1 : 0));
  expect(psnrOf(sums.outside, masks.counts.outside)).toBeCloseTo(psnr(picture, truth, maskOf(0)), 9);
  expect(psnrOf(sums.occluded, masks.counts.occluded)).toBeCloseTo(psnr(picture, truth, maskOf(1)), 9);
  expect(psnrOf(sums.coVisible, masks.counts.coVisible)).toBeCloseTo(psnr(picture, truth, maskOf(2)), 9);
  expect(psnrOf(sums.silhouette, masks.counts.silhouette)).toBeCloseTo(psnr(picture, truth, masks.silhouette), 9);
  const all = sums.outside + sums.occluded + sums.coVisible;
  expect(psnrOf(all, size * size)).toBeCloseTo(psnr(picture, truth), 9);
});

test('SSIM against one truth is the SSIM of the metrics library, whole and masked', () => {
  const masks = someMasks();
  const { all, disoccluded } = new TruthSsim(truth, size, size).compare(picture, masks.sight);
  expect(all).toBeCloseTo(ssim(picture, truth, size, size), 5);
  const notVisible = masks.sight.map((value) => (value === 2 ? 0 : 1));
  expect(disoccluded).toBeCloseTo(ssim(picture, truth, size, size, notVisible), 5);
  expect(new TruthSsim(truth, size, size).compare(truth, masks.sight).all).toBeCloseTo(1, 6);
});

test('a cell pools squared errors, keeps the mean of decibels beside it, and counts identical pictures apart', () => {
  const masks = someMasks();
  const similar = new TruthSsim(truth, size, size);
  const cell = emptySums();
  const source = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i++) source[4 * i + 3] = [1, 2, 253, 255][i % 4];
  addPicture(cell, picture, truth, masks, similar, source);
  addPicture(cell, truth, truth, masks, similar, source);
  const scores = scoresOf(cell);
  // Half of the pixels have no error: 3 dB more than the one picture has.
  expect(scores.psnrAllDb).toBeCloseTo(psnr(picture, truth) + 10 * Math.log10(2), 9);
  expect(scores.psnrAllMeanDb).toBeCloseTo(psnr(picture, truth), 9);
  expect(scores.identical).toBe(1);
  expect(scores.holePct).toBeCloseTo(50);
  expect(scores.guessedPct).toBeCloseTo(25);
  expect(scores.trulyEmptyPct).toBe(0);
  expect(sharesOf(cell).coVisiblePct).toBeCloseTo(100 / 3, 1);
});

test('what was not drawn has no holes, what has nothing to measure has no decibels', () => {
  const masks = someMasks();
  masks.sight.fill(2);
  masks.counts = { coVisible: size * size, occluded: 0, outside: 0, silhouette: masks.counts.silhouette };
  const cell = emptySums();
  addPicture(cell, picture, truth, masks, new TruthSsim(truth, size, size), null);
  const scores = scoresOf(cell);
  expect(scores.holePct).toBeNull();
  expect(scores.psnrDisoccludedDb).toBeNull();
  expect(scores.ssimDisoccluded).toBeNull();
  expect(scores.psnrCoVisibleDb).toBeCloseTo(psnr(picture, truth), 9);
});

test('cells of several scenes add up, in the same order whoever was first', () => {
  const masks = someMasks();
  const similar = new TruthSsim(truth, size, size);
  const scene = (seed: number, pictures: Uint8Array[], marginDb: number) => {
    const cell = emptyCell(10, 20);
    for (const one of pictures) addPicture(cell.sums.layers, one, truth, masks, similar, null);
    return [{ ...cell, leastMarginDb: marginDb, leastMarginScene: seed }];
  };
  const together = emptySums();
  for (const one of [picture, truth, picture]) addPicture(together, one, truth, masks, similar, null);
  const [merged] = mergeCells([scene(1, [picture], 0.7), scene(2, [truth, picture], 0.3)]);
  expect(scoresOf(merged.sums.layers)).toEqual(scoresOf(together));
  expect(merged).toMatchObject({ leastMarginDb: 0.3, leastMarginScene: 2 });
  const row = rowsOf(merged).find(({ method }) => method === 'layers')!;
  expect(row).toMatchObject({ kind: 'lattice', baselineCm: 10, rotationDeg: 20, pictures: 3, identical: 1 });
  expect(mergeCells([[emptyCell(0, 0)], [emptyCell(1, 0)]])).toHaveLength(2);
});
