import { describe, expect, test } from 'vitest';
import { goesTheWay, poseError, bFromA, afterMove } from '../../../../src/bench/world/control';
import { solvePose } from '../../../../src/bench/world/pose-solver';
import { solveSymmetric } from '../../../../src/bench/world/solve-linear';
import { createAction } from '../../../../src/action/action-codec';
import { createRandom } from '../../../../src/math/hash';
import { createPose, poseFromYawPitch } from '../../../../src/math/pose';
import type { Pose } from '../../../../src/math/types';
import { Simulator } from '../../../../workers/backends/simulator/simulator';
import { MapCollider } from '../../../../workers/layout/collision';
import { CourtyardMap } from '../../../../workers/layout/courtyards';
import { median } from './numbers';

const seed = 1_000_123;

async function pictureAt(simulator: Simulator, pose: Pose) {
  const action = createAction();
  action.worldFromPredictedHead.set(pose);
  const { color, inverseDepth } = await simulator.step(action);
  return { color: color.slice(), inverseDepth: inverseDepth!.slice() };
}

describe('pose change from two pictures with depth', () => {
  test('exact pictures give the exact step, from no guess at all', async () => {
    const simulator = new Simulator(128);
    const { worldFromHead } = await simulator.open(seed, null);
    const collider = new MapCollider(new CourtyardMap(seed));
    const random = createRandom(4);
    const rotations: number[] = [];
    const translations: number[] = [];
    for (let k = 0; k < 12; k++) {
      const start = poseFromYawPitch([worldFromHead[12], 1.6, worldFromHead[14]], random() * 6.28, 0.2 * random() - 0.1);
      const way = random() * 6.28;
      const move = { rightM: 0.2 * Math.cos(way), backM: 0.2 * Math.sin(way), turnRad: 0.1 * (2 * random() - 1) };
      const end = afterMove(collider, start, move);
      if (!end) continue;
      const found = solvePose(await pictureAt(simulator, start), await pictureAt(simulator, end), simulator.info.camera);
      const { rotationDeg, translationPct } = poseError(found, bFromA(start, end));
      rotations.push(rotationDeg);
      translations.push(translationPct);
    }
    expect(rotations.length).toBeGreaterThan(6);
    expect(median(rotations)).toBeLessThan(0.1);
    expect(median(translations)).toBeLessThan(2);
  }, 60_000);

  test('pictures of other places give no small error by chance', async () => {
    const simulator = new Simulator(128);
    const { worldFromHead } = await simulator.open(seed, null);
    const at = [worldFromHead[12], 1.6, worldFromHead[14]];
    const a = poseFromYawPitch(at, 0, 0);
    const still = solvePose(await pictureAt(simulator, a), await pictureAt(simulator, a), simulator.info.camera);
    const asked = bFromA(a, poseFromYawPitch([at[0]! + 0.2, at[1]!, at[2]!], 0.1, 0));
    expect(poseError(still, asked).translationPct).toBeGreaterThan(90);
    expect(poseError(still, asked).rotationDeg).toBeGreaterThan(5);
  });
});

describe('counterfactual', () => {
  const move = (x: number, yaw: number): Pose => poseFromYawPitch([x, 0, 0], yaw, 0);
  test('the right way counts, the other way and standing still do not', () => {
    expect(goesTheWay(move(0.21, 0), move(0.2, 0))).toBe(true);
    expect(goesTheWay(move(-0.2, 0), move(0.2, 0))).toBe(false);
    expect(goesTheWay(createPose(), move(0.2, 0))).toBe(false);
    expect(goesTheWay(move(0, 0.08), move(0, 0.07))).toBe(true);
    expect(goesTheWay(move(0, -0.07), move(0, 0.07))).toBe(false);
  });
});

test('a symmetric system is solved; one without a solution says so', () => {
  const matrix = Float64Array.of(4, 2, 0, 2, 5, 1, 0, 1, 3);
  const x = [1, -2, 0.5];
  const right = Float64Array.from([0, 1, 2], (r) => x.reduce((sum, value, c) => sum + value * matrix[r * 3 + c]!, 0));
  expect(solveSymmetric(matrix.slice(), right)).toBe(true);
  right.forEach((value, k) => expect(value).toBeCloseTo(x[k]!, 9));
  expect(solveSymmetric(Float64Array.of(1, 1, 1, 1), Float64Array.of(1, 1))).toBe(false);
});
