import type { Intrinsics, Pose } from '../../src/math/types';
import type { LayoutKind, LayoutRef } from '../../src/world/contracts';
import type { Atmosphere, MapView } from './map-view';
import { atmosphereOf, autoLight, type LightChoice } from './palettes';
import { addPlainShapes } from './plain-shapes';
import { renderMapView } from './render-map-view';
import { SceneWindow } from './scene-window';
import { chooseSpawn } from './spawn';
import type { SemanticMap } from './things';

/** Surroundings of a painter network whose map is a rule: all of it is known from the seed. */
export class DecidedSurroundings {
  layout: LayoutRef;
  private light: LightChoice = autoLight;
  private air: Atmosphere;
  private scene: SceneWindow;

  constructor(
    kind: LayoutKind,
    private readonly makeMap: (seed: number) => SemanticMap,
  ) {
    this.layout = { kind, seed: 0 };
    this.air = atmosphereOf(0);
    this.scene = new SceneWindow(makeMap(0), addPlainShapes);
  }

  /** @returns where the visit starts: `worldFromHead` if given, else a place with a view. */
  async start(seed: number, worldFromHead: Pose | null): Promise<Pose> {
    const map = this.makeMap(seed);
    this.layout = { kind: this.layout.kind, seed };
    this.air = atmosphereOf(seed, this.light);
    this.scene = new SceneWindow(map, addPlainShapes);
    return worldFromHead ?? chooseSpawn(map);
  }

  setLight(light: LightChoice): void {
    this.light = light;
    this.air = atmosphereOf(this.layout.seed, light);
  }

  renderMapView(worldFromCamera: Pose, camera: Intrinsics, out: MapView): void {
    renderMapView(this.scene, this.air, worldFromCamera, camera, out);
  }

  /** The same everywhere in a world. */
  atmosphere(): Atmosphere {
    return this.air;
  }
}
