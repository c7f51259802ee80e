import { intrinsicsFromFov } from '../../src/math/camera';
import { createPose, invertRigid, multiplyPose } from '../../src/math/pose';
import type { Intrinsics, Pose } from '../../src/math/types';

/** A picture with depth, as far as coverage asks. */
export type DepthPicture = { camera: Intrinsics; inverseDepth: Float32Array; worldFromCamera: Pose };

/** Magnified more than this, a picture is too coarse to count as covering. */
const maxMagnification = 4;

/**
 * A coarse view in which pictures are counted by what they can show of it: first what the newest frame covers, then
 * what others add. Cells are squares of the view; a cell counts as covered when a texel lands in it.
 */
export class CoverageProbe {
  readonly worldFromProbe = createPose();
  /** Cells that the newest frame does not cover, the first `openCount` entries. */
  readonly open: Int32Array;
  openCount = 0;
  /** Position of a cell in `open`, -1 when it is covered. */
  private readonly slot: Int32Array;
  private readonly camera: Intrinsics;
  private readonly probeFromWorld = createPose();
  private readonly probeFromPicture = createPose();

  /** @param cells a side. @param weight of one cell when gains are added up over probes */
  constructor(
    readonly cells: number,
    fovRad: number,
    readonly weight: number,
  ) {
    this.camera = intrinsicsFromFov(cells, cells, fovRad);
    this.open = new Int32Array(cells * cells);
    this.slot = new Int32Array(cells * cells);
  }

  /** Begins a new view and finds what the newest frame leaves open. `worldFromProbe` has been set. */
  begin(newest: DepthPicture): void {
    invertRigid(this.probeFromWorld, this.worldFromProbe);
    this.slot.fill(0);
    this.eachCell(newest, 1, this.slot, null);
    this.openCount = 0;
    for (let cell = 0; cell < this.slot.length; cell++) {
      if (this.slot[cell] === 1) {
        this.slot[cell] = -1;
      } else {
        this.slot[cell] = this.openCount;
        this.open[this.openCount++] = cell;
      }
    }
  }

  /** Marks which open cells a picture can show. @param covers at least `openCount` entries, set to 0 or 1 */
  mark(picture: DepthPicture, covers: Uint8Array): void {
    covers.fill(0, 0, this.openCount);
    if (this.openCount > 0) this.eachCell(picture, 2, this.slot, covers);
  }

  /** With `covers` null sets the cells themselves, else the entries of the open cells hit. */
  private eachCell(picture: DepthPicture, step: number, slot: Int32Array, covers: Uint8Array | null): void {
    const { camera: k, inverseDepth } = picture;
    const { camera, cells } = this;
    const m = multiplyPose(this.probeFromPicture, this.probeFromWorld, picture.worldFromCamera);
    // As many samples as a picture of 128 texels has, whatever its size.
    const stride = step * Math.max(1, Math.round(k.width / 128));
    const widest = (maxMagnification * k.fx) / camera.fx / stride;
    const half = cells / 2;
    const focal = camera.fx;
    for (let y = stride >> 1; y < k.height; y += stride) {
      const dirY = -(y + 0.5 - k.cy) / k.fy;
      const rowX = m[4] * dirY - m[8];
      const rowY = m[5] * dirY - m[9];
      const rowZ = m[6] * dirY - m[10];
      for (let x = stride >> 1; x < k.width; x += stride) {
        const d = inverseDepth[y * k.width + x];
        const dirX = (x + 0.5 - k.cx) / k.fx;
        const ahead = -(rowZ + m[2] * dirX + m[14] * d);
        // Comparisons with NaN are false: holes cover nothing.
        if (!(ahead > 0.02) || 1 / ahead > widest * stride) continue;
        const u = half + (focal * (rowX + m[0] * dirX + m[12] * d)) / ahead;
        const v = half - (focal * (rowY + m[1] * dirX + m[13] * d)) / ahead;
        if (u < 0 || v < 0 || u >= cells || v >= cells) continue;
        const cell = (v | 0) * cells + (u | 0);
        if (covers === null) slot[cell] = 1;
        else if (slot[cell] >= 0) covers[slot[cell]] = 1;
      }
    }
  }
}
