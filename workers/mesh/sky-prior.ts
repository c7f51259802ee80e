import { skyHeight, skyWidth } from '../../src/world/contracts';
import { lightOfByte } from './srgb-light';

/** What is near counts this much against what is far: it decides only where nearly everything is near, as indoors. */
const nearShare = 0.01;
/** So many seen texels speak for their row; with fewer, the rows beside it have a say. */
const enoughTexels = 8;
/** By the distance of two rows: so steep that the zenith is not mixed with the ground, smooth where many rows miss. */
const reach = Float32Array.from({ length: skyHeight }, (_, rows) => 1 / (1 + (rows / 2) ** 2) ** 4);

/**
 * The mean colour by elevation: what a direction most probably looks like before anybody has looked there. From what
 * is far; from everything where nothing is far; rows never seen are blended from the others by their distance.
 */
export class SkyPrior {
  /** Linear red, green, blue of each row, from straight down to straight up. */
  readonly rows = new Float32Array(3 * skyHeight);
  /** Moving averages of what is near: red, green, blue (times weight) and weight, by row. */
  private readonly near = new Float32Array(4 * skyHeight);
  private readonly nearOfLook = new Float64Array(4);
  /** Mean colour of each row (times weight) and weight, 0 … 1. */
  private readonly sums = new Float64Array(4 * skyHeight);

  reset(): void {
    this.near.fill(0);
  }

  beginRow(): void {
    this.nearOfLook.fill(0);
  }

  /** @param look near red, green, blue (times weight) and weight from entry 4 on */
  add(look: Float32Array): void {
    for (let c = 0; c < 4; c++) this.nearOfLook[c] += look[4 + c];
  }

  endRow(row: number, share: number): void {
    const { near, nearOfLook } = this;
    if (nearOfLook[3] === 0) return;
    for (let c = 0; c < 4; c++) near[4 * row + c] += (nearOfLook[c] - near[4 * row + c]) * share;
  }

  /** @param light linear RGB by direction @param known 0 … 1 by direction */
  update(light: Float32Array, known: Float32Array): void {
    this.sum(light, known);
    const { sums, rows } = this;
    for (let row = 0; row < skyHeight; row++) {
      let weight = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let other = 0; other < skyHeight; other++) {
        const near = reach[Math.abs(row - other)];
        red += near * sums[4 * other];
        green += near * sums[4 * other + 1];
        blue += near * sums[4 * other + 2];
        weight += near * sums[4 * other + 3];
      }
      // Nothing was ever seen: neutral grey.
      rows[3 * row] = weight > 0 ? red / weight : lightOfByte[128];
      rows[3 * row + 1] = weight > 0 ? green / weight : lightOfByte[128];
      rows[3 * row + 2] = weight > 0 ? blue / weight : lightOfByte[128];
    }
  }

  private sum(light: Float32Array, known: Float32Array): void {
    const { sums, near } = this;
    for (let row = 0; row < skyHeight; row++) {
      let weight = 0;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let i = row * skyWidth; i < (row + 1) * skyWidth; i++) {
        const w = known[i];
        if (w === 0) continue;
        red += w * light[3 * i];
        green += w * light[3 * i + 1];
        blue += w * light[3 * i + 2];
        weight += w;
      }
      const nearWeight = near[4 * row + 3];
      const all = weight + nearShare * nearWeight;
      const scale = all > 0 ? Math.min(1, (weight + nearWeight) / enoughTexels) / all : 0;
      sums[4 * row] = scale * (red + nearShare * near[4 * row]);
      sums[4 * row + 1] = scale * (green + nearShare * near[4 * row + 1]);
      sums[4 * row + 2] = scale * (blue + nearShare * near[4 * row + 2]);
      sums[4 * row + 3] = scale * all;
    }
  }
}
