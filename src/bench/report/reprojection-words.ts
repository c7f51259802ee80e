import type { Method } from '../reprojection/result';

/** What each method does, for somebody who has never heard of it. */
export const methodMeanings: Readonly<Record<Method, string>> = {
  off: 'The newest frame hangs in front of the head and turns with it: no reprojection.',
  rotation: 'The newest frame is infinitely far away and stays while the head turns: what most streamers do (asynchronous time warp).',
  quad: 'The newest frame is a flat picture 2 m away that stays in the world.',
  uncut: 'The newest frame is displaced by its depth as one sheet, which stretches where depth jumps: what viewers of depth photos do.',
  mesh: 'The same sheet, cut where depth jumps; behind the cuts is the sky.',
  layers:
    'The product: the newest frame cut, older frames behind it where they saw what it did not, a guessed background behind the cuts, and a sky.',
  limit: 'No method but a bound: the truth wherever any of the frames has seen it, and sky elsewhere.',
};

/** How the figures are defined; `docs/benchmarks.md` has the same to the letter. */
export const definitions: readonly (readonly [name: string, meaning: string])[] = [
  ['PSNR', '10 log10(1 / mean squared error) of sRGB values from 0 to 1, the error taken over all pixels of all pictures of a cell.'],
  ['mean of pictures', 'The mean of each picture’s own PSNR; pictures that equal the truth are left out and counted as “identical”.'],
  ['SSIM', 'Structural similarity of the luma: 11 × 11 Gaussian window, range 1. 1 is equal.'],
  ['co-visible', 'Pixels whose surface point the newest frame sees too. Decided with the simulator’s exact depth.'],
  ['disoccluded', 'All others: “occluded” were hidden inside the newest frame, “outside” lay beyond its border.'],
  ['silhouette', 'Within 4 px of a jump of the true depth.'],
  ['hole', 'Pixels that no frame gave a sample for: a guess, the sky or nothing stands there.'],
  ['empty', 'Pixels that nothing was drawn on.'],
  ['rubber', 'Pixels of quads that hang between two surfaces.'],
  ['lag', 'How far the shown points trail the true ones along their motion, over its speed; turning and moving apart. Negative is ahead.'],
  ['across', 'The part of that error across the motion, root of the mean square, pixels of the eye view: wrong depth.'],
  ['stability', 'Mean absolute difference of consecutive pictures along the true flow, minus the same of the truth.'],
  ['pop', 'How far a shown point jumps when another model frame comes in, 99th percentile, at 25 pixels a degree.'],
];
