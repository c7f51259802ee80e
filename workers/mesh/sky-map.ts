import type { Intrinsics, Pose } from '../../src/math/types';
import { skyHeight, skyWidth } from '../../src/world/contracts';
import { elevationOfSkyRow, longitudeOfSkyColumn } from '../../src/world/sky-directions';
import { skyFill } from './sky-fill';
import { SkyPrior } from './sky-prior';
import { byteOfLight, lightOfByte } from './srgb-light';

const texels = skyWidth * skyHeight;
/** Nearer than this a texel says nothing about the sky: 15 m, as inverse depth. */
const nearestInverseDepth = 1 / 15;
/** Share of the newest look: what was there before counts for a tenth after ten looks. */
const shareOfLook = 0.2;
/** From this weight on a direction is known: one look at half weight, or many at less. */
const knownWeight = shareOfLook / 2;
/** A sky texel is the mean of at most this many picture texels each way. */
const mostSamples = 4;
/** Angle of a sky texel, radians. */
const texelAngle = Math.PI / skyHeight;

const sines = Float32Array.from({ length: skyWidth }, (_, x) => Math.sin(longitudeOfSkyColumn(x)));
const cosines = Float32Array.from({ length: skyWidth }, (_, x) => Math.cos(longitudeOfSkyColumn(x)));

/**
 * What is far away, by direction: the page paints it where no frame has looked, so that an unseen direction is sky or
 * haze and never black. Each sky texel that the camera sees takes the mean of the far texels in its place, by their
 * distance (none at 15 m, fully at infinity), into a moving average. Directions never seen are filled from what is
 * seen beside them and at their elevation; see `sky-fill.ts`.
 */
export class SkyMap {
  /** Red, green, blue (linear light, times weight) and weight of each direction. */
  private readonly sums = new Float32Array(4 * texels);
  private readonly prior = new SkyPrior();
  private readonly light = new Float32Array(3 * texels);
  private readonly known = new Float32Array(texels);
  /** Camera axes of the longitude on the horizon: x, y, z for each column. */
  private readonly ofColumn = new Float32Array(3 * skyWidth);
  /** Far: red, green, blue, weight; near: red, green, blue, weight; of the sky texel that is looked at. */
  private readonly look = new Float32Array(8);

  /** Forgets everything; call when a world opens. */
  reset(): void {
    this.sums.fill(0);
    this.prior.reset();
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
    const { ofColumn, look, prior } = this;
    const m = worldFromCamera;
    for (let x = 0; x < skyWidth; x++) {
      for (let axis = 0; axis < 3; axis++) {
        ofColumn[3 * x + axis] = m[4 * axis] * sines[x] + m[4 * axis + 2] * cosines[x];
      }
    }
    for (let y = 0; y < skyHeight; y++) {
      const up = Math.sin(elevationOfSkyRow(y));
      const level = Math.cos(elevationOfSkyRow(y));
      prior.beginRow();
      for (let x = 0; x < skyWidth; x++) {
        const ahead = -(ofColumn[3 * x + 2] * level + m[9] * up);
        if (ahead <= 0.01) continue;
        const u = camera.cx + (camera.fx * (ofColumn[3 * x] * level + m[1] * up)) / ahead;
        const v = camera.cy - (camera.fy * (ofColumn[3 * x + 1] * level + m[5] * up)) / ahead;
        if (u < 0 || v < 0 || u >= camera.width || v >= camera.height) continue;
        this.lookAt(color, inverseDepth, camera, u, v, ahead);
        if (look[3] > 0) this.remember(y * skyWidth + x);
        prior.add(look);
      }
      prior.endRow(y, shareOfLook);
    }
  }

  /**
   * Writes `skyWidth` x `skyHeight` RGBA8 sRGB colours, see {@link import('../../src/world/contracts').WorldFrame.sky};
   * neutral grey before the first frame.
   */
  write(out: Uint8Array): void {
    const { sums, light, known, prior } = this;
    for (let i = 0; i < texels; i++) {
      const weight = sums[4 * i + 3];
      known[i] = Math.min(1, weight / knownWeight);
      if (weight > 0) for (let c = 0; c < 3; c++) light[3 * i + c] = sums[4 * i + c] / weight;
    }
    prior.update(light, known);
    skyFill.fill(light, known, prior.rows);
    for (let i = 0; i < texels; i++) {
      out[4 * i] = byteOfLight(light[3 * i]);
      out[4 * i + 1] = byteOfLight(light[3 * i + 1]);
      out[4 * i + 2] = byteOfLight(light[3 * i + 2]);
      out[4 * i + 3] = 255;
    }
  }

  /** Means of the picture texels that lie in one sky texel. @param u,v its middle @param ahead cosine to the axis */
  private lookAt(
    color: Uint8Array | Uint8ClampedArray,
    inverseDepth: Float32Array | null,
    camera: Intrinsics,
    u: number,
    v: number,
    ahead: number,
  ): void {
    const { look } = this;
    const { width, height } = camera;
    look.fill(0);
    const sizeU = (camera.fx * texelAngle) / ahead;
    const sizeV = (camera.fy * texelAngle) / ahead;
    const across = Math.max(1, Math.min(mostSamples, Math.ceil(sizeU)));
    const down = Math.max(1, Math.min(mostSamples, Math.ceil(sizeV)));
    const each = 1 / (across * down);
    for (let j = 0; j < down; j++) {
      const y = Math.floor(v + ((j + 0.5) / down - 0.5) * sizeV);
      if (y < 0 || y >= height) continue;
      for (let i = 0; i < across; i++) {
        const x = Math.floor(u + ((i + 0.5) / across - 0.5) * sizeU);
        if (x < 0 || x >= width) continue;
        const texel = y * width + x;
        const d = inverseDepth === null ? 0 : inverseDepth[texel];
        // A hole (NaN) is near: it says nothing about the sky.
        const isFar = d < nearestInverseDepth;
        const weight = each * (isFar ? 1 - d / nearestInverseDepth : 1);
        const to = isFar ? 0 : 4;
        look[to] += weight * lightOfByte[color[4 * texel]];
        look[to + 1] += weight * lightOfByte[color[4 * texel + 1]];
        look[to + 2] += weight * lightOfByte[color[4 * texel + 2]];
        look[to + 3] += weight;
      }
    }
  }

  /** Scaling colour and weight together makes the sum a moving average, in which a far look counts more than a near one. */
  private remember(texel: number): void {
    const { sums, look } = this;
    for (let c = 0; c < 4; c++) sums[4 * texel + c] += (look[c] - sums[4 * texel + c]) * shareOfLook;
  }
}
