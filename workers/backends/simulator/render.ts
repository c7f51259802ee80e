import type { Intrinsics, Pose } from '../../../src/math/types';
import { addHaze, display, hazeAt, radiance, skyRadiance, surfaceRadiance } from '../../layout/light';
import type { Atmosphere } from '../../layout/map-view';
import { occlusionAt } from '../../layout/occlusion';
import { groundColorIndex, groundTone } from '../../layout/paving';
import { atColor, atTone, primitiveStride } from '../../layout/primitives';
import { farthestM } from '../../layout/render-map-view';
import type { SceneWindow } from '../../layout/scene-window';
import { hit, hitGround, hitSky, normal, surfaceNormal, traceRay } from '../../layout/trace';
import { worldNoise } from '../../layout/world-noise';

/** How much work a picture gets. */
export type RenderQuality = {
  /** Extra rays for pixels on an edge (silhouette, shadow, colour): 0 none, 3 or 8 for 2x2 or 3x3 antialiasing. */
  edgeSamples: 0 | 3 | 8;
};

/** What a live visit uses, and what the teacher uses: the teacher's edges are smoother. */
export const liveQuality: RenderQuality = { edgeSamples: 3 };
export const teacherQuality: RenderQuality = { edgeSamples: 8 };

const shadowReachM = 40;
const lift = 2e-3;
/** Neighbours that differ more than this (encoded colour, summed over channels) are an edge. */
const edgeContrast = 0.12;
/** Angular radius of the sun, exaggerated for soft shadow edges, radians. */
const sunRadius = 0.018;

/** Linear result of one ray, reused. */
const sample = { r: 0, g: 0, b: 0, inverseT: 0 };

/**
 * Draws the true picture of a world: ornate shapes, soft sky light with occlusion, sun with shadows, bounce, haze.
 * Deterministic: no random numbers, so the same pose gives the same bytes.
 */
export class CourtyardRenderer {
  private linear = new Float32Array(0);
  private encoded = new Float32Array(0);

  constructor(
    private readonly scene: SceneWindow,
    private readonly air: Atmosphere,
  ) {}

  /**
   * @param color RGBA8, sRGB-encoded, rows from the top.
   * @param inverseDepth planar, 1/m, from the ray through each texel's centre; 0 is sky.
   */
  render(
    worldFromCamera: Pose,
    camera: Intrinsics,
    quality: RenderQuality,
    color: Uint8ClampedArray,
    inverseDepth: Float32Array,
  ): void {
    const { width, height } = camera;
    const n = width * height;
    if (this.linear.length !== 3 * n) {
      this.linear = new Float32Array(3 * n);
      this.encoded = new Float32Array(3 * n);
    }
    const { linear, encoded } = this;
    this.scene.centreOn(worldFromCamera[12]!, worldFromCamera[14]!);
    let i = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        this.castPixel(worldFromCamera, camera, x + 0.5, y + 0.5, 0, 0);
        inverseDepth[i] = sample.inverseT;
        linear[3 * i] = sample.r;
        linear[3 * i + 1] = sample.g;
        linear[3 * i + 2] = sample.b;
        encoded[3 * i] = display(sample.r);
        encoded[3 * i + 1] = display(sample.g);
        encoded[3 * i + 2] = display(sample.b);
      }
    }
    const side = quality.edgeSamples === 0 ? 1 : quality.edgeSamples === 3 ? 2 : 3;
    i = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const smooth = side > 1 && this.isEdge(x, y, width, height);
        if (smooth) this.supersample(worldFromCamera, camera, x, y, side);
        // A clamped array rounds by itself.
        color[4 * i] = 255 * (smooth ? sample.r : encoded[3 * i]!);
        color[4 * i + 1] = 255 * (smooth ? sample.g : encoded[3 * i + 1]!);
        color[4 * i + 2] = 255 * (smooth ? sample.b : encoded[3 * i + 2]!);
        color[4 * i + 3] = 255;
      }
    }
  }

  private isEdge(x: number, y: number, width: number, height: number): boolean {
    const i = y * width + x;
    return (
      (x > 0 && this.contrast(i, i - 1) > edgeContrast) ||
      (x < width - 1 && this.contrast(i, i + 1) > edgeContrast) ||
      (y > 0 && this.contrast(i, i - width) > edgeContrast) ||
      (y < height - 1 && this.contrast(i, i + width) > edgeContrast)
    );
  }

  private contrast(a: number, b: number): number {
    const e = this.encoded;
    return (
      Math.abs(e[3 * a]! - e[3 * b]!) +
      Math.abs(e[3 * a + 1]! - e[3 * b + 1]!) +
      Math.abs(e[3 * a + 2]! - e[3 * b + 2]!)
    );
  }

  /** Mean of side x side rays over the pixel, encoded, into {@link sample}; each ray looks at another point of the sun. */
  private supersample(worldFromCamera: Pose, camera: Intrinsics, x: number, y: number, side: number): void {
    let r = 0;
    let g = 0;
    let b = 0;
    for (let v = 0; v < side; v++) {
      for (let u = 0; u < side; u++) {
        const fu = (u + 0.5) / side;
        const fv = (v + 0.5) / side;
        this.castPixel(worldFromCamera, camera, x + fu, y + fv, 2 * fu - 1, 2 * fv - 1);
        // Averaging what the eye sees (after the shoulder) keeps bright sky from eating thin dark edges.
        r += display(sample.r);
        g += display(sample.g);
        b += display(sample.b);
      }
    }
    const share = 1 / (side * side);
    sample.r = r * share;
    sample.g = g * share;
    sample.b = b * share;
  }

  /** Light along the ray through pixel (px, py), linear, into {@link sample}. */
  private castPixel(m: Pose, camera: Intrinsics, px: number, py: number, sunU: number, sunV: number): void {
    const cx = (px - camera.cx) / camera.fx;
    const cy = -(py - camera.cy) / camera.fy;
    const length = Math.sqrt(cx * cx + cy * cy + 1);
    const dx = (m[0]! * cx + m[4]! * cy - m[8]!) / length;
    const dy = (m[1]! * cx + m[5]! * cy - m[9]!) / length;
    const dz = (m[2]! * cx + m[6]! * cy - m[10]!) / length;
    const [sx, sy, sz] = this.air.sunDirection;
    const cosSun = dx * sx + dy * sy + dz * sz;
    traceRay(this.scene, m[12]!, m[13]!, m[14]!, dx, dy, dz, farthestM, false);
    if (hit.primitive === hitSky) {
      skyRadiance(this.air, dy, cosSun);
      sample.inverseT = 0;
    } else {
      const t = hit.distance;
      this.shadeHit(hit.primitive, m[12]! + dx * t, m[13]! + dy * t, m[14]! + dz * t, sunU, sunV);
      addHaze(this.air, hazeAt(t), cosSun);
      sample.inverseT = length / t;
    }
    sample.r = radiance.r;
    sample.g = radiance.g;
    sample.b = radiance.b;
  }

  private shadeHit(primitive: number, x: number, y: number, z: number, sunU: number, sunV: number): void {
    const { scene, air } = this;
    surfaceNormal(scene, primitive, x, y, z);
    const nx = normal.x;
    const ny = normal.y;
    const nz = normal.z;
    const lit = this.sunlight(x, y, z, nx, ny, nz, sunU, sunV);
    const occlusion = occlusionAt(scene, primitive, x, y, z, nx, ny, nz);
    const isGround = primitive === hitGround;
    const at = primitive * primitiveStride;
    const color = isGround ? groundColorIndex(x, z) : scene.primitives[at + atColor]!;
    const tone = isGround ? groundTone(x, z) : scene.primitives[at + atTone]!;
    const seed = scene.map.seed;
    // Plaster is never quite even, and walls are darker where feet and rain reach them.
    const mottle = 1 + 0.12 * (worldNoise(seed, 0, x, y, z) - 0.5) + 0.07 * (worldNoise(seed, 1, x, y, z) - 0.5);
    const foot = !isGround && y < 0.6 ? 0.9 + 0.1 * (y / 0.6) : 1;
    surfaceRadiance(air, color * 3, tone * mottle * foot, nx, ny, nz, lit, 1 - occlusion);
    // Corners lose some direct light too: the eye expects contact shadows even in the sun.
    const contact = 1 - 0.25 * occlusion;
    radiance.r *= contact;
    radiance.g *= contact;
    radiance.b *= contact;
  }

  /** 1 when the point sees the part of the sun at (sunU, sunV) of its disc, each -1..1. */
  private sunlight(
    x: number,
    y: number,
    z: number,
    nx: number,
    ny: number,
    nz: number,
    sunU: number,
    sunV: number,
  ): number {
    const [sx, sy, sz] = this.air.sunDirection;
    if (nx * sx + ny * sy + nz * sz <= 0) return 0;
    // Two directions across the sun's disc; the sun is never overhead, so the horizontal one is well defined.
    const flat = Math.hypot(sx, sz);
    const ux = -sz / flat;
    const uz = sx / flat;
    const dx = sx + sunRadius * (sunU * ux - sunV * sy * (sx / flat));
    const dy = sy + sunRadius * sunV * flat;
    const dz = sz + sunRadius * (sunU * uz - sunV * sy * (sz / flat));
    const length = Math.hypot(dx, dy, dz);
    const blocked = traceRay(
      this.scene,
      x + nx * lift,
      y + ny * lift,
      z + nz * lift,
      dx / length,
      dy / length,
      dz / length,
      shadowReachM,
      true,
    );
    return blocked ? 0 : 1;
  }
}
