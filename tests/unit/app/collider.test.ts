import { describe, expect, test } from 'vitest';
import { wallsOf } from '../../../src/app/collider';
import { encodeBlock } from '../../../workers/imagine/tokens';
import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { districtBlock, DistrictMap } from '../../../workers/layout/districts/district-map';
import { chooseSpawn } from '../../../workers/layout/spawn';

/** Blocks round the origin, as an imagining worker would send them. */
function districtTokens(seed: number) {
  const blocks = [];
  for (let j = -3; j <= 3; j++) {
    for (let i = -3; i <= 3; i++) blocks.push({ i, j, tokens: encodeBlock(districtBlock(seed, i, j)) });
  }
  return blocks;
}

const clearances = (collider: Pick<MapCollider, 'clearance'>) =>
  Array.from({ length: 400 }, (_, k) => collider.clearance(-20 + 2.1 * (k % 20), -20 + 2.1 * Math.floor(k / 20), 0, 0.8));

describe('wallsOf', () => {
  test('lets people walk anywhere where the world cannot say', () => {
    expect(wallsOf(null).collider).toBeNull();
  });

  test('has the walls that the worker has, for the same seed', () => {
    const stopped = [1, 2].map((seed) => {
      const start = chooseSpawn(new CourtyardMap(seed));
      const collider = wallsOf({ kind: 'courtyards', seed }).collider!;
      const place = { x: start[12], z: start[14] };
      expect(collider.groundHeight(place.x, place.z)).toBe(0);
      // Eastwards until something stops the walk: within a few courtyards there is a wall somewhere.
      for (let k = 0; k < 400; k++) collider.slide(place.x, place.z, place.x + 0.15, place.z, 0.25, place);
      return [place.x - start[12], place.z - start[14]];
    });
    expect(stopped[0]).not.toEqual(stopped[1]);
    for (const [east] of stopped) expect(east).toBeLessThan(59);
  });

  test('learns the walls of an imagined map from its blocks, also after it has been walked', () => {
    const walls = wallsOf({ kind: 'imagined', seed: 4 });
    const collider = walls.collider as MapCollider;
    const open = clearances(collider);
    expect(new Set(open).size).toBe(1);
    const blocks = districtTokens(4);
    walls.learn(4, blocks.slice(0, 20));
    const half = clearances(collider);
    walls.learn(4, blocks.slice(20));
    const truth = clearances(new MapCollider(new DistrictMap(4)));
    expect(clearances(collider)).toEqual(truth);
    expect(half).not.toEqual(truth);
    expect(truth.filter((gap) => gap < 0.3).length).toBeGreaterThan(10);
  });

  test('takes no blocks of another seed: they are late news of the map before', () => {
    const walls = wallsOf({ kind: 'imagined', seed: 5 });
    walls.learn(4, districtTokens(4));
    expect(new Set(clearances(walls.collider as MapCollider)).size).toBe(1);
  });

  test('knows the districts by their seed', () => {
    const collider = wallsOf({ kind: 'districts', seed: 9 }).collider as MapCollider;
    expect(clearances(collider)).toEqual(clearances(new MapCollider(new DistrictMap(9))));
  });

  test('does not know layouts of the future', () => {
    const strange = { kind: 'caves', seed: 1 } as unknown as Parameters<typeof wallsOf>[0];
    expect(() => wallsOf(strange)).toThrow('There are no walls for a "caves" layout.');
  });
});
