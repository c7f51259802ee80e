import { beforeEach, describe, expect, test } from 'vitest';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { poseFromYawPitch } from '../../../src/math/pose';
import type { OpenProgress } from '../../../src/world/contracts';
import { blocksAround } from '../../../workers/layout/block-window';
import { DistrictMap } from '../../../workers/layout/districts/district-map';
import { DistrictSurroundings } from '../../../workers/layout/district-surroundings';
import { ImaginedSurroundings, pictureReachM } from '../../../workers/layout/imagined-surroundings';
import { createMapView } from '../../../workers/layout/map-view';
import { atmosphereOf } from '../../../workers/layout/palettes';
import { chooseSpawn } from '../../../workers/layout/spawn';
import { DistrictGrower, districtTokens } from './district-grower';

const seed = 12;
const camera = intrinsicsFromFov(24, 24, 1.7);
const at = (x: number, z: number) => poseFromYawPitch([x, 1.6, z], 0.7, -0.05);
let grower: DistrictGrower;
let surroundings: ImaginedSurroundings;

beforeEach(() => {
  grower = new DistrictGrower();
  surroundings = new ImaginedSurroundings(grower);
});

const pictureOf = (from: Pick<ImaginedSurroundings, 'renderMapView'>, pose: ReturnType<typeof at>) => {
  const view = createMapView(camera.width, camera.height);
  from.renderMapView(pose, camera, view);
  return view;
};

describe('opening', () => {
  test('shows what the whole map would show, from a start that the whole map would choose', async () => {
    const truth = new DistrictSurroundings();
    const start = await surroundings.start(seed, null);
    expect(start).toEqual(chooseSpawn(new DistrictMap(seed)));
    await truth.start(seed, start);
    expect(pictureOf(surroundings, start)).toEqual(pictureOf(truth, start));
    expect(surroundings.layout).toEqual({ kind: 'imagined', seed });
  });

  test('tells how much is imagined, rising to all of it', async () => {
    const progress: Extract<OpenProgress, { step: 'imagine' }>[] = [];
    const here = grower;
    grower.wish = () => {
      const more = (): void => {
        here.grow(25);
        if (here.wanted.length > 0) setTimeout(more, 0);
      };
      setTimeout(more, 0);
    };
    await surroundings.prepare(seed, at(3, 5), { onProgress: (step) => progress.push(step as (typeof progress)[0]) });
    const total = blocksAround(3, 5, pictureReachM).length;
    expect(progress.length).toBeGreaterThan(3);
    expect(progress.every((step, k) => step.total === total && step.done >= (progress[k - 1]?.done ?? 0))).toBe(true);
    expect(progress.at(-1)).toEqual({ step: 'imagine', done: total, total });
  });

  test('waits for what pictures show, and grows on beyond it', async () => {
    const shown = blocksAround(3, 5, pictureReachM).length;
    grower.wish = () => setTimeout(() => grower.grow(shown), 0);
    await surroundings.start(seed, at(3, 5));
    expect(surroundings.takeMap()?.blocks).toHaveLength(shown);
    expect(grower.wanted.length).toBeGreaterThan(50);
  });

  test('begins with the blocks of an earlier visit, of the same seed only', async () => {
    const known = blocksAround(0, 0, 120).map(({ i, j }) => districtTokens(seed, i, j));
    surroundings.recall(99, known);
    await surroundings.start(seed, at(0, 0));
    expect(grower.begun).toEqual([{ seed, known: [] }]);
    surroundings.recall(seed, known);
    grower.wish = () => {};
    await surroundings.start(seed, at(0, 0));
    expect(grower.begun[1]).toEqual({ seed, known });
    expect(surroundings.takeMap()?.blocks).toEqual(known);
  });

  test('rejects with a sentence when nothing at all can be imagined', async () => {
    grower.wish = () => grower.fail('The map cannot be imagined here: no memory.');
    await expect(surroundings.start(seed, null)).rejects.toThrow('The map cannot be imagined here: no memory.');
  });
});

describe('another seed', () => {
  test('is prepared while the map before is still shown', async () => {
    const here = at(0, 0);
    await surroundings.start(seed, here);
    const before = pictureOf(surroundings, here);
    await surroundings.prepare(77, here, {});
    expect(surroundings.layout.seed).toBe(seed);
    expect(pictureOf(surroundings, here)).toEqual(before);
    expect(await surroundings.start(77, here)).toEqual(here);
    expect(grower.begun.map((map) => map.seed)).toEqual([seed, 77]);
    expect(pictureOf(surroundings, here)).not.toEqual(before);
    const all = surroundings.takeMap()!;
    expect([all.seed, all.blocks.length > 100, all.failure]).toEqual([77, true, null]);
  });

  test('that is called off leaves the map before growing where it was', async () => {
    await surroundings.start(seed, at(0, 0));
    grower.wish = () => {};
    const off = new AbortController();
    const preparing = surroundings.prepare(77, at(0, 0), { signal: off.signal });
    off.abort(new Error('never mind'));
    await expect(preparing).rejects.toThrow('never mind');
    expect(grower.begun.map((map) => map.seed)).toEqual([seed, 77, seed]);
    expect(grower.begun[2]!.known.length).toBeGreaterThan(100);
    pictureOf(surroundings, at(60, 0));
    expect(grower.wanted.length).toBeGreaterThan(0);
  });
});

describe('walking', () => {
  test('never shows a block before it is decided, nor asks again for what is there', async () => {
    await surroundings.start(seed, at(0, 0));
    surroundings.takeMap();
    const wishes: number[] = [];
    grower.wish = () => {
      wishes.push(grower.wanted.length);
      grower.grow();
    };
    const truth = new DistrictSurroundings();
    await truth.start(seed, at(0, 0));
    const told = new Set<string>();
    for (let x = 0; x <= 60; x += 1.5) {
      expect(pictureOf(surroundings, at(x, 0)).inverseDepth).toEqual(pictureOf(truth, at(x, 0)).inverseDepth);
      for (const { i, j } of surroundings.takeMap()?.blocks ?? []) {
        expect(told.has(`${i},${j}`)).toBe(false);
        told.add(`${i},${j}`);
      }
    }
    expect(wishes.every((count) => count > 0 && count < 60)).toBe(true);
    expect(wishes.length).toBeLessThan(16);
  });

  test('goes on over what is known when nothing more comes, and says why once', async () => {
    await surroundings.start(seed, at(0, 0));
    surroundings.takeMap();
    grower.fail('The map grows no further: it is gone.');
    expect(surroundings.takeMap()).toEqual({ seed, blocks: [], failure: 'The map grows no further: it is gone.' });
    expect(surroundings.takeMap()).toBeNull();
    expect(pictureOf(surroundings, at(2, 0)).inverseDepth.some((value) => value > 0)).toBe(true);
    await expect(surroundings.settle(at(300, 0))).rejects.toThrow('The map grows no further: it is gone.');
  });

  test('can be waited for by whoever measures', async () => {
    await surroundings.start(seed, at(0, 0));
    const truth = new DistrictSurroundings();
    await truth.start(seed, at(0, 0));
    await surroundings.settle(at(400, -300));
    expect(pictureOf(surroundings, at(400, -300))).toEqual(pictureOf(truth, at(400, -300)));
  });
});

test('light changes at once, and holds for the next seed too', async () => {
  await surroundings.start(seed, at(0, 0));
  expect(surroundings.atmosphere()).toEqual(atmosphereOf(seed));
  surroundings.setLight({ palette: 'rose', hour: 'dusk' });
  expect(surroundings.atmosphere()).toEqual(atmosphereOf(seed, { palette: 'rose', hour: 'dusk' }));
  await surroundings.start(13, at(0, 0));
  expect(surroundings.atmosphere()).toEqual(atmosphereOf(13, { palette: 'rose', hour: 'dusk' }));
  surroundings.dispose();
  expect(grower.disposals).toBe(1);
});
