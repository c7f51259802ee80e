import type { Intrinsics, Pose } from '../../src/math/types';
import type { LayoutRef } from '../../src/world/contracts';
import { CourtyardMap } from './courtyards';
import type { Atmosphere, MapView } from './map-view';
import { atmosphereOf } from './palettes';
import { addPlainShapes } from './plain-shapes';
import { renderMapView } from './render-map-view';
import { SceneWindow } from './scene-window';
import { chooseSpawn } from './spawn';

/** The simulator's own map as surroundings of a painter network, until a network imagines the map. */
export class CourtyardSurroundings {
  layout: LayoutRef = { kind: 'courtyards', seed: 0 };
  private air: Atmosphere = atmosphereOf(0);
  private scene = new SceneWindow(new CourtyardMap(0), addPlainShapes);

  /** @returns where the visit starts: `worldFromHead` if given, else a place with a view. */
  start(seed: number, worldFromHead: Pose | null): Pose {
    const map = new CourtyardMap(seed);
    this.layout = { kind: 'courtyards', seed };
    this.air = atmosphereOf(seed);
    this.scene = new SceneWindow(map, addPlainShapes);
    return worldFromHead ?? chooseSpawn(map);
  }

  renderMapView(worldFromCamera: Pose, camera: Intrinsics, out: MapView): void {
    renderMapView(this.scene, this.air, worldFromCamera, camera, out);
  }

  /** The same everywhere in a world, for now; regions with their own light come with the imagined map. */
  atmosphere(): Atmosphere {
    return this.air;
  }
}
