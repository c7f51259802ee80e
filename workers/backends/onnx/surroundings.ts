import type { Intrinsics, Pose } from '../../../src/math/types';
import type { LayoutRef, MapNews, OpenHooks } from '../../../src/world/contracts';
import type { Manifest } from '../../../src/world/manifest';
import type { ImaginedBlock } from '../../imagine/tokens';
import type { Atmosphere, MapView } from '../../layout/map-view';
import type { LightChoice } from '../../layout/palettes';
import type { ImagineGraphs } from './package-loader';

/**
 * What is around the visitor, for packages whose manifest has a layout: the semantic map and its light.
 * The ONNX backend asks; who answers (the simulator's own map, an imagined map, a test) is not its business.
 */
export interface Surroundings {
  /** Starts afresh. @param worldFromHead null: choose a good place to stand. @returns where the visit starts */
  start(seed: number, worldFromHead: Pose | null): Promise<Pose>;
  /** Does what takes long in the `start` that follows; what runs goes on. @throws the signal's reason */
  prepare?(seed: number, worldFromHead: Pose | null, hooks: OpenHooks): Promise<void>;
  /** Draws the map as `camera` sees it from the pose into `out`, which has the camera's size. */
  renderMapView(worldFromCamera: Pose, camera: Intrinsics, out: MapView): void;
  /** Light and colours where the pose is; the result may be reused by the next call. */
  atmosphere(worldFromCamera: Pose): Atmosphere;
  /** Light and colours from now on, also after another `start`. */
  setLight(light: LightChoice): void;
  /** The map that is shown since the last `start`. */
  readonly layout: LayoutRef;
  /** For maps that are imagined: see `WorldModel`. */
  recall?(seed: number, blocks: readonly ImaginedBlock[]): void;
  takeMap?(): MapNews | null;
  dispose?(): void;
}

/** Makes the surroundings that a package asks for, once it is here. */
export type SurroundingsMaker = (loaded: { manifest: Manifest; imagine: ImagineGraphs | null }) => Surroundings;
