import { createPose } from '../../math/pose';
import type { Intrinsics, Pose } from '../../math/types';
import { KeyframeStore, type Keyframe } from '../../../workers/memory/keyframe-store';
import { Reprojector, type MemoryView } from '../../../workers/memory/reproject';
import { fillHoles } from './fill-holes';
import { agreesWithMap } from './picture-scores';
import type { TruePicture } from './teacher-truth';

/** As many as a package that reads memory gets; see `workers/backends/onnx/spatial-memory.ts`. */
const mostKeyframes = 8;
/** Share of what was remembered in a picture that is mixed with memory. */
const memoryShare = 0.5;

/** What was shown before, seen from another pose. */
export class ShownMemory {
  private readonly store: KeyframeStore;
  private readonly reprojector: Reprojector;
  private readonly chosen: Keyframe[] = [];

  /** @param onlyLast forgets everything but the newest frame */
  constructor(
    private readonly camera: Intrinsics,
    private readonly onlyLast = false,
  ) {
    this.store = new KeyframeStore();
    this.reprojector = new Reprojector(camera);
  }

  /** Overwritten by the next call. */
  view(pose: Pose): MemoryView {
    const keyframes = this.store.choose(this.camera, pose, mostKeyframes, this.chosen);
    return this.reprojector.project(keyframes, pose);
  }

  remember(pose: Pose, color: Uint8ClampedArray, inverseDepth: Float32Array): void {
    if (this.onlyLast) this.store.clear();
    this.store.offer(color, inverseDepth, this.camera, pose);
  }
}

/** A world without map and network: it began with one true frame and shows what can be re-projected of it, for ever. */
export class MemoryOnlyWorld {
  private readonly memory: ShownMemory;
  private readonly frame: TruePicture & { worldFromCamera: Pose };
  private readonly planes: Float32Array;

  constructor(
    private readonly camera: Intrinsics,
    first: TruePicture,
    at: Pose,
    onlyLast = false,
  ) {
    const n = camera.width * camera.height;
    this.memory = new ShownMemory(camera, onlyLast);
    this.memory.remember(at, first.color, first.inverseDepth);
    this.planes = new Float32Array(4 * n);
    this.frame = { worldFromCamera: createPose(), color: new Uint8ClampedArray(4 * n), inverseDepth: new Float32Array(n) };
  }

  /** What it shows from here; what nothing tells of is a smooth continuation. Overwritten by the next call. */
  step(pose: Pose): TruePicture {
    const { camera, frame, planes } = this;
    const n = camera.width * camera.height;
    const view = this.memory.view(pose);
    planes.set(view.planes.subarray(0, 4 * n));
    fillHoles(planes, 4, view.mask, camera.width, camera.height);
    for (let i = 0; i < n; i++) {
      for (let c = 0; c < 3; c++) frame.color[4 * i + c] = 255 * planes[c * n + i];
      frame.color[4 * i + 3] = 255;
    }
    frame.inverseDepth.set(planes.subarray(3 * n));
    this.memory.remember(pose, frame.color, frame.inverseDepth);
    return frame;
  }
}

/**
 * Mixes what was shown before into a painted picture, half and half, where its depth says that it is the same place.
 * @param map inverse depth of the map, 1/m @param color changed in place
 */
export function mixMemory(color: Uint8ClampedArray, view: MemoryView, map: Float32Array): void {
  const { red, green, blue, inverseDepth, mask } = view;
  for (let i = 0, p = 0; i < map.length; i++, p += 4) {
    if (mask[i] === 0 || !agreesWithMap(inverseDepth[i], map[i])) continue;
    color[p] += memoryShare * (255 * red[i] - color[p]);
    color[p + 1] += memoryShare * (255 * green[i] - color[p + 1]);
    color[p + 2] += memoryShare * (255 * blue[i] - color[p + 2]);
  }
}
