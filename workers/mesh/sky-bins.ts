import type { Intrinsics, Pose } from '../../src/math/types';
import { skyRows } from '../../src/world/contracts';

/** Nearer than this a texel says nothing about the sky: 15 m, as inverse depth. */
const nearestInverseDepth = 1 / 15;
/** Looking at 64 texels a side is plenty for 32 mean colours. */
const samplesPerSide = 64;
/** How many frames' worth of texels a bin remembers. */
const memoryFrames = 10;

/** sRGB byte to linear light: colours are averaged as light, or a bright and a dark texel average too dark. */
const linearFromByte = Float32Array.from({ length: 256 }, (_, byte) => {
  const v = byte / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

function byteFromLinear(light: number): number {
  const v = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(Math.min(Math.max(v, 0), 1) * 255);
}

/** Bin of a direction whose world-space y is `sine` of its elevation: 0 straight down, skyRows - 1 straight up. */
function rowOf(sine: number): number {
  const elevation = Math.asin(Math.min(Math.max(sine, -1), 1));
  return Math.min(Math.floor((elevation / Math.PI + 0.5) * skyRows), skyRows - 1);
}

/**
 * The mean colour of what is far away, by elevation: what the page paints where no frame has looked yet, so that an
 * unseen direction is sky or haze and never black. Far texels count by their distance (none at 15 m, fully at
 * infinity); each bin keeps a moving average over the last ten frames or so that showed it.
 */
export class SkyBins {
  /** Red, green, blue (linear light, times weight) and weight, per bin; the last entry is the whole picture. */
  private readonly sums = new Float64Array(4 * (skyRows + 1));
  private readonly rgb = new Float64Array(3 * skyRows);

  /** Forgets everything; call when a world opens. */
  reset(): void {
    this.sums.fill(0);
  }

  /**
   * Adds one frame.
   * @param color sRGB RGBA8, rows from the top. @param inverseDepth sanitised, 1/m; null: everything is far.
   */
  accumulate(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array | null,
    camera: Intrinsics,
    worldFromCamera: Pose,
  ): void {
    const { width, height } = camera;
    const stepX = Math.max(1, Math.floor(width / samplesPerSide));
    const stepY = Math.max(1, Math.floor(height / samplesPerSide));
    for (let y = stepY >> 1; y < height; y += stepY) {
      const dirY = -(y + 0.5 - camera.cy) / camera.fy;
      for (let x = stepX >> 1; x < width; x += stepX) {
        const texel = y * width + x;
        this.add(skyRows, color, texel, 1);
        const d = inverseDepth === null ? 0 : inverseDepth[texel];
        if (!(d < nearestInverseDepth)) continue;
        const dirX = (x + 0.5 - camera.cx) / camera.fx;
        const up = worldFromCamera[1] * dirX + worldFromCamera[5] * dirY - worldFromCamera[9];
        const row = rowOf(up / Math.sqrt(dirX * dirX + dirY * dirY + 1));
        this.add(row, color, texel, 1 - d / nearestInverseDepth);
      }
    }
    const samples = Math.ceil(width / stepX) * Math.ceil(height / stepY);
    // A picture of about 90 degrees spreads over half of the bins.
    for (let row = 0; row < skyRows; row++) this.fade(row, (memoryFrames * samples) / (skyRows / 2));
    this.fade(skyRows, memoryFrames * samples);
  }

  /**
   * Writes `skyRows` RGBA8 sRGB colours, from straight down to straight up. Bins that nothing was seen in are blended
   * between the nearest known ones; with none known (indoors) all take the mean colour of the pictures so far, and a
   * neutral grey before the first.
   */
  write(out: Uint8Array): void {
    const { sums, rgb } = this;
    let known = -1;
    for (let row = 0; row < skyRows; row++) {
      if (sums[4 * row + 3] < 1) continue;
      for (let c = 0; c < 3; c++) rgb[3 * row + c] = sums[4 * row + c] / sums[4 * row + 3];
      this.bridge(known, row);
      known = row;
    }
    this.bridge(known, skyRows);
    for (let row = 0; row < skyRows; row++) {
      for (let c = 0; c < 3; c++) out[4 * row + c] = byteFromLinear(rgb[3 * row + c]);
      out[4 * row + 3] = 255;
    }
  }

  private add(row: number, color: Uint8Array | Uint8ClampedArray, texel: number, weight: number): void {
    const s = 4 * row;
    const p = 4 * texel;
    this.sums[s] += weight * linearFromByte[color[p]];
    this.sums[s + 1] += weight * linearFromByte[color[p + 1]];
    this.sums[s + 2] += weight * linearFromByte[color[p + 2]];
    this.sums[s + 3] += weight;
  }

  /** Caps what a bin remembers; scaling colour and weight together turns the sum into a moving average. */
  private fade(row: number, limit: number): void {
    const s = 4 * row;
    if (this.sums[s + 3] <= limit) return;
    const keep = limit / this.sums[s + 3];
    for (let c = 0; c < 4; c++) this.sums[s + c] *= keep;
  }

  /** Fills the bins strictly between two known ones; -1 and skyRows stand for "none on that side". */
  private bridge(from: number, to: number): void {
    const { rgb, sums } = this;
    const whole = 4 * skyRows;
    for (let row = from + 1; row < to; row++) {
      for (let c = 0; c < 3; c++) {
        let light: number;
        if (from >= 0 && to < skyRows) {
          const t = (row - from) / (to - from);
          light = rgb[3 * from + c] * (1 - t) + rgb[3 * to + c] * t;
        } else if (from >= 0) {
          light = rgb[3 * from + c];
        } else if (to < skyRows) {
          light = rgb[3 * to + c];
        } else {
          light = sums[whole + 3] > 0 ? sums[whole + c] / sums[whole + 3] : linearFromByte[128];
        }
        rgb[3 * row + c] = light;
      }
    }
  }
}
