import type { Intrinsics, Pose } from '../../../../src/math/types';
import { display, radiance } from '../../../layout/light';
import type { Atmosphere } from '../../../layout/map-view';
import { farthestM } from '../../../layout/render-map-view';
import type { SceneWindow } from '../../../layout/scene-window';
import { hit, hitSky, traceRay } from '../../../layout/trace';
import { LightCache } from './light-cache';
import type { TeacherQuality } from './quality';
import { shaded, Shader } from './shader';

/** Added to the contrast of a pixel in which a silhouette or a shadow ends; it is an edge however faint. */
const mixed = 10;
/** A shadow's edge fainter than this needs no more rays. */
const faintest = 0.03;

/** How many pixels of the last picture were drawn how, and what it took; for measurements. */
export type TeacherCosts = { pixels: number; edgePixels: number; nodes: number };

/**
 * Draws the pictures that `paint` learns from: the true shapes of a world with materials, soft sun, light from the sky
 * and from what it falls on, mirrors and plants. Slow, meant to run once, offline.
 * Deterministic and anchored to the world: the same pose gives the same bytes, two poses agree on what both see.
 */
export class TeacherRenderer {
  readonly costs: TeacherCosts = { pixels: 0, edgePixels: 0, nodes: 0 };
  private encoded = new Float32Array(0);
  /** Encoded contrast between the rays of each pixel; {@link mixed} or more where they met different things. */
  private inner = new Float32Array(0);
  private cache: LightCache | null = null;
  private shader: Shader | null = null;
  /** Mean of a pixel and spread of its rays, reused. */
  private readonly mean = { r: 0, g: 0, b: 0, inner: 0 };

  /** @param scene shapes as the teacher sees them (`addOrnateShapes`); it is centred on the camera at every picture */
  constructor(
    private readonly scene: SceneWindow,
    private readonly air: Atmosphere,
  ) {}

  /**
   * @param color RGBA8, sRGB-encoded, rows from the top, 4 * width * height.
   * @param inverseDepth planar, 1/m, from the ray through each texel's centre; 0 is sky.
   */
  render(
    worldFromCamera: Pose,
    camera: Intrinsics,
    quality: TeacherQuality,
    color: Uint8ClampedArray,
    inverseDepth: Float32Array,
  ): void {
    const { width, height } = camera;
    const n = width * height;
    if (this.inner.length !== n) {
      this.encoded = new Float32Array(3 * n);
      this.inner = new Float32Array(n);
    }
    this.scene.centreOn(worldFromCamera[12]!, worldFromCamera[14]!);
    const cache = this.prepare(quality);
    cache.follow();
    this.shader!.beginPicture();
    const nodesBefore = cache.nodesComputed;
    const { encoded, inner, mean } = this;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        inverseDepth[i] = this.depthAt(worldFromCamera, camera, x + 0.5, y + 0.5);
        this.samplePixel(worldFromCamera, camera, x, y, quality.side);
        encoded[3 * i] = mean.r;
        encoded[3 * i + 1] = mean.g;
        encoded[3 * i + 2] = mean.b;
        inner[i] = mean.inner;
      }
    }
    let edges = 0;
    for (let y = 0, i = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const smooth = inner[i]! > quality.innerContrast || this.isEdge(x, y, width, height, quality.neighbourContrast);
        if (smooth) {
          const side = inner[i]! >= mixed ? quality.edgeSide : quality.textureSide;
          this.samplePixel(worldFromCamera, camera, x, y, side);
          edges++;
        }
        // A clamped array rounds by itself.
        color[4 * i] = 255 * (smooth ? mean.r : encoded[3 * i]!);
        color[4 * i + 1] = 255 * (smooth ? mean.g : encoded[3 * i + 1]!);
        color[4 * i + 2] = 255 * (smooth ? mean.b : encoded[3 * i + 2]!);
        color[4 * i + 3] = 255;
      }
    }
    this.costs.pixels = n;
    this.costs.edgePixels = edges;
    this.costs.nodes = cache.nodesComputed - nodesBefore;
  }

  /** Nodes that looked round with another number of rays are of no use. */
  private prepare(quality: TeacherQuality): LightCache {
    if (this.cache?.rays === quality.gatherRays) return this.cache;
    this.cache = new LightCache(this.scene, this.air, quality.gatherRays);
    this.shader = new Shader(this.scene, this.air, this.cache);
    return this.cache;
  }

  private depthAt(m: Pose, camera: Intrinsics, px: number, py: number): number {
    const cx = (px - camera.cx) / camera.fx;
    const cy = -(py - camera.cy) / camera.fy;
    const length = Math.sqrt(cx * cx + cy * cy + 1);
    const dx = (m[0]! * cx + m[4]! * cy - m[8]!) / length;
    const dy = (m[1]! * cx + m[5]! * cy - m[9]!) / length;
    const dz = (m[2]! * cx + m[6]! * cy - m[10]!) / length;
    traceRay(this.scene, m[12]!, m[13]!, m[14]!, dx, dy, dz, farthestM, false);
    return hit.primitive === hitSky ? 0 : length / hit.distance;
  }

  /** Mean of side x side rays over a pixel, encoded, into {@link mean}; each looks at another point of the sun. */
  private samplePixel(m: Pose, camera: Intrinsics, x: number, y: number, side: number): void {
    const shader = this.shader!;
    const { mean } = this;
    shader.beginPixel();
    let r = 0;
    let g = 0;
    let b = 0;
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    let lit = 0;
    let first = 0;
    let isOneThing = true;
    const rays = side * side;
    for (let k = 0; k < rays; k++) {
      const cx = (x + ((k % side) + 0.5) / side - camera.cx) / camera.fx;
      const cy = -(y + (Math.floor(k / side) + 0.5) / side - camera.cy) / camera.fy;
      const length = Math.sqrt(cx * cx + cy * cy + 1);
      shader.shadeRay(
        m[12]!,
        m[13]!,
        m[14]!,
        (m[0]! * cx + m[4]! * cy - m[8]!) / length,
        (m[1]! * cx + m[5]! * cy - m[9]!) / length,
        (m[2]! * cx + m[6]! * cy - m[10]!) / length,
        1 / (camera.fy * length),
        rays > 1 ? k : 0,
      );
      // Averaging what the eye sees (after the shoulder) keeps bright sky from eating thin dark edges.
      const er = display(radiance.r);
      const eg = display(radiance.g);
      const eb = display(radiance.b);
      r += er;
      g += eg;
      b += eb;
      const sum = er + eg + eb;
      if (sum < least) least = sum;
      if (sum > most) most = sum;
      lit += shaded.lit;
      if (k === 0) first = shaded.primitive;
      else if (shaded.primitive !== first) isOneThing = false;
    }
    mean.r = r / rays;
    mean.g = g / rays;
    mean.b = b / rays;
    // In a half shadow a few points of the sun would show as steps.
    const isMixed = most - least > faintest && (!isOneThing || (lit > 0 && lit < rays));
    mean.inner = isMixed ? mixed : most - least;
  }

  private isEdge(x: number, y: number, width: number, height: number, threshold: number): boolean {
    const i = y * width + x;
    return (
      (x > 0 && this.contrast(i, i - 1) > threshold) ||
      (x < width - 1 && this.contrast(i, i + 1) > threshold) ||
      (y > 0 && this.contrast(i, i - width) > threshold) ||
      (y < height - 1 && this.contrast(i, i + width) > threshold)
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
}
