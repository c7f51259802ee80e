import { distanceToShapes } from '../../../layout/distance';
import { radiance } from '../../../layout/light';
import type { Atmosphere } from '../../../layout/map-view';
import { atColor, atTone, primitiveStride } from '../../../layout/primitives';
import { groundColorIndex } from '../../../layout/paving';
import type { SceneWindow } from '../../../layout/scene-window';
import { hit, hitGround, hitSky, normal, surfaceNormal, traceRay } from '../../../layout/trace';
import { chart, chartOf, node, nodeAt } from './chart';
import { NodeTable, nodeStride } from './node-table';
import { openGround, openSky, skyLight } from './sky-fill';
import type { Surface } from './surface';
import { lift } from './sun-disc';

/** Light that reaches a surface from everywhere but the sun, linear RGB; reused. */
export const indirect = { r: 0, g: 0, b: 0 };

/** Nearest nodes are this far apart, metres; farther from the eye twice as far at each level. */
const nearSpacingM = 0.3;
/** Spacing over distance from the eye: about nine pixels of a 128-texel picture. */
const spacingPerM = 0.17;
const topLevel = 4;
/** Nodes of this level and coarser ones are far away and look round with half the rays. */
const farLevel = 2;
/** How far a node looks, metres; what stands farther is as bright as sky and ground together. */
const gatherReachM = 18;
const nodeLiftM = 0.015;
/** A face narrower than this share of the spacing has its nodes on its middle line; their index there. */
const narrow = 0.4;
const middleIndex = 2046;
/** Faces have no edge beyond this, metres: the ground's lattice begins at the world's origin. */
const farAwayM = 1e8;
/** What is seen is itself lit by sky and bounces: this share of the open sky. */
const secondBounce = 0.5;
const tableBits = 17;

/**
 * Sky light with occlusion and one bounce of the sun, kept at nodes on the surfaces of the world ("irradiance caching",
 * Ward 1988, on fixed lattices). A node depends on the world alone, so pictures from two poses agree, and pictures of one
 * walk share the work. Between nodes light is interpolated: no grain.
 */
export class LightCache {
  private readonly table = new NodeTable(tableBits);
  private readonly directions: Float64Array;
  private readonly fewDirections: Float64Array;
  private readonly sky: readonly [number, number, number];
  private readonly ground: readonly [number, number, number];
  private originI = Number.NaN;
  private originJ = Number.NaN;
  private version: number | undefined;
  private readonly sum = new Float64Array(4);
  /** Nodes computed so far, for measurements. */
  nodesComputed = 0;

  constructor(
    private readonly scene: SceneWindow,
    private readonly air: Atmosphere,
    readonly rays: number,
  ) {
    this.directions = cosineDirections(rays);
    this.fewDirections = cosineDirections(Math.ceil(rays / 2));
    this.sky = openSky(air);
    this.ground = openGround(air);
  }

  /** Must be called after the window moved or its map grew: nodes are numbered by its primitives. */
  follow(): void {
    const { originI, originJ, map } = this.scene;
    if (this.originI === originI && this.originJ === originJ && this.version === map.version) return;
    this.originI = originI;
    this.originJ = originJ;
    this.version = map.version;
    this.table.clear();
  }

  /** Light at a surface point, into {@link indirect}. @param wayM distance from the eye, which sets how fine it is */
  lookUp(s: Surface, wayM: number): void {
    chartOf(this.scene, s);
    const fine = Math.log2(Math.max(1, (wayM * spacingPerM) / nearSpacingM));
    const level = Math.min(topLevel, Math.floor(fine));
    const blend = chart.stepU > 0 && chart.stepV > 0 ? 0 : Math.min(1, fine - level);
    const { sum } = this;
    sum.fill(0);
    this.addLevel(s, chart.stepU > 0 && chart.stepV > 0 ? 0 : level, 1 - blend);
    if (blend > 0) this.addLevel(s, level + 1, blend);
    if (sum[3]! <= 1e-6) {
      // Every node nearby lies inside something: look from the point itself.
      this.gather(this.directions, s.x, s.y, s.z, s.nx, s.ny, s.nz);
      return;
    }
    const share = 1 / sum[3]!;
    indirect.r = sum[0]! * share;
    indirect.g = sum[1]! * share;
    indirect.b = sum[2]! * share;
  }

  /** Adds the four nodes of one level around the point of {@link chart}. */
  private addLevel(s: Surface, level: number, weight: number): void {
    const { face, u, v, u0, u1, v0, v1 } = chart;
    const spacing = nearSpacingM * 2 ** level;
    alongAxis(u, u0, u1, chart.stepU > 0 ? chart.stepU : spacing, axisU);
    alongAxis(v, v0, v1, chart.stepV > 0 ? chart.stepV : spacing, axisV);
    // A small face has the same nodes at every level from some level on.
    const own = axisU.index === middleIndex && axisV.index === middleIndex ? topLevel + 2 : level;
    const iu = axisU.index;
    const iv = axisV.index;
    const tu = axisU.share;
    const tv = axisV.share;
    const wa = (1 - tu) * weight;
    const wb = tu * weight;
    if (wa * (1 - tv) > 0) this.addNode(s.primitive, face, own, iu, iv, axisU.a, axisV.a, wa * (1 - tv));
    if (wb * (1 - tv) > 0) this.addNode(s.primitive, face, own, iu + 1, iv, axisU.b, axisV.a, wb * (1 - tv));
    if (wa * tv > 0) this.addNode(s.primitive, face, own, iu, iv + 1, axisU.a, axisV.b, wa * tv);
    if (wb * tv > 0) this.addNode(s.primitive, face, own, iu + 1, iv + 1, axisU.b, axisV.b, wb * tv);
  }

  private addNode(
    primitive: number,
    face: number,
    level: number,
    iu: number,
    iv: number,
    u: number,
    v: number,
    weight: number,
  ): void {
    const { table, sum } = this;
    // 11 bits a coordinate: a window is 600 nodes wide at the finest level.
    const key = (((primitive + 1) * 16 + face) * 8 + level) * 4194304 + (iu & 2047) * 2048 + (iv & 2047);
    let place = table.place(key);
    if (!table.has(place)) {
      nodeAt(this.scene, primitive, face, u, v);
      const { x, y, z, nx, ny, nz } = node;
      const px = x + nx * nodeLiftM;
      const py = y + ny * nodeLiftM;
      const pz = z + nz * nodeLiftM;
      const usable = py > 0 && distanceToShapes(this.scene, px, py, pz, 0.05) > 0;
      if (usable) this.gather(level < farLevel ? this.directions : this.fewDirections, px, py, pz, nx, ny, nz);
      place = table.take(key, place);
      const at = place * nodeStride;
      table.values[at] = indirect.r;
      table.values[at + 1] = indirect.g;
      table.values[at + 2] = indirect.b;
      table.values[at + 3] = usable ? 1 : 0;
      this.nodesComputed++;
    }
    const at = place * nodeStride;
    if (table.values[at + 3] === 0) return;
    sum[0]! += weight * table.values[at]!;
    sum[1]! += weight * table.values[at + 1]!;
    sum[2]! += weight * table.values[at + 2]!;
    sum[3]! += weight;
  }

  /** Looks round from a point in fixed directions over its hemisphere, into {@link indirect}. */
  private gather(
    directions: Float64Array,
    x: number,
    y: number,
    z: number,
    nx: number,
    ny: number,
    nz: number,
  ): void {
    const { air, scene } = this;
    const [sx, sy, sz] = air.sunDirection;
    // A frame that does not spin with the normal: tangent t across it, b along it.
    const flip = Math.abs(ny) > 0.9;
    let tx = flip ? 1 : -nz;
    let ty = 0;
    let tz = flip ? 0 : nx;
    const along = tx * nx + tz * nz;
    tx -= along * nx;
    ty -= along * ny;
    tz -= along * nz;
    const length = Math.sqrt(tx * tx + ty * ty + tz * tz);
    tx /= length;
    ty /= length;
    tz /= length;
    const bx = ny * tz - nz * ty;
    const by = nz * tx - nx * tz;
    const bz = nx * ty - ny * tx;
    let r = 0;
    let g = 0;
    let b = 0;
    for (let k = 0; k < directions.length; k += 3) {
      const a = directions[k]!;
      const c = directions[k + 1]!;
      const h = directions[k + 2]!;
      const dx = tx * a + bx * c + nx * h;
      const dy = ty * a + by * c + ny * h;
      const dz = tz * a + bz * c + nz * h;
      traceRay(scene, x, y, z, dx, dy, dz, gatherReachM, false);
      if (hit.primitive !== hitSky) {
        this.addBounce(x, y, z, dx, dy, dz);
        r += radiance.r;
        g += radiance.g;
        b += radiance.b;
      } else if (dy > 0) {
        skyLight(air, dy, dx * sx + dy * sy + dz * sz);
        r += radiance.r;
        g += radiance.g;
        b += radiance.b;
      } else {
        r += this.ground[0];
        g += this.ground[1];
        b += this.ground[2];
      }
    }
    const share = 3 / directions.length;
    indirect.r = r * share;
    indirect.g = g * share;
    indirect.b = b * share;
  }

  /** Light that the point just hit by a gathering ray sends back, into {@link radiance}. */
  private addBounce(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): void {
    const { scene, air } = this;
    const { primitive, distance } = hit;
    const x = ox + dx * distance;
    const y = oy + dy * distance;
    const z = oz + dz * distance;
    surfaceNormal(scene, primitive, x, y, z);
    const { x: nx, y: ny, z: nz } = normal;
    const isGround = primitive === hitGround;
    const at = primitive * primitiveStride;
    const color = 3 * (isGround ? groundColorIndex(x, z) : scene.primitives[at + atColor]!);
    const tone = isGround ? 1 : scene.primitives[at + atTone]!;
    const [sx, sy, sz] = air.sunDirection;
    let facing = nx * sx + ny * sy + nz * sz;
    if (
      facing > 0 &&
      traceRay(scene, x + nx * lift, y + ny * lift, z + nz * lift, sx, sy, sz, gatherReachM, true)
    ) {
      facing = 0;
    }
    const direct = facing > 0 ? facing : 0;
    const ambient = secondBounce * (0.7 + 0.3 * ny);
    const p = air.palette;
    radiance.r = p[color]! * tone * (direct * air.sunColor[0] + ambient * this.sky[0]);
    radiance.g = p[color + 1]! * tone * (direct * air.sunColor[1] + ambient * this.sky[1]);
    radiance.b = p[color + 2]! * tone * (direct * air.sunColor[2] + ambient * this.sky[2]);
  }
}

/** Two nodes beside a point along one axis of a face: index of the first, both places, share of the second. */
type Axis = { index: number; a: number; b: number; share: number };
const axisU: Axis = { index: 0, a: 0, b: 0, share: 0 };
const axisV: Axis = { index: 0, a: 0, b: 0, share: 0 };

/** Nodes lie on a lattice that begins at the face's edge, the last one on its other edge; a narrow face has one. */
function alongAxis(place: number, low: number, high: number, step: number, out: Axis): void {
  const size = high - low;
  if (size < narrow * step) {
    out.index = middleIndex;
    out.a = (low + high) * 0.5;
    out.b = out.a;
    out.share = 0;
    return;
  }
  const origin = low > -farAwayM ? low : 0;
  out.index = Math.floor((origin === low && place < low ? 0 : place - origin) / step);
  out.a = Math.min(high, origin + out.index * step);
  out.b = Math.min(high, out.a + step);
  out.share = out.b > out.a ? clamp((place - out.a) / (out.b - out.a), 0, 1) : 0;
}

/** Directions over the hemisphere about +z, as dense as the cosine (Vogel's disc, lifted: Malley's method). */
function cosineDirections(count: number): Float64Array {
  const out = new Float64Array(3 * count);
  for (let k = 0; k < count; k++) {
    const radius = Math.sqrt((k + 0.5) / count);
    const angle = k * Math.PI * (3 - Math.sqrt(5));
    out[3 * k] = radius * Math.cos(angle);
    out[3 * k + 1] = radius * Math.sin(angle);
    out[3 * k + 2] = Math.sqrt(1 - radius * radius);
  }
  return out;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
