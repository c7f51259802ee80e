import type { CatalogueEntry } from '../store';

/** What makes a world, in words. */
export const kindWords: Readonly<Record<CatalogueEntry['kind'], string>> = {
  neural: 'Neural network',
  simulator: 'Simulator, no network',
};
