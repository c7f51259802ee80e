import { openBenchPage } from '../browser-page';
import type { ReprojectionResult } from './result';

export type ReprojectionOptions = {
  /** A representative part, in under three minutes on two cores. */
  quick: boolean;
  /** Chooses worlds, ways, directions and jitter. The same seed gives the same rows. */
  seed: number;
  onProgress(text: string, done: number, total: number): void;
};

/**
 * Renders the product's own shaders in a headless browser against the simulator's truth, for every method, and measures.
 * @throws Error when there is no browser, or when something went wrong in the page
 */
export async function benchReprojection({ quick, seed, onProgress }: ReprojectionOptions): Promise<ReprojectionResult> {
  onProgress('building the page', 0, 1000);
  const { page, errors, close } = await openBenchPage({ name: 'reprojection', entry: 'src/bench/reprojection/page.ts' });
  try {
    await page.exposeFunction('benchProgress', onProgress);
    const result = await page.evaluate(([isQuick, number]) => window.benchReprojection(isQuick, number), [quick, seed] as const);
    if (errors.length > 0) throw new Error(`The page of the benchmark reported: ${errors.join(' ')}`);
    return result;
  } finally {
    await close();
  }
}
