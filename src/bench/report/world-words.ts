import type { ReturnWay, Variant } from '../world/result';
import type { SeriesStyle } from './series';

export const variantStyles: Readonly<Record<Variant, SeriesStyle>> = {
  paint: { label: 'painted (ours)', color: 'var(--blue)', marker: 'none', dash: null, width: 2.5 },
  withMemory: { label: 'painted, with memory', color: 'var(--green)', marker: 'none', dash: null, width: 1.5 },
  withoutNoise: { label: 'painted, without noise', color: 'var(--purple)', marker: 'none', dash: '5 3', width: 1.5 },
  rawMap: { label: 'raw map', color: 'var(--orange)', marker: 'none', dash: null, width: 1.5 },
  memoryOnly: { label: 'no map: memory only', color: 'var(--vermillion)', marker: 'none', dash: null, width: 1.5 },
};

export const variantNames = Object.fromEntries(
  Object.entries(variantStyles).map(([variant, { label }]) => [variant, label]),
) as Readonly<Record<Variant, string>>;

export const variantMeanings: Readonly<Record<Variant, string>> = {
  paint: 'what a visitor sees: the network, from the map',
  withMemory: 'half of each pixel is what was shown before, where its depth agrees with the map',
  withoutNoise: 'the same network with its anchored noise at its mean',
  rawMap: 'what the network is given: flat colours in sun and shadow',
  memoryOnly: 'one true frame, then only what can be re-projected of what was shown',
};

export const returnNames: Readonly<Record<ReturnWay, string>> = {
  paint: 'painted (ours), same visit',
  reloaded: 'painted, new model, saved map',
  fromSeed: 'painted, new model, from the seed alone, from the other end',
  memoryOnly: 'no map: memory only',
  lastFrame: 'no map: last frame only',
};

/** What figures mean, for the page. */
export const worldDefinitions: readonly (readonly [name: string, meaning: string])[] = [
  ['PSNR', '10 log10(1 / mean squared error) of sRGB values from 0 to 1; of a walk, the mean over its scored frames'],
  ['SSIM', 'structural similarity of the luma, 11 × 11 Gaussian window'],
  ['sharpness', 'mean gradient of the luma over that of the truth; 1 is right, below is fog'],
  ['flicker', 'mean absolute difference of consecutive pictures along the true flow, on surfaces that both show; levels of 0..255'],
  ['depth error', 'relative error of inverse depth where both are nearer than 50 m; “inside surfaces” leaves out 4 px around silhouettes'],
  ['turn and way', 'the pose change between two consecutive pictures, solved from their colours and depth alone, against the one that was asked for'],
  ['bits a token', 'what it costs to say a held-out block, with what the grammar forbids left out; the same tokens for every model'],
  ['impossible arrangement', 'a block of an imagined map with things through each other, floating, out of their cell, or two walls on one edge'],
];
