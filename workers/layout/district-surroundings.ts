import { DecidedSurroundings } from './decided-surroundings';
import { DistrictMap } from './districts/district-map';

/** The map that `imagine` learns from, without a network: for measurements and for training. */
export class DistrictSurroundings extends DecidedSurroundings {
  constructor() {
    super('districts', (seed) => new DistrictMap(seed));
  }
}
