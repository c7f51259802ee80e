import { OpenedWorld } from './world/opened-world';
import { findWorldPackages } from './world-suite';
import { measureBarrage } from './physics/barrage';
import { measureEnergy } from './physics/energy';
import { measureGravity } from './physics/gravity';
import { measureOcclusion } from './physics/occlusion';
import { occlusionPlan } from './physics/occlusion-plan';
import { walkToSpot } from './physics/painted-spot';
import { planPhysics } from './physics/plan';
import type { PhysicsResult, PhysicsRow } from './physics/result';
import { measureStepCost } from './physics/step-cost';
import { rowsOf, summarise, throwsOf } from './physics/summary';
import { measureThrows } from './physics/throws';

export type PhysicsOptions = { quick: boolean; seed: number; onProgress: (text: string) => void };

/**
 * Balls and cubes in painted worlds, against the same throws in the true geometry; and what must hold whatever is painted:
 * gravity, no tunnelling, no energy from nothing.
 */
export async function benchPhysics({ quick, seed, onProgress }: PhysicsOptions): Promise<PhysicsResult> {
  const begunMs = performance.now();
  const plan = planPhysics(quick, seed);
  const rows: PhysicsRow[] = [];
  onProgress('free fall');
  rows.push(...(await measureGravity(plan.falls, seed)));
  const [manifestFile] = findWorldPackages();
  const world = await OpenedWorld.open(manifestFile, { map: 'true' });
  try {
    for (const [k, worldSeed] of plan.worldSeeds.entries()) {
      const where = `world ${k + 1} of ${plan.worldSeeds.length}`;
      onProgress(`${where}: a short walk`);
      const spot = await walkToSpot(world, worldSeed, plan.walkFrames);
      onProgress(`${where}: throws`);
      rows.push(...(await measureThrows(world, spot, worldSeed, plan.throwsPerWorld)));
      onProgress(`${where}: barrage`);
      rows.push(await measureBarrage(worldSeed, spot, plan.barrageBalls));
      onProgress(`${where}: bounces`);
      for (const isRestless of [false, true]) rows.push(await measureEnergy(worldSeed, spot, plan.throwsPerWorld, isRestless));
      onProgress(`${where}: cost`);
      rows.push(await measureStepCost(worldSeed, spot));
    }
  } finally {
    await world.close();
  }
  const occlusion = await measureOcclusion(occlusionPlan(quick, seed, onProgress), manifestFile);
  return {
    counts: {
      quick,
      seed,
      worlds: plan.worldSeeds.length,
      throws: throwsOf(rows, 'page').length,
      balls: rowsOf(rows, 'barrage').reduce((sum, row) => sum + row.balls, 0),
      bounces: rowsOf(rows, 'energy').reduce((sum, row) => sum + row.bounces, 0),
      seconds: (performance.now() - begunMs) / 1000,
    },
    rows,
    occlusion,
    summary: summarise(rows, occlusion.iouP50),
    notes: [
      'The truth is the same throw, by the same engine, against the very shapes that the teacher’s rays hit: boxes, cylinders and balls as they are, leaves and arches as convex pieces (at most 4 % of a radius off).',
      'The painter is given the map of the true world, so floors and walls that the map tells come out nearly exact; what it has to guess are mouldings, capitals and leaves.',
      'A landing is the first touch of a surface that one could stand on (normal up by more than 0.7), after whatever bounces.',
      'The barrage, the cost and the restless bounces happen while every mesh disagrees with the one before by 2 % of its depth, so that colliders are always being replaced: worse than any painter.',
    ],
  };
}
