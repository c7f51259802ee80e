import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { MapCollider } from '../../../workers/layout/collision';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { poolEdges } from '../../../workers/layout/plain-shapes';
import { stepRise, stepTread, type SemanticMap, type Thing } from '../../../workers/layout/things';

/** Body and longest step of a visitor, as in locomotion. */
const radiusM = 0.25;
const longestStepM = 0.2;

/** A world that is empty but for these things. */
function mapOf(things: (i: number, j: number) => Thing[]): SemanticMap {
  return { seed: 0, cell: (i, j) => ({ i, j, tone: 1, things: things(i, j) }) };
}

/** The things stand in the cell at the origin only. */
function colliderOf(...things: Thing[]): MapCollider {
  return new MapCollider(mapOf((i, j) => (i === 0 && j === 0 ? things : [])));
}

/** Walks in small steps; `visit` sees every place on the way. */
function walk(
  collider: MapCollider,
  from: { x: number; z: number },
  by: { x: number; z: number },
  steps: number,
  visit: (place: { x: number; z: number }) => void = () => {},
): { x: number; z: number } {
  const out = { ...from };
  for (let k = 0; k < steps; k++) {
    collider.slide(out.x, out.z, out.x + by.x, out.z + by.z, radiusM, out);
    visit({ ...out });
  }
  return out;
}

function room(collider: MapCollider, x: number, z: number, feetM = collider.groundHeight(x, z)): number {
  return collider.clearance(x, z, feetM, radiusM);
}

describe('a walk', () => {
  test('never ends in a wall and never leaps, in any world', () => {
    let stopped = 0;
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const collider = new MapCollider(new CourtyardMap(seed));
        const random = createRandom(seed);
        const place = { x: 0, z: 0 };
        do {
          place.x = (random() - 0.5) * 30;
          place.z = (random() - 0.5) * 30;
        } while (collider.groundHeight(place.x, place.z) > 0 || room(collider, place.x, place.z) < radiusM);
        let heading = random() * 2 * Math.PI;
        let besideLedge = false;
        for (let k = 0; k < 150; k++) {
          heading += (random() - 0.5) * 0.6;
          const stepM = longestStepM * random();
          const { x, z } = place;
          const feetM = collider.groundHeight(x, z);
          const before = room(collider, x, z, feetM);
          collider.slide(x, z, x + stepM * Math.sin(heading), z + stepM * Math.cos(heading), radiusM, place);
          expect(room(collider, place.x, place.z, feetM)).toBeGreaterThan(Math.min(radiusM, before) - 2e-3);
          // Who goes down a ledge stands beside it, closer than the radius, until he walks away from it.
          const feetNowM = collider.groundHeight(place.x, place.z);
          const now = room(collider, place.x, place.z, feetNowM);
          if (feetNowM < feetM) besideLedge = true;
          if (now >= radiusM - 2e-3) besideLedge = false;
          expect(now >= radiusM - 2e-3 || besideLedge).toBe(true);
          // From a free place a step ends at most its own length inside an obstacle, so it is pushed out by no more.
          const movedM = Math.hypot(place.x - x, place.z - z);
          expect(movedM).toBeLessThan(2 * stepM + 1e-3);
          if (movedM < 0.5 * stepM) stopped++;
        }
      }),
      { numRuns: 60 },
    );
    expect(stopped).toBeGreaterThan(50);
  });

  test('goes exactly where it wants on open ground', () => {
    const place = walk(colliderOf(), { x: -9.7, z: 3.3 }, { x: 0.11, z: -0.17 }, 50);
    expect(place.x).toBeCloseTo(-9.7 + 50 * 0.11, 9);
    expect(place.z).toBeCloseTo(3.3 - 50 * 0.17, 9);
  });

  test('slides along a wall with the part of its step that runs along it', () => {
    const endless = new MapCollider(mapOf((_, j) => (j === 0 ? [{ kind: 'wall', run: 'x', height: 3 }] : [])));
    const place = walk(endless, { x: 0.5, z: 2 }, { x: 0.1, z: -0.1 }, 100);
    expect(place.z).toBeCloseTo(0.5 + radiusM, 2);
    expect(place.x).toBeCloseTo(0.5 + 100 * 0.1, 1);
  });

  test('comes to rest in a corner', () => {
    const court = colliderOf({ kind: 'wall', run: 'x', height: 3 }, { kind: 'wall', run: 'z', height: 3 });
    const place = walk(court, { x: 2, z: 2.4 }, { x: -0.1, z: -0.12 }, 60);
    expect(place.x).toBeCloseTo(0.5 + radiusM, 2);
    expect(place.z).toBeCloseTo(0.5 + radiusM, 2);
  });

  test('leads through an arch and is stopped by the stone beside it', () => {
    const arch: Thing = { kind: 'arch', run: 'x', height: 3.4, span: 2.2, spring: 1.7 };
    expect(walk(colliderOf(arch), { x: 2, z: 2 }, { x: 0, z: -0.15 }, 20).z).toBeCloseTo(-1, 6);
    expect(walk(colliderOf(arch), { x: 0.4, z: 2 }, { x: 0, z: -0.15 }, 20).z).toBeCloseTo(0.5 + radiusM, 2);
    const turned = colliderOf({ ...arch, run: 'z' });
    expect(walk(turned, { x: 2, z: 2 }, { x: -0.15, z: 0 }, 20).x).toBeCloseTo(-1, 6);
  });

  test('is stopped by a bench and a parapet, but not by a step or by what hangs above the head', () => {
    const ahead = (thing: Thing): number => walk(colliderOf(thing), { x: 2, z: 3.8 }, { x: 0, z: -0.1 }, 36).z;
    expect(ahead({ kind: 'plinth', x: 2, z: 2, base: 0, half: 0.4, height: 0.45 })).toBeCloseTo(2.4 + radiusM, 2);
    expect(ahead({ kind: 'wall', run: 'x', height: 0.8 })).toBeCloseTo(0.5 + radiusM, 2);
    expect(ahead({ kind: 'plinth', x: 2, z: 2, base: 0, half: 0.4, height: 0.2 })).toBeCloseTo(0.2, 6);
    expect(ahead({ kind: 'beam', run: 'x', base: 2.4, height: 0.4 })).toBeCloseTo(0.2, 6);
  });

  test('is stopped by water, low as it is, by plants and by pots, and leads under a tree', () => {
    const ahead = (thing: Thing): number => walk(colliderOf(thing), { x: 2, z: 3.9 }, { x: 0, z: -0.1 }, 37).z;
    // At the rim, which is 0.22 m wide: the body's edge is at the water.
    expect(ahead({ kind: 'pool', x: 2, z: 2, halfX: 1, halfZ: 1 })).toBeCloseTo(3 - 0.22 + radiusM, 2);
    expect(ahead({ kind: 'plant', form: 'cypress', x: 2, z: 2, radius: 0.6, height: 4 })).toBeGreaterThan(2.4 + radiusM);
    expect(ahead({ kind: 'plant', form: 'bush', x: 2, z: 2, radius: 0.5, height: 0.6 })).toBeGreaterThan(2.2 + radiusM);
    expect(ahead({ kind: 'plant', form: 'pot', x: 2, z: 2, radius: 0.42, height: 1.3 })).toBeGreaterThan(2.3 + radiusM);
    expect(ahead({ kind: 'hedge', run: 'x', height: 0.8 })).toBeCloseTo(0.65 + radiusM, 2);
    expect(ahead({ kind: 'plant', form: 'tree', x: 3.2, z: 2, radius: 0.8, height: 5 })).toBeCloseTo(0.2, 6);
    expect(ahead({ kind: 'plant', form: 'tree', x: 2, z: 2, radius: 0.8, height: 5 })).toBeCloseTo(2.13 + radiusM, 1);
  });

  test('never leads onto water, wherever it begins and whatever is around', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seed) => {
        const map = new DistrictMap(seed);
        const collider = new MapCollider(map);
        const random = createRandom(seed);
        const place = { x: random() * 60, z: random() * 60 };
        fc.pre(collider.groundHeight(place.x, place.z) === 0 && room(collider, place.x, place.z) >= radiusM);
        let heading = random() * 2 * Math.PI;
        for (let k = 0; k < 120; k++) {
          heading += (random() - 0.5) * 0.6;
          const { x, z } = place;
          collider.slide(x, z, x + 0.15 * Math.sin(heading), z + 0.15 * Math.cos(heading), radiusM, place);
          const cell = map.cell(Math.floor(place.x / 4), Math.floor(place.z / 4));
          const [u, v] = [place.x - 4 * cell.i, place.z - 4 * cell.j];
          const wet = cell.things.filter((thing) => {
            if (thing.kind !== 'pool') return false;
            const [x0, z0, x1, z1] = poolEdges(thing).water;
            return u > x0 && u < x1 && v > z0 && v < z1;
          });
          expect(wet).toEqual([]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('stairs', () => {
  const stair: Thing = { kind: 'stair', x: 2, z: 2, half: 1.8, steps: 4, direction: '+x' };

  test('raise the floor by one rise a tread, up to the platform', () => {
    const collider = colliderOf(stair);
    expect(collider.groundHeight(0.1, 2)).toBe(0);
    for (let k = 0; k < 4; k++) {
      expect(collider.groundHeight(0.2 + (k + 0.5) * stepTread, 2)).toBeCloseTo((k + 1) * stepRise, 5);
    }
    expect(collider.groundHeight(3.7, 2)).toBeCloseTo(4 * stepRise, 5);
    expect(collider.groundHeight(3.9, 2)).toBe(0);
  });

  test('can be climbed from their foot, one rise at a time, and not from behind', () => {
    const collider = colliderOf(stair);
    let feetM = 0;
    const top = walk(collider, { x: -0.5, z: 2 }, { x: 0.1, z: 0 }, 35, ({ x, z }) => {
      const nowM = collider.groundHeight(x, z);
      expect(nowM - feetM).toBeLessThan(stepRise + 1e-3);
      feetM = nowM;
    });
    expect(top.x).toBeCloseTo(3, 6);
    expect(feetM).toBeCloseTo(4 * stepRise, 5);
    expect(walk(collider, { x: 5, z: 2 }, { x: -0.1, z: 0 }, 30).x).toBeCloseTo(3.8 + radiusM, 2);
  });

  test('can be left over the edge without a leap, and walked along below it', () => {
    const collider = colliderOf(stair);
    let before = 3;
    walk(collider, { x: 3, z: 2 }, { x: 0.03, z: 0 }, 50, ({ x }) => {
      expect(x - before).toBeCloseTo(0.03, 4);
      before = x;
    });
    expect(before).toBeGreaterThan(3.8 + radiusM);
    const below = walk(collider, { x: 3.83, z: 2 }, { x: -0.02, z: 0.1 }, 10);
    expect(below.x).toBeGreaterThan(3.83 - 1e-3);
    expect(below.z).toBeCloseTo(3, 1);
  });
});
