import type { Intrinsics, Pose } from '../../../src/math/types';
import { KeyframeStore, type Keyframe } from '../../memory/keyframe-store';
import { Reprojector, type MemoryView } from '../../memory/reproject';
import { cleanInverseDepth } from './outputs';

/** More keyframes than this hardly add to a view, and each costs a pass over its texels. */
const mostKeyframes = 8;

/** Memory of what the network painted, for packages that read it: kept where it was new, re-projected on demand. */
export class SpatialMemory {
  private readonly store = new KeyframeStore();
  private readonly reprojector: Reprojector;
  private readonly chosen: Keyframe[] = [];
  private readonly clean: Float32Array;

  constructor(private readonly camera: Intrinsics) {
    this.reprojector = new Reprojector(camera);
    this.clean = new Float32Array(camera.width * camera.height);
  }

  clear(): void {
    this.store.clear();
  }

  /** What is remembered, seen from the pose; overwritten by the next call. */
  view(worldFromCamera: Pose): MemoryView {
    const keyframes = this.store.choose(this.camera, worldFromCamera, mostKeyframes, this.chosen);
    return this.reprojector.project(keyframes, worldFromCamera);
  }

  /** Takes a copy if the frame shows something new. @param rgba sRGB, 4n @param inverseDepth 1/m, n, as painted */
  remember(worldFromCamera: Pose, rgba: Uint8ClampedArray, inverseDepth: Float32Array): void {
    cleanInverseDepth(inverseDepth, NaN, this.clean);
    this.store.offer(rgba, this.clean, this.camera, worldFromCamera);
  }
}
