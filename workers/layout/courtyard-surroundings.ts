import { CourtyardMap } from './courtyards';
import { DecidedSurroundings } from './decided-surroundings';

/** The simulator's own map as surroundings of a painter network. */
export class CourtyardSurroundings extends DecidedSurroundings {
  constructor() {
    super('courtyards', (seed) => new CourtyardMap(seed));
  }
}
