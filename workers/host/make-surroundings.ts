import type { ImagineGraphs } from '../backends/onnx/package-loader';
import type { SurroundingsMaker } from '../backends/onnx/surroundings';
import { CourtyardSurroundings } from '../layout/courtyard-surroundings';
import { DistrictSurroundings } from '../layout/district-surroundings';
import { ImaginedSurroundings, type MapGrower } from '../layout/imagined-surroundings';
import { EventualGrower } from './growth/eventual-grower';

/**
 * Makes the surroundings that a package's layout asks for.
 * @param startGrower loads the graphs that imagine; it goes on while the step graph compiles
 */
export function surroundingsMaker(startGrower: (graphs: ImagineGraphs) => Promise<MapGrower>): SurroundingsMaker {
  return ({ manifest, imagine }) => {
    const kind = manifest.layout?.kind ?? 'courtyards';
    switch (kind) {
      case 'courtyards':
        return new CourtyardSurroundings();
      case 'districts':
        return new DistrictSurroundings();
      case 'imagined':
        if (!imagine) throw new Error(`World package ${manifest.id} imagines its map, but has no graphs for it.`);
        return new ImaginedSurroundings(new EventualGrower(startGrower(imagine)));
      default: {
        const never: never = kind;
        throw new Error(`There is no map for a "${String(never)}" layout.`);
      }
    }
  };
}
