import { createPose, invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';

/**
 * Where the frame before was cut, as seen by the new one: an edge that hovers about the threshold then stays cut
 * instead of opening and closing with every frame. A hint, not a cut: see `findCuts`.
 */
export class CutMemory {
  /** 1 near an edge that was cut before; empty before the second frame. */
  hint = new Uint8Array(0);
  private depth = new Float32Array(0);
  private cut = new Uint8Array(0);
  private camera: Intrinsics | null = null;
  private readonly worldFromBefore = createPose();
  private readonly nowFromBefore = createPose();

  /** Forgets the frame before. */
  reset(): void {
    this.camera = null;
    this.hint = new Uint8Array(0);
  }

  /** @returns the hint for a frame seen from here, null when there is nothing to remember */
  recall(camera: Intrinsics, worldFromCamera: Pose): Uint8Array | null {
    const before = this.camera;
    if (before === null || before.width !== camera.width || before.height !== camera.height) return null;
    const { width, height, fx, fy, cx, cy } = camera;
    if (this.hint.length !== width * height) this.hint = new Uint8Array(width * height);
    const { hint, cut, depth } = this;
    hint.fill(0);
    const m = multiplyPose(this.nowFromBefore, invertRigid(this.nowFromBefore, worldFromCamera), this.worldFromBefore);
    for (let y = 0, texel = 0; y < height; y++) {
      const dirY = -(y + 0.5 - before.cy) / before.fy;
      for (let x = 0; x < width; x++, texel++) {
        if (cut[texel] === 0) continue;
        const d = depth[texel];
        const dirX = (x + 0.5 - before.cx) / before.fx;
        const ahead = -(m[2] * dirX + m[6] * dirY - m[10] + m[14] * d);
        if (!(ahead > 0.02)) continue;
        const u = Math.round(cx + (fx * (m[0] * dirX + m[4] * dirY - m[8] + m[12] * d)) / ahead - 0.5);
        const v = Math.round(cy - (fy * (m[1] * dirX + m[5] * dirY - m[9] + m[13] * d)) / ahead - 0.5);
        // Half a texel of rounding either way: the edge may now lie on any side of this texel.
        for (let row = Math.max(0, v - 1); row <= Math.min(height - 1, v + 1); row++) {
          for (let column = Math.max(0, u - 1); column <= Math.min(width - 1, u + 1); column++) {
            hint[row * width + column] = 1;
          }
        }
      }
    }
    return hint;
  }

  /** Keeps what was cut in this frame. @param cutRight, cutBelow as `findCuts` fills them */
  remember(d: Float32Array, cutRight: Uint8Array, cutBelow: Uint8Array, camera: Intrinsics, worldFromCamera: Pose): void {
    const count = camera.width * camera.height;
    if (this.cut.length !== count) {
      this.cut = new Uint8Array(count);
      this.depth = new Float32Array(count);
    }
    const { cut, depth } = this;
    cut.fill(0);
    for (let i = 0; i < count; i++) {
      // The near side carries the edge: it is what moves with it.
      if (cutRight[i] !== 0) cut[d[i] > d[i + 1] ? i : i + 1] = 1;
      if (cutBelow[i] !== 0) cut[d[i] > d[i + camera.width] ? i : i + camera.width] = 1;
    }
    depth.set(d.subarray(0, count));
    this.camera = camera;
    this.worldFromBefore.set(worldFromCamera);
  }
}
