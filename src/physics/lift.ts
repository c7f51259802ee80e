import type { Collider, Ray } from '@dimforge/rapier3d-compat';
import type { Body } from './body';
import type { RapierModule } from './rapier';

/**
 * A floor that comes up by no more than this over the middle of what lay on the old one takes it along, metres. Things
 * that are farther below lie under something, such as a ledge.
 */
const mostOverMiddleM = 0.08;
const floorLike = 0.6;
/** Faster bodies were not lying on anything: what they fly through is for the engine to say, m/s. */
const restingMps = 0.3;

let ray: Ray | null = null;

/**
 * Bodies whose middle is below a new floor would fall through it, since its contacts are one-sided: they are put onto it
 * with the speed they had. Those whose middle is above it are pushed out by the engine, bit by bit.
 */
export function liftOnto(rapier: RapierModule, floor: Collider, bodies: readonly Body[]): void {
  ray ??= new rapier.Ray({ x: 0, y: 0, z: 0 }, { x: 0, y: -1, z: 0 });
  for (const body of bodies) {
    if (body.held) continue;
    const { now, velocity, radiusM, rigid } = body;
    if (Math.hypot(velocity[0]!, velocity[1]!, velocity[2]!) > restingMps) continue;
    ray.origin.x = now[0]!;
    ray.origin.y = now[1]! + mostOverMiddleM;
    ray.origin.z = now[2]!;
    const hit = floor.castRayAndGetNormal(ray, mostOverMiddleM, false);
    if (!hit || hit.normal.y < floorLike) continue;
    const lift = ray.origin.y - hit.timeOfImpact + radiusM - now[1]!;
    rigid.setTranslation({ x: now[0]!, y: now[1]! + lift, z: now[2]! }, true);
    body.asleep = false;
    now[1]! += lift;
    body.before[1]! += lift;
  }
}
