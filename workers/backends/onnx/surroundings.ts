import type { Intrinsics, Pose } from '../../../src/math/types';
import type { LayoutRef } from '../../../src/world/contracts';
import type { Atmosphere, MapView } from '../../layout/map-view';

/**
 * What is around the visitor, for packages whose manifest has a layout: the semantic map and its light.
 * The ONNX backend asks; who answers (the simulator's own map, an imagined map, a test) is not its business.
 */
export interface Surroundings {
  /** Starts afresh. @param worldFromHead null: choose a good place to stand. @returns where the visit starts */
  start(seed: number, worldFromHead: Pose | null): Pose;
  /** Draws the map as `camera` sees it from the pose into `out`, which has the camera's size. */
  renderMapView(worldFromCamera: Pose, camera: Intrinsics, out: MapView): void;
  /** Light and colours where the pose is; the result may be reused by the next call. */
  atmosphere(worldFromCamera: Pose): Atmosphere;
  /** The map that is shown since the last `start`. */
  readonly layout: LayoutRef;
}
