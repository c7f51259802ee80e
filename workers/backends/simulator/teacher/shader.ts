import { surfaceClasses } from '../../../layout/classes';
import { addHaze, hazeAt, radiance, skyRadiance } from '../../../layout/light';
import type { Atmosphere } from '../../../layout/map-view';
import { occlusionAt } from '../../../layout/occlusion';
import { farthestM } from '../../../layout/render-map-view';
import { atBox, primitiveStride } from '../../../layout/primitives';
import type { SceneWindow } from '../../../layout/scene-window';
import { hit, hitSky, traceRay } from '../../../layout/trace';
import type { LightCache } from './light-cache';
import { indirect } from './light-cache';
import { look } from './look';
import { drawMaterial } from './materials';
import { openGround, openSky } from './sky-fill';
import { lift, SunDisc } from './sun-disc';
import { createSurface, surfaceAt, type Surface } from './surface';

const waterClass = surfaceClasses.indexOf('water');
const plantClass = surfaceClasses.indexOf('plant');
/** What water mirrors is near, or sky. */
const mirrorReachM = 40;
/** Share of open sky and ground that plants see between what stands around them. */
const aroundPlants = 0.8;
/** Surfaces of a pixel whose indirect light is kept for its other rays. */
const kept = 6;
const keptStride = 8;

/** What {@link Shader.shadeRay} found beside `radiance`, reused. */
export const shaded = { primitive: hitSky, distance: 0, lit: 0, turned: false };

/** Light along rays: materials, soft sun, cached light from everywhere else, mirrors, haze. */
export class Shader {
  private readonly surface = createSurface();
  private readonly mirrored = createSurface();
  private readonly disc: SunDisc;
  private readonly sky: readonly [number, number, number];
  private readonly ground: readonly [number, number, number];
  /** Per kept surface: primitive, normal, indirect light, contact. */
  private readonly keptLight = new Float64Array(kept * keptStride);
  private keptCount = 0;

  constructor(
    private readonly scene: SceneWindow,
    private readonly air: Atmosphere,
    private readonly cache: LightCache,
  ) {
    this.disc = new SunDisc(air);
    this.sky = openSky(air);
    this.ground = openGround(air);
  }

  /** The rays that follow belong to another pixel. */
  beginPixel(): void {
    this.keptCount = 0;
  }

  /** Primitives may be numbered anew from here. */
  beginPicture(): void {
    this.disc.forgetBlocker();
  }

  /**
   * Light along a ray from the eye, linear, into `radiance`; what was hit into {@link shaded}.
   * @param pixel angle of a pixel, radians @param sunPoint which point of the sun's disc to look at
   */
  shadeRay(
    ox: number,
    oy: number,
    oz: number,
    dx: number,
    dy: number,
    dz: number,
    pixel: number,
    sunPoint: number,
  ): void {
    const [sx, sy, sz] = this.air.sunDirection;
    const cosSun = dx * sx + dy * sy + dz * sz;
    traceRay(this.scene, ox, oy, oz, dx, dy, dz, farthestM, false);
    const { primitive, distance } = hit;
    if (primitive === hitSky) {
      skyRadiance(this.air, dy, cosSun);
      shaded.primitive = hitSky;
      shaded.distance = Number.POSITIVE_INFINITY;
      shaded.lit = 1;
      return;
    }
    const s = this.surface;
    surfaceAt(this.scene, primitive, ox, oy, oz, dx, dy, dz, distance, pixel, distance, s);
    this.light(s, dx, dy, dz, distance, sunPoint, true);
    const { lit } = shaded;
    if (s.classIndex === waterClass) this.mirror(s, dx, dy, dz, distance, pixel, sunPoint);
    addHaze(this.air, hazeAt(distance), cosSun);
    shaded.primitive = primitive;
    shaded.distance = distance;
    shaded.lit = lit;
  }

  /** Light that a point sends towards the eye, without what water mirrors, into `radiance`. */
  private light(s: Surface, dx: number, dy: number, dz: number, wayM: number, sunPoint: number, first: boolean): void {
    const { air } = this;
    drawMaterial(this.scene, air, s);
    const k = this.indirectOf(s, wayM, first);
    const kl = this.keptLight;
    const occlusion = kl[k + 7]!;
    const [sx, sy, sz] = air.sunDirection;
    const facing = s.nx * sx + s.ny * sy + s.nz * sz;
    const isPlant = s.classIndex === plantClass;
    let lit = 0;
    if (facing > 0) lit = this.disc.sees(this.scene, s.x, s.y, s.z, s.nx, s.ny, s.nz, sunPoint) ? 1 : 0;
    shaded.lit = lit;
    let sun = 0;
    if (lit > 0) {
      const bent = look.nx * sx + look.ny * sy + look.nz * sz;
      // Leaves scatter: light wraps round them a little.
      sun = isPlant ? (bent + 0.25) / 1.25 : bent;
      sun = sun > 0 ? sun * (1 - 0.12 * occlusion) * (1 - 0.6 * (1 - look.open)) : 0;
    }
    if (look.through > 0 && facing < 0.3) sun += this.throughLeaves(s, facing, sunPoint);
    const isWater = s.classIndex === waterClass;
    // Under water only a part of the sun's light comes back.
    if (isWater) sun *= 0.3;
    const open = look.open * (1 - 0.45 * occlusion) * (1 + 0.4 * (look.ny - s.ny)) * (isWater ? 0.6 : 1);
    const er = kl[k + 4]! * open;
    const eg = kl[k + 5]! * open;
    const eb = kl[k + 6]! * open;
    radiance.r = look.r * (sun * air.sunColor[0] + er);
    radiance.g = look.g * (sun * air.sunColor[1] + eg);
    radiance.b = look.b * (sun * air.sunColor[2] + eb);
    if (look.gloss > 0 && !isWater) this.glaze(dx, dy, dz, lit, (er + eg + eb) / (this.sky[0] + this.sky[1] + this.sky[2]));
  }

  /** Indirect light at a point; rays of one pixel that hit the same face share it. @returns offset into `keptLight` */
  private indirectOf(s: Surface, wayM: number, mayShare: boolean): number {
    const kl = this.keptLight;
    if (mayShare) {
      for (let k = 0; k < this.keptCount * keptStride; k += keptStride) {
        if (kl[k] === s.primitive && kl[k + 1]! * s.nx + kl[k + 2]! * s.ny + kl[k + 3]! * s.nz > 0.97) return k;
      }
    }
    const slot = Math.min(this.keptCount, kept - 1);
    // What was seen in a mirror may not be taken for the same face seen directly.
    if (mayShare) this.keptCount = slot + 1;
    const k = slot * keptStride;
    if (s.classIndex === plantClass) this.lookAround(s);
    else this.cache.lookUp(s, wayM);
    kl[k] = mayShare ? s.primitive : -3;
    kl[k + 1] = s.nx;
    kl[k + 2] = s.ny;
    kl[k + 3] = s.nz;
    kl[k + 4] = indirect.r;
    kl[k + 5] = indirect.g;
    kl[k + 6] = indirect.b;
    kl[k + 7] = occlusionAt(this.scene, s.primitive, s.x, s.y, s.z, s.nx, s.ny, s.nz);
    return k;
  }

  /** Leaves are too small for nodes of light: they get what an open place has, by the way they face. */
  private lookAround(s: Surface): void {
    const up = 0.5 + 0.5 * s.ny;
    indirect.r = aroundPlants * (up * this.sky[0] + (1 - up) * 0.5 * this.ground[0]);
    indirect.g = aroundPlants * (up * this.sky[1] + (1 - up) * 0.5 * this.ground[1]);
    indirect.b = aroundPlants * (up * this.sky[2] + (1 - up) * 0.5 * this.ground[2]);
  }

  /** Sun that comes through leaves from behind: asked at the far side of the plant. */
  private throughLeaves(s: Surface, facing: number, sunPoint: number): number {
    const [sx, sy, sz] = this.air.sunDirection;
    const p = this.scene.primitives;
    const b = s.primitive * primitiveStride + atBox;
    const thickM = Math.min(p[b + 3]! - p[b]!, p[b + 5]! - p[b + 2]!);
    const chord = thickM * (facing < 0 ? -facing : 0) + 0.02;
    const sees = this.disc.sees(this.scene, s.x + sx * chord, s.y + sy * chord, s.z + sz * chord, sx, sy, sz, sunPoint);
    return sees ? look.through * look.open * 0.5 * (0.3 - facing) * Math.exp(-1.2 * chord) : 0;
  }

  /** A thin clear coat: a soft picture of sky and ground, and of the sun. */
  private glaze(dx: number, dy: number, dz: number, lit: number, openness: number): void {
    const { air } = this;
    const { r, g, b } = radiance;
    const cosine = dx * look.nx + dy * look.ny + dz * look.nz;
    const rx = dx - 2 * cosine * look.nx;
    const ry = dy - 2 * cosine * look.ny;
    const rz = dz - 2 * cosine * look.nz;
    const grazing = 1 - Math.min(1, -cosine);
    const share = look.gloss * (0.06 + 0.7 * grazing ** 4);
    const [sx, sy, sz] = air.sunDirection;
    const toSun = rx * sx + ry * sy + rz * sz;
    const sun = lit > 0 && toSun > 0 ? 0.5 * look.gloss * toSun ** 160 + 0.08 * toSun ** 18 : 0;
    skyRadiance(air, ry, -1);
    const up = ry < -0.15 ? 0 : ry > 0.15 ? 1 : (ry + 0.15) / 0.3;
    const seen = openness < 1 ? openness : 1;
    const gr = this.ground[0] * 0.7;
    const gg = this.ground[1] * 0.7;
    const gb = this.ground[2] * 0.7;
    radiance.r = r + ((gr + (radiance.r - gr) * up) * seen - r) * share + sun * air.sunColor[0];
    radiance.g = g + ((gg + (radiance.g - gg) * up) * seen - g) * share + sun * air.sunColor[1];
    radiance.b = b + ((gb + (radiance.b - gb) * up) * seen - b) * share + sun * air.sunColor[2];
  }

  /** Mixes what water mirrors into `radiance`. Call right after {@link light}: the ripple is in `look`. */
  private mirror(s: Surface, dx: number, dy: number, dz: number, wayM: number, pixel: number, sunPoint: number): void {
    const { air, scene } = this;
    const { r, g, b } = radiance;
    const cosine = dx * look.nx + dy * look.ny + dz * look.nz;
    const share = 0.03 + 0.97 * (1 - Math.min(1, -cosine)) ** 4;
    const rx = dx - 2 * cosine * look.nx;
    const ry = Math.abs(dy - 2 * cosine * look.ny);
    const rz = dz - 2 * cosine * look.nz;
    const [sx, sy, sz] = air.sunDirection;
    const cosSun = rx * sx + ry * sy + rz * sz;
    const { x, y, z, nx, ny, nz } = s;
    traceRay(scene, x + nx * lift, y + ny * lift, z + nz * lift, rx, ry, rz, mirrorReachM, false);
    const { primitive, distance } = hit;
    if (primitive === hitSky) {
      skyRadiance(air, ry, cosSun);
      const glint = cosSun > 0 ? 3 * cosSun ** 900 : 0;
      radiance.r += glint * air.sunColor[0];
      radiance.g += glint * air.sunColor[1];
      radiance.b += glint * air.sunColor[2];
    } else {
      const m = this.mirrored;
      surfaceAt(scene, primitive, x, y, z, rx, ry, rz, distance, pixel, wayM + distance, m);
      this.light(m, rx, ry, rz, wayM + distance, sunPoint, false);
      addHaze(air, hazeAt(distance), cosSun);
    }
    radiance.r = r + (radiance.r - r) * share;
    radiance.g = g + (radiance.g - g) * share;
    radiance.b = b + (radiance.b - b) * share;
  }
}
