import { describe, expect, test } from 'vitest';
import { firstHeldoutSeed, firstTrainSeed, heldoutSeed, planWorld } from '../../../../src/bench/world/plan';
import { turnAt } from '../../../../src/bench/world/persistence';
import { Stroller, strollPoses } from '../../../../src/bench/world/stroller';
import { angleBetween, poseFromYawPitch } from '../../../../src/math/pose';
import * as training from '../../../../models/training/data/plan';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../../workers/layout/spawn';

const map = new CourtyardMap(6);

test('a stroll goes somewhere, never leaps and never stands in a wall', () => {
  const poses = strollPoses(map, chooseSpawn(map), 200);
  let way = 0;
  for (let k = 1; k < poses.length; k++) {
    const [a, b] = [poses[k - 1]!, poses[k]!];
    const step = Math.hypot(b[12]! - a[12]!, b[14]! - a[14]!);
    expect(step).toBeLessThan(0.2);
    expect(Math.hypot(step, b[13]! - a[13]!)).toBeLessThan(0.5);
    way += step;
  }
  expect(way).toBeGreaterThan(5);
});

test('metres walked are counted, and a stride that could pass through a wall is refused', () => {
  const stroller = new Stroller(map, chooseSpawn(map), 0.25);
  let [x, z, way] = [Number.NaN, Number.NaN, 0];
  for (let k = 0; k < 40; k++) {
    const pose = stroller.next();
    if (k > 0) way += Math.hypot(pose[12]! - x, pose[14]! - z);
    [x, z] = [pose[12]!, pose[14]!];
  }
  expect(way).toBeLessThanOrEqual(stroller.wayM + 1e-4);
  expect(way).toBeGreaterThan(stroller.wayM - 0.26);
  expect(() => new Stroller(map, chooseSpawn(map), 0.4)).toThrow(/0\.25 m/);
});

test('once round ends where it began', () => {
  const start = poseFromYawPitch([1, 1.6, 2], 0.7, 0);
  const turn = turnAt(start);
  expect(angleBetween(turn.at(-1)!, start)).toBeLessThan(1e-3);
  expect(angleBetween(turn[turn.length / 2 - 1]!, start)).toBeCloseTo(Math.PI, 2);
  expect([turn[5]![12], turn[5]![14]]).toEqual([1, 2]);
});

describe('worlds of a run', () => {
  test('are held out, whatever the seed, and another seed takes others', () => {
    expect([firstTrainSeed, firstHeldoutSeed]).toEqual([training.firstTrainSeed, training.firstHeldoutSeed]);
    for (const seed of [0, 6, 2 ** 31 - 1]) {
      for (const quick of [true, false]) {
        const { walks, loops, drifts } = planWorld(quick, seed);
        for (const walk of [...walks, ...loops, ...drifts]) {
          expect(walk.seed).toBeGreaterThanOrEqual(firstHeldoutSeed);
          expect(walk.seed).toBeLessThan(2 ** 31);
        }
      }
    }
    expect(heldoutSeed(6, 63)).toBeLessThan(heldoutSeed(7, 0));
  });

  test('a full run has three walks by day and at dusk, and what it samples fits together', () => {
    const plan = planWorld(false, 6);
    expect(plan.walks.map(({ hour }) => hour)).toEqual(['day', 'dusk', 'day', 'dusk', 'day', 'dusk']);
    expect([plan.framesPerWalk, plan.driftFrames, plan.loopLengthM]).toEqual([200, 1000, 20]);
    expect(plan.sheetFrames).toBeLessThanOrEqual(plan.framesPerWalk / plan.scoredEvery);
    expect(plan.tokenTrainSeeds).toBeLessThan(firstHeldoutSeed - firstTrainSeed);
  });
});
