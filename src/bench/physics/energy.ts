import { gravityMps2, impactStride, stepS } from '../../physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../physics/physics-world';
import type { PaintedSpot } from './painted-spot';
import { RecurringSurfaces, restlessMeshes } from './restless';
import type { EnergyRow } from './result';
import { planThrows } from './throw-plan';

/** A bounce is over after so many steps; slower touches are rolling. */
const stepsOfBounce = 4;
const leastSpeedMps = 0.5;
const longestSteps = 300;

/** Motion and height of a body, J/kg; its height counts from `fromY`. Null: there is no such body. */
export function energyOf(physics: PhysicsWorld, id: number, fromY: number): number | null {
  const rigid = physics.rigidOf(id);
  const shape = physics.shapeOf(id);
  if (!rigid || !shape) return null;
  const v = rigid.linvel();
  v.y -= physics.gravityKickMps;
  const w = rigid.angvel();
  const radius = shape === 'ball' ? rigid.collider(0).radius() : rigid.collider(0).halfExtents()!.x;
  const inertia = (shape === 'ball' ? 2 / 5 : 2 / 3) * radius * radius;
  const moving = (v.x * v.x + v.y * v.y + v.z * v.z) / 2;
  return moving + (inertia * (w.x * w.x + w.y * w.y + w.z * w.z)) / 2 + gravityMps2 * (rigid.translation().y - fromY);
}

/**
 * Throws one after the other onto painted surfaces that are being replaced, and weighs every bounce.
 * @param isRestless surfaces that move by 2 % of their distance each time, instead of those of the walk
 */
export async function measureEnergy(
  world: number,
  spot: PaintedSpot,
  throws: number,
  isRestless: boolean,
): Promise<EnergyRow> {
  const physics = await loadPhysics();
  physics.setGround(null, spot.worldFromHead[13] - 1.6);
  const surfaces = new RecurringSurfaces(physics, isRestless ? restlessMeshes(spot) : spot.meshes);
  const impacts = new Float32Array(16 * impactStride);
  let bounces = 0;
  let gainPct = Number.NEGATIVE_INFINITY;
  for (const { spec } of planThrows(spot.worldFromHead, throws, world + 1)) {
    const id = physics.add(spec);
    physics.takeImpacts(impacts);
    const recent: { energy: number; y: number }[] = [];
    for (let step = 0; step < longestSteps; step++) {
      surfaces.next();
      recent.push({ energy: energyOf(physics, id, 0)!, y: physics.rigidOf(id)!.translation().y });
      physics.step(stepS);
      const count = physics.takeImpacts(impacts);
      const isBounce = count > 0 && impacts[6]! >= leastSpeedMps;
      if (!isBounce) continue;
      const { energy, y } = recent.at(-1)!;
      let after = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < stepsOfBounce; k++) {
        after = Math.max(after, energyOf(physics, id, 0)!);
        surfaces.next();
        physics.step(stepS);
      }
      physics.takeImpacts(impacts);
      bounces++;
      // Heights count from where it was: what it had to lose is its motion.
      const motion = Math.max(energy - gravityMps2 * y, leastSpeedMps ** 2 / 2);
      gainPct = Math.max(gainPct, (100 * (after - energy)) / motion);
    }
    physics.remove(id);
  }
  const replaced = physics.surfaces.removed;
  physics.dispose();
  return { kind: 'energy', isRestless, world, bounces, gainPct, replaced };
}
