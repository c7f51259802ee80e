import { createPose, invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';
import type { Keyframe } from './keyframe-store';

/** A remembered texel must stand in front of what is seen now by more than this share to be taken out. */
export const carveMargin = 0.05;

const viewFromKeyframe = createPose();

/**
 * Free-space carving: takes those texels out of a keyframe that stand before what the newest frame sees through them.
 * They are ghosts: of something that has moved, or of an edge that depth got wrong.
 * @param inverseDepth of the newest frame, sanitised; its holes (NaN) say nothing.
 * @returns how many texels were taken out (they become NaN).
 */
export function carve(keyframe: Keyframe, inverseDepth: Float32Array, camera: Intrinsics, worldFromCamera: Pose): number {
  const { width, height, fx, fy, cx, cy } = camera;
  const k = keyframe.camera;
  const d = keyframe.inverseDepth;
  const m = multiplyPose(viewFromKeyframe, invertRigid(viewFromKeyframe, worldFromCamera), keyframe.worldFromCamera);
  let carved = 0;
  for (let y = 0, texel = 0; y < k.height; y++) {
    const dirY = -(y + 0.5 - k.cy) / k.fy;
    const rowX = m[4] * dirY - m[8];
    const rowY = m[5] * dirY - m[9];
    const rowZ = m[6] * dirY - m[10];
    for (let x = 0; x < k.width; x++, texel++) {
      const dk = d[texel];
      // The sky stands before nothing.
      if (!(dk > 0)) continue;
      const dirX = (x + 0.5 - k.cx) / k.fx;
      const ahead = -(rowZ + m[2] * dirX + m[14] * dk);
      if (!(ahead > 0.02)) continue;
      const u = Math.floor(cx + (fx * (rowX + m[0] * dirX + m[12] * dk)) / ahead);
      const v = Math.floor(cy - (fy * (rowY + m[1] * dirX + m[13] * dk)) / ahead);
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      if (inverseDepth[v * width + u] < (dk / ahead) * (1 - carveMargin)) {
        d[texel] = NaN;
        carved++;
      }
    }
  }
  return carved;
}
