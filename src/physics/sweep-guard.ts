import type { Ray, World } from '@dimforge/rapier3d-compat';
import type { Body } from './body';
import { restitutionOf, surfaceQuery } from './physics-settings';
import type { RapierModule } from './rapier';
import type { SurfaceSet } from './surface-set';

/** A body that moves by less than this share of its radius in a step is pushed out in time. */
const unnoticedShare = 0.1;

/**
 * The last word against tunnelling: where a body's middle went through a surface from its front in one step, which the
 * engine lets happen at folds of a painted mesh and where a surface has just been replaced, it is put back before it and
 * bounces. Never adds energy.
 */
export class SweepGuard {
  /** How often it was needed. */
  caught = 0;
  private readonly ray: Ray;

  constructor(
    rapier: RapierModule,
    private readonly world: World,
    private readonly surfaces: SurfaceSet,
  ) {
    this.ray = new rapier.Ray({ x: 0, y: 0, z: 0 }, { x: 0, y: 0, z: 1 });
  }

  /** @param body as after the step @returns whether it was moved */
  keep({ now, before, velocity, radiusM, shape, rigid }: Body): boolean {
    const { ray } = this;
    const [wx, wy, wz] = [now[0]! - before[0]!, now[1]! - before[1]!, now[2]! - before[2]!];
    const way = Math.hypot(wx, wy, wz);
    if (way < unnoticedShare * radiusM) return false;
    ray.origin.x = before[0]!;
    ray.origin.y = before[1]!;
    ray.origin.z = before[2]!;
    ray.dir.x = wx / way;
    ray.dir.y = wy / way;
    ray.dir.z = wz / way;
    const hit = this.world.castRayAndGetNormal(ray, way, false, undefined, surfaceQuery);
    const eye = hit && this.surfaces.eyeOf(hit.collider.handle);
    if (!hit || !eye) return false;
    const t = hit.timeOfImpact;
    const [px, py, pz] = [before[0]! + ray.dir.x * t, before[1]! + ray.dir.y * t, before[2]! + ray.dir.z * t];
    const { x, y, z } = hit.normal;
    // The ray's own normal faces the ray; the surface's faces the eye that saw it.
    const side = x * (eye[0]! - px) + y * (eye[1]! - py) + z * (eye[2]! - pz) < 0 ? -1 : 1;
    const [nx, ny, nz] = [side * x, side * y, side * z];
    if (nx * wx + ny * wy + nz * wz >= 0) return false;
    this.caught++;
    const into = Math.min(0, velocity[0]! * nx + velocity[1]! * ny + velocity[2]! * nz);
    const change = -(1 + restitutionOf[shape]) * into;
    // To where it was: put right onto the surface, it would be lifted for nothing.
    rigid.setTranslation({ x: before[0]!, y: before[1]!, z: before[2]! }, true);
    rigid.setLinvel({ x: velocity[0]! + change * nx, y: velocity[1]! + change * ny, z: velocity[2]! + change * nz }, true);
    return true;
  }
}
