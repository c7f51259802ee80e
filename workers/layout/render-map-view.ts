import type { Intrinsics, Pose } from '../../src/math/types';
import { surfaceClasses } from './classes';
import { addHaze, display, hazeAt, radiance, skyRadiance, surfaceRadiance } from './light';
import { clearDetail, detail, detailAt, footprintM, turnJoints, waterClass } from './map-detail';
import type { Atmosphere, MapView } from './map-view';
import { groundColorIndex, groundTone } from './paving';
import { atClass, atColor, atTone, primitiveStride } from './primitives';
import type { SceneWindow } from './scene-window';
import { hit, hitGround, hitSky, normal, surfaceNormal, traceRay } from './trace';

const groundClass = surfaceClasses.indexOf('ground');
/** Rays end here; what is farther is haze. Matches the reach of {@link SceneWindow}. */
export const farthestM = 62;
/** Shadows of things farther than this are not missed in a court. */
const shadowReachM = 40;
/** What water mirrors is near, or sky. */
const mirrorReachM = 30;
const nearestInverseDepth = 4;
/** Lifts a shadow ray off its surface, metres. */
const shadowLift = 2e-3;

/** What {@link shadeFlat} found beside {@link radiance}, reused. */
const surface = { nx: 0, ny: 1, nz: 0, lit: 0, classIndex: 0 };

/**
 * Marches the semantic map from a pose: one ray and one hard shadow ray a pixel, plain shapes, flat colours; water
 * mirrors them. `scene` must be built from plain shapes; it is centred on the camera here.
 */
export function renderMapView(
  scene: SceneWindow,
  air: Atmosphere,
  worldFromCamera: Pose,
  camera: Intrinsics,
  out: MapView,
): void {
  const m = worldFromCamera;
  const ox = m[12]!;
  const oy = m[13]!;
  const oz = m[14]!;
  scene.centreOn(ox, oz);
  const n = camera.width * camera.height;
  const [sx, sy, sz] = air.sunDirection;
  const pixel = 1 / camera.fx;
  let i = 0;
  for (let y = 0; y < camera.height; y++) {
    const cy = -(y + 0.5 - camera.cy) / camera.fy;
    for (let x = 0; x < camera.width; x++, i++) {
      const cx = (x + 0.5 - camera.cx) / camera.fx;
      const length = Math.sqrt(cx * cx + cy * cy + 1);
      const dx = (m[0]! * cx + m[4]! * cy - m[8]!) / length;
      const dy = (m[1]! * cx + m[5]! * cy - m[9]!) / length;
      const dz = (m[2]! * cx + m[6]! * cy - m[10]!) / length;
      out.elevation[i] = dy;
      out.cosSun[i] = dx * sx + dy * sy + dz * sz;
      traceRay(scene, ox, oy, oz, dx, dy, dz, farthestM, false);
      if (hit.primitive === hitSky) {
        // The map knows no sun glow and no gradient near the horizon beyond the palette's two colours.
        skyRadiance(air, dy, -1);
        clearDetail();
        surface.nx = surface.ny = surface.nz = surface.classIndex = 0;
        surface.lit = 1;
        store(out, n, i, 0, m);
        continue;
      }
      const t = hit.distance;
      const px = ox + dx * t;
      const py = oy + dy * t;
      const pz = oz + dz * t;
      shadeFlat(scene, air, hit.primitive, px, py, pz);
      const { classIndex, nx, ny, nz } = surface;
      const facing = -(dx * nx + dy * ny + dz * nz);
      detailAt(scene.map.seed, classIndex, px, py, pz, nx, ny, nz, footprintM(t, pixel / length, facing));
      turnJoints(m[0]!, m[2]!);
      if (classIndex === waterClass && ny > 0.5) mirror(scene, air, px, py, pz, dx, dy, dz);
      store(out, n, i, Math.min(nearestInverseDepth, length / t), m);
    }
  }
}

/** Flat light of a hit into {@link radiance}, the rest into {@link surface}. */
function shadeFlat(scene: SceneWindow, air: Atmosphere, primitive: number, x: number, y: number, z: number): void {
  surfaceNormal(scene, primitive, x, y, z);
  const { x: nx, y: ny, z: nz } = normal;
  const [sx, sy, sz] = air.sunDirection;
  let lit = 0;
  if (nx * sx + ny * sy + nz * sz > 0) {
    const lift = shadowLift;
    const blocked = traceRay(scene, x + nx * lift, y + ny * lift, z + nz * lift, sx, sy, sz, shadowReachM, true);
    lit = blocked ? 0 : 1;
  }
  const at = primitive * primitiveStride;
  const isGround = primitive === hitGround;
  const color = isGround ? groundColorIndex(x, z) : scene.primitives[at + atColor]!;
  const tone = isGround ? groundTone(x, z) : scene.primitives[at + atTone]!;
  surfaceRadiance(air, color * 3, tone, nx, ny, nz, lit, 1);
  surface.nx = nx;
  surface.ny = ny;
  surface.nz = nz;
  surface.lit = lit;
  surface.classIndex = isGround ? groundClass : scene.primitives[at + atClass]!;
}

/** Mixes what level water mirrors into {@link radiance}, by Schlick's approximation of Fresnel's law (1994). */
function mirror(
  scene: SceneWindow,
  air: Atmosphere,
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
): void {
  const { r, g, b } = radiance;
  const { nx, ny, nz, lit, classIndex } = surface;
  const share = 0.02 + 0.98 * (1 - Math.min(1, -dy)) ** 5;
  traceRay(scene, x, y + shadowLift, z, dx, -dy, dz, mirrorReachM, false);
  if (hit.primitive === hitSky) skyRadiance(air, -dy, -1);
  else {
    const t = hit.distance;
    shadeFlat(scene, air, hit.primitive, x + dx * t, y - dy * t, z + dz * t);
    addHaze(air, hazeAt(t), -1);
  }
  radiance.r = r + (radiance.r - r) * share;
  radiance.g = g + (radiance.g - g) * share;
  radiance.b = b + (radiance.b - b) * share;
  surface.nx = nx;
  surface.ny = ny;
  surface.nz = nz;
  surface.lit = lit;
  surface.classIndex = classIndex;
}

/** One pixel from {@link radiance}, {@link surface} and {@link detail}. */
function store(out: MapView, n: number, i: number, inverseDepth: number, m: Pose): void {
  const { nx, ny, nz } = surface;
  out.color[i] = display(radiance.r);
  out.color[n + i] = display(radiance.g);
  out.color[2 * n + i] = display(radiance.b);
  out.inverseDepth[i] = inverseDepth;
  out.normal[i] = m[0]! * nx + m[1]! * ny + m[2]! * nz;
  out.normal[n + i] = m[4]! * nx + m[5]! * ny + m[6]! * nz;
  out.normal[2 * n + i] = m[8]! * nx + m[9]! * ny + m[10]! * nz;
  out.classIndex[i] = surface.classIndex;
  out.sunVisibility[i] = surface.lit;
  for (let octave = 0; octave < 3; octave++) out.noise[octave * n + i] = detail.noise[octave]!;
  out.tile[i] = detail.jointAlong;
  out.tile[n + i] = detail.jointUp;
  out.tile[2 * n + i] = detail.tone;
}
