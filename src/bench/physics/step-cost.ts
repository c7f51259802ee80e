import { quantileOf } from './quantile';
import { stepS } from '../../physics/physics-settings';
import { loadPhysics } from '../../physics/physics-world';
import type { PaintedSpot } from './painted-spot';
import { RecurringSurfaces, restlessMeshes } from './restless';
import type { StepRow } from './result';
import { planThrows } from './throw-plan';

const bodies = 100;
const warmSteps = 60;
const flyingSteps = 360;
const restingAfterSteps = 1800;
const restingSteps = 120;

/** What 100 bodies cost on a painted place, in flight and at rest, with new surfaces four times a second. */
export async function measureStepCost(world: number, spot: PaintedSpot): Promise<StepRow> {
  const physics = await loadPhysics();
  physics.setGround(null, spot.worldFromHead[13] - 1.6);
  for (const mesh of spot.meshes) {
    physics.setSurfaces(mesh);
    for (let k = 0; k < 40; k++) physics.step(stepS);
  }
  for (const { spec } of planThrows(spot.worldFromHead, bodies, world + 2)) physics.add(spec);
  const surfaces = new RecurringSurfaces(physics, restlessMeshes(spot));
  const plain: number[] = [];
  const building: number[] = [];
  const all: number[] = [];
  for (let k = 0; k < warmSteps + flyingSteps; k++) {
    surfaces.next();
    const { built } = physics.surfaces;
    const ms = timed(() => physics.step(stepS));
    if (k < warmSteps) continue;
    all.push(ms);
    (physics.surfaces.built > built ? building : plain).push(ms);
  }
  for (let k = 0; k < restingAfterSteps; k++) physics.step(stepS);
  const resting = Array.from({ length: restingSteps }, () => timed(() => physics.step(stepS)));
  const row: StepRow = {
    kind: 'step',
    world,
    flyingMs: quantileOf(all, 0.5),
    restingMs: quantileOf(resting, 0.5),
    p95Ms: quantileOf(all, 0.95),
    buildRatio: quantileOf(building, 0.5) / quantileOf(plain, 0.5),
    trianglesPerFrame: spot.meshes.at(-1)!.indexCount / 3,
    partsKept: physics.surfaces.parts.length,
    meshMs: spot.meshMs,
  };
  physics.dispose();
  return row;
}

function timed(work: () => void): number {
  const begunMs = performance.now();
  work();
  return performance.now() - begunMs;
}
