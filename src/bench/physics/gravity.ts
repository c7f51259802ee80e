import { createRandom } from '../../math/hash';
import { createPose } from '../../math/pose';
import { gravityMps2 } from '../../physics/physics-settings';
import { loadPhysics } from '../../physics/physics-world';
import type { FallRow } from './result';

const displayRatesHz = [72, 90, 120] as const;
const fallS = 0.8;

/** Acceleration of bodies that fall freely, from the poses that are drawn, at the rates of headsets. */
export async function measureGravity(falls: number, seed: number): Promise<FallRow[]> {
  const random = createRandom(seed);
  const rows: FallRow[] = [];
  for (const displayHz of displayRatesHz) {
    for (let k = 0; k < falls; k++) {
      const physics = await loadPhysics();
      physics.setGround(null, -50);
      const worldFromBody = createPose();
      const velocityMps = [4 * random() - 2, 6 * random() - 2, 4 * random() - 2];
      const shape = k % 2 === 0 ? 'ball' : 'cube';
      physics.add({ shape, radiusM: 0.05 + 0.1 * random(), worldFromBody, velocityMps, angularRadPerS: [3, 1, -2] });
      const heights: number[] = [];
      for (let frame = 0; frame < fallS * displayHz; frame++) {
        physics.step(1 / displayHz);
        heights.push(physics.poses[1]!);
      }
      physics.dispose();
      rows.push({ kind: 'fall', displayHz, errPct: (100 * Math.abs(accelerationOf(heights, 1 / displayHz) - gravityMps2)) / gravityMps2 });
    }
  }
  return rows;
}

/** Downward acceleration by the parabola of least squares through evenly spaced heights, m/s². */
export function accelerationOf(heights: readonly number[], stepS: number): number {
  const n = heights.length;
  const middle = (n - 1) / 2;
  // The quadratic that has no mean and no slope over these places: its share is the curvature alone.
  const meanOfSquares = (n * n - 1) / 12;
  let product = 0;
  let squares = 0;
  for (let k = 0; k < n; k++) {
    const weight = (k - middle) ** 2 - meanOfSquares;
    product += weight * heights[k]!;
    squares += weight * weight;
  }
  return (-2 * product) / squares / stepS ** 2;
}
