import type { Rgba8 } from '../../math/image-metrics';
import type { Intrinsics, Pose } from '../../math/types';
import { flowBack, flowDifference } from '../reprojection/stability';

/** Two consecutive true pictures of one camera. */
export type TruePair = { pose: Pose; inverseDepth: Float32Array; color: Rgba8 };

/**
 * How much the points that two consecutive pictures both show change between them, levels of 0..255: the later picture
 * against the earlier one along the true flow. The truth changes too (re-sampling, mirrors), so it is the measure.
 * @param shown earlier and later picture of any way; `null` for the truth's own
 */
export function flickerOf(earlier: TruePair, later: TruePair, camera: Intrinsics): (shown: [Rgba8, Rgba8] | null) => number {
  const known = ({ pose, inverseDepth }: TruePair) => ({ worldFromCamera: pose, camera, inverseDepth });
  const flow = flowBack(known(later), known(earlier));
  return (shown) => {
    const [before, after] = shown ?? [earlier.color, later.color];
    return flowDifference(after, before, flow, camera.width, camera.height);
  };
}
