import type { Intrinsics, Pose } from '../../src/math/types';
import { surfaceClasses } from './classes';
import { display, radiance, skyRadiance, surfaceRadiance } from './light';
import type { Atmosphere, MapView } from './map-view';
import { groundColorIndex, groundTone } from './paving';
import { atClass, atColor, atTone, primitiveStride } from './primitives';
import type { SceneWindow } from './scene-window';
import { hit, hitGround, hitSky, normal, surfaceNormal, traceRay } from './trace';
import { worldNoise } from './world-noise';

const groundClass = surfaceClasses.indexOf('ground');
/** Rays end here; what is farther is haze. Matches the reach of {@link SceneWindow}. */
export const farthestM = 62;
/** Shadows of things farther than this are not missed in a court. */
const shadowReachM = 40;
const nearestInverseDepth = 4;
/** Lifts a shadow ray off its surface, metres. */
const shadowLift = 2e-3;

/**
 * Marches the semantic map from a pose: one ray and one hard shadow ray a pixel, plain shapes, flat colours.
 * `scene` must be built from plain shapes; it is centred on the camera here.
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
  const seed = scene.map.seed;
  let i = 0;
  for (let y = 0; y < camera.height; y++) {
    const cy = -(y + 0.5 - camera.cy) / camera.fy;
    for (let x = 0; x < camera.width; x++, i++) {
      const cx = (x + 0.5 - camera.cx) / camera.fx;
      const length = Math.sqrt(cx * cx + cy * cy + 1);
      const dx = (m[0]! * cx + m[4]! * cy - m[8]!) / length;
      const dy = (m[1]! * cx + m[5]! * cy - m[9]!) / length;
      const dz = (m[2]! * cx + m[6]! * cy - m[10]!) / length;
      const cosSun = dx * sx + dy * sy + dz * sz;
      out.elevation[i] = dy;
      out.cosSun[i] = cosSun;
      traceRay(scene, ox, oy, oz, dx, dy, dz, farthestM, false);
      if (hit.primitive === hitSky) {
        // The map knows no sun glow and no gradient near the horizon beyond the palette's two colours.
        skyRadiance(air, dy, -1);
        store(out, n, i, 0, 0, 0, 0, 0, 1, 0.5, 0.5);
        continue;
      }
      const primitive = hit.primitive;
      const t = hit.distance;
      const px = ox + dx * t;
      const py = oy + dy * t;
      const pz = oz + dz * t;
      surfaceNormal(scene, primitive, px, py, pz);
      const nx = normal.x;
      const ny = normal.y;
      const nz = normal.z;
      let lit = 0;
      if (nx * sx + ny * sy + nz * sz > 0) {
        const blocked = traceRay(
          scene,
          px + nx * shadowLift,
          py + ny * shadowLift,
          pz + nz * shadowLift,
          sx,
          sy,
          sz,
          shadowReachM,
          true,
        );
        lit = blocked ? 0 : 1;
      }
      const at = primitive * primitiveStride;
      const isGround = primitive === hitGround;
      const color = isGround ? groundColorIndex(px, pz) : scene.primitives[at + atColor]!;
      const tone = isGround ? groundTone(px, pz) : scene.primitives[at + atTone]!;
      surfaceRadiance(air, color * 3, tone, nx, ny, nz, lit, 1);
      store(
        out,
        n,
        i,
        Math.min(nearestInverseDepth, length / t),
        m[0]! * nx + m[1]! * ny + m[2]! * nz,
        m[4]! * nx + m[5]! * ny + m[6]! * nz,
        m[8]! * nx + m[9]! * ny + m[10]! * nz,
        isGround ? groundClass : scene.primitives[at + atClass]!,
        lit,
        worldNoise(seed, 0, px, py, pz),
        worldNoise(seed, 1, px, py, pz),
      );
    }
  }
}

function store(
  out: MapView,
  n: number,
  i: number,
  inverseDepth: number,
  right: number,
  up: number,
  back: number,
  surfaceClass: number,
  lit: number,
  noise0: number,
  noise1: number,
): void {
  out.color[i] = display(radiance.r);
  out.color[n + i] = display(radiance.g);
  out.color[2 * n + i] = display(radiance.b);
  out.inverseDepth[i] = inverseDepth;
  out.normal[i] = right;
  out.normal[n + i] = up;
  out.normal[2 * n + i] = back;
  out.classIndex[i] = surfaceClass;
  out.sunVisibility[i] = lit;
  out.noise[i] = noise0;
  out.noise[n + i] = noise1;
}
