import { describe, expect, test } from 'vitest';
import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { chooseSpawn } from '../../../workers/layout/spawn';
import type { SemanticMap } from '../../../workers/layout/things';

describe('where a visit starts', () => {
  test('is free, level, at eye height and open ahead, in every world', () => {
    for (let seed = 0; seed < 48; seed++) {
      const map = seed % 2 === 0 ? new CourtyardMap(seed / 2) : new DistrictMap(seed);
      const pose = chooseSpawn(map);
      const [x, y, z] = pose.subarray(12, 15);
      const collider = new MapCollider(map);
      expect(collider.groundHeight(x, z), `seed ${seed}`).toBe(0);
      expect(collider.clearance(x, z, 0, 1.2), `seed ${seed}`).toBeGreaterThanOrEqual(1.2 - 1e-4);
      expect(y).toBeCloseTo(1.6, 6);
      // Right and forward lie in the horizontal plane, up is up, all of unit length.
      expect([...pose.subarray(4, 7)]).toEqual([0, 1, 0]);
      expect([pose[1], pose[9], pose[15]]).toEqual([0, 0, 1]);
      expect(Math.hypot(pose[0], pose[2])).toBeCloseTo(1, 6);
      expect(pose[0] * pose[8] + pose[2] * pose[10]).toBeCloseTo(0, 6);
      for (let d = 0.5; d <= 4; d += 0.5) {
        expect(collider.clearance(x - d * pose[8], z - d * pose[10], 0, 0.3), `seed ${seed}`).toBeGreaterThan(0.29);
      }
    }
  });

  test('is farther away where the first courtyards have no room', () => {
    const full: SemanticMap = {
      seed: 0,
      cell: (i, j) => ({
        i,
        j,
        tone: 1,
        things: i >= 0 && j >= 0 && i < 8 && j < 8 ? [{ kind: 'plinth', x: 2, z: 2, base: 0, half: 1.9, height: 3 }] : [],
      }),
    };
    const [x, , z] = chooseSpawn(full).subarray(12, 15);
    expect(Math.max(x, z)).toBeGreaterThan(32);
    expect(new MapCollider(full).clearance(x, z, 0, 1.2)).toBeGreaterThanOrEqual(1.2 - 1e-4);
  });

  test('is the same for the same map, asked again or afresh, and not for another', () => {
    const map = new CourtyardMap(4);
    const first = chooseSpawn(map);
    expect(chooseSpawn(map)).toEqual(first);
    expect(chooseSpawn(new CourtyardMap(4))).toEqual(first);
    expect(chooseSpawn(new CourtyardMap(5))).not.toEqual(first);
  });
});
