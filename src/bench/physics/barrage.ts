import { createRandom } from '../../math/hash';
import { headingYaw, poseFromYawPitch } from '../../math/pose';
import { unknownSlackM } from '../../physics/ground-rule';
import { stepS, surfaceQuery } from '../../physics/physics-settings';
import { loadPhysics, type PhysicsWorld } from '../../physics/physics-world';
import type { PaintedSpot } from './painted-spot';
import { RecurringSurfaces, restlessMeshes } from './restless';
import type { BarrageRow } from './result';

const speedMps = 20;
const degree = Math.PI / 180;
/** One ball every so many steps, followed for so many. */
const stepsBetween = 12;
const stepsAfter = 120;

/** Balls of all sizes at floors and walls, while surfaces are replaced: which of them pass? */
export async function measureBarrage(world: number, spot: PaintedSpot, balls: number): Promise<BarrageRow> {
  const physics = await loadPhysics();
  physics.setGround(null, spot.worldFromHead[13] - 1.6);
  const surfaces = new RecurringSurfaces(physics, restlessMeshes(spot));
  for (let k = 0; k < 60; k++) oneStep(physics, surfaces);
  const random = createRandom(world);
  const yaw = headingYaw(spot.worldFromHead);
  const from = [spot.worldFromHead[12], spot.worldFromHead[13] - 0.2, spot.worldFromHead[14]];
  const floor = new Set<number>();
  const through = new Set<number>();
  const last = new Map<number, [number, number, number]>();
  for (let step = 0; step < balls * stepsBetween + stepsAfter; step++) {
    if (step % stepsBetween === 0 && step < balls * stepsBetween) {
      const turn = yaw + 90 * (random() - 0.5) * degree;
      const up = (-65 + 70 * random()) * degree;
      const id = physics.add({
        shape: random() < 0.25 ? 'cube' : 'ball',
        radiusM: 0.03 + 0.2 * random() ** 2,
        worldFromBody: poseFromYawPitch(from, turn, 0),
        velocityMps: [-Math.sin(turn) * Math.cos(up) * speedMps, Math.sin(up) * speedMps, -Math.cos(turn) * Math.cos(up) * speedMps],
        angularRadPerS: [0, 0, 0],
      });
      last.set(id, [from[0]!, from[1]!, from[2]!]);
    }
    oneStep(physics, surfaces);
    for (let i = 0; i < physics.count; i++) {
      const id = physics.ids[i]!;
      // Not the pose that is drawn: that is up to a step old, and the surfaces are of now.
      const { x, y, z } = physics.rigidOf(id)!.translation();
      const before = last.get(id)!;
      if (y < Math.min(0, physics.surfaces.lowestFloorY ?? 0) - unknownSlackM - 0.01) floor.add(id);
      if (crosses(physics, before, x, y, z, spot)) through.add(id);
      last.set(id, [x, y, z]);
    }
  }
  const { caught } = physics.sweep;
  const replaced = physics.surfaces.removed;
  physics.dispose();
  return { kind: 'barrage', world, balls, throughFloor: floor.size, throughSurface: through.size, caught, replaced };
}

function oneStep(physics: PhysicsWorld, surfaces: RecurringSurfaces): void {
  surfaces.next();
  physics.step(stepS);
}

/** Whether a body's middle went through a surface from the side that the visitor sees. */
function crosses({ rapier, world }: PhysicsWorld, before: readonly number[], x: number, y: number, z: number, spot: PaintedSpot): boolean {
  const way = [x - before[0]!, y - before[1]!, z - before[2]!];
  const length = Math.hypot(way[0]!, way[1]!, way[2]!);
  if (length < 1e-6) return false;
  const dir = { x: way[0]! / length, y: way[1]! / length, z: way[2]! / length };
  const ray = new rapier.Ray({ x: before[0]!, y: before[1]!, z: before[2]! }, dir);
  const hit = world.castRayAndGetNormal(ray, length, false, undefined, surfaceQuery);
  if (!hit) return false;
  // A surface has one side, that towards the eye; from behind it may be passed.
  const { normal, timeOfImpact } = hit;
  const eye = spot.meshes.at(-1)!.worldFromCamera;
  const point = ray.pointAt(timeOfImpact);
  const eyeSide = normal.x * (eye[12]! - point.x) + normal.y * (eye[13]! - point.y) + normal.z * (eye[14]! - point.z);
  return eyeSide * (normal.x * dir.x + normal.y * dir.y + normal.z * dir.z) < 0;
}
