import { describe, expect, test } from 'vitest';
import { colliderFor } from '../../../src/app/collider';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../workers/layout/spawn';

describe('colliderFor', () => {
  test('lets people walk anywhere where the world cannot say', () => {
    expect(colliderFor(null)).toBeNull();
  });

  test('has the walls that the worker has, for the same seed', () => {
    const stopped = [1, 2].map((seed) => {
      const start = chooseSpawn(new CourtyardMap(seed));
      const collider = colliderFor({ kind: 'courtyards', seed })!;
      const place = { x: start[12], z: start[14] };
      expect(collider.groundHeight(place.x, place.z)).toBe(0);
      // Eastwards until something stops the walk: within a few courtyards there is a wall somewhere.
      for (let k = 0; k < 400; k++) collider.slide(place.x, place.z, place.x + 0.15, place.z, 0.25, place);
      return [place.x - start[12], place.z - start[14]];
    });
    expect(stopped[0]).not.toEqual(stopped[1]);
    for (const [east] of stopped) expect(east).toBeLessThan(59);
  });

  test('does not know layouts of the future', () => {
    const strange = { kind: 'caves', seed: 1 } as unknown as Parameters<typeof colliderFor>[0];
    expect(() => colliderFor(strange)).toThrow('There is no collider for a "caves" layout.');
  });
});
