import { canvas, measureBare, measureProduct, preset } from './display/conditions';
import { rowsOf, summarise } from './display/figures';
import type { DisplayResult, Sample } from './display/result';
import { openSites } from './display/sites';

export type DisplayOptions = { quick: boolean; seed: number; onProgress: (text: string) => void };

const notes = [
  'The GPU is software (SwiftShader) and takes the same cores as the page and the model, so display rates are far below ' +
    'those of any real GPU, and a model that computes slows the drawing itself. Ratios and differences within the run count; ' +
    'milliseconds and rates belong to this machine.',
  'Frames are due at the pace that this machine keeps with the model off (the median of its intervals, at least ' +
    'that of 60 Hz), in all conditions: a display that is always late would otherwise pass for a slower one.',
  '“off” asks the model for one step in five seconds; “stalled” has no worker at all, and the page says so; “on” is the ' +
    'shipped painter on WASM as fast as it goes.',
  'JavaScript of a frame is everything inside the callbacks of requestAnimationFrame, timed from outside in the same way ' +
    'for the product and for the bare scene.',
];

/**
 * Compares the production build with a bare three.js scene of the same triangles and draws, the model on, off and
 * stalled, in rounds, so that whatever else this machine does meets all of them.
 * @throws Error when there is no Chromium, a build fails, or the product does not come up
 */
export async function benchDisplay(options: DisplayOptions): Promise<DisplayResult & { browser: string }> {
  const { quick, seed, onProgress } = options;
  const rounds = quick ? 2 : 6;
  const windowS = quick ? 5 : 15;
  const windowMs = 1000 * windowS;
  const sites = await openSites(onProgress);
  try {
    const samples: Sample[] = [];
    for (let round = 0; round < rounds; round++) {
      const say = (text: string): void => onProgress(`round ${round + 1} of ${rounds}: ${text}`);
      const product = await measureProduct(sites.browser, sites.productUrl, { round, windowMs, seed, onProgress: say });
      say('bare scene');
      // What the product draws depends on which older frames it keeps, so the bare scene copies this round's.
      const scene = { round, windowMs, triangles: middleOf(product, 'triangles'), draws: middleOf(product, 'draws') };
      samples.push(...product, await measureBare(sites.browser, sites.bareUrl, scene));
    }
    const size = `${canvas.width} × ${canvas.height}`;
    return {
      counts: { quick, seed, rounds, windowS, canvas: size, preset },
      rows: rowsOf(samples),
      summary: summarise(samples),
      notes,
      browser: `Chromium ${sites.browser.version()}, headless, software GPU`,
    };
  } finally {
    await sites.close();
  }
}

/** The middle one of the three conditions of the product. */
function middleOf(samples: readonly Sample[], figure: 'triangles' | 'draws'): number {
  const sorted = samples.map((sample) => sample[figure]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!;
}
