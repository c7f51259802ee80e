import { expect, test } from 'vitest';
import { addToStatistics, describeStatistics, emptyStatistics, sumStatistics } from '../../../models/training/data/statistics';
import { intrinsicsFromFov } from '../../../src/math/camera';
import { createPose } from '../../../src/math/pose';
import { surfaceClasses } from '../../../workers/layout/classes';
import { createMapView } from '../../../workers/layout/map-view';
import { atmosphereOf } from '../../../workers/layout/palettes';

function sample(seed: number, frameInClip: number) {
  const view = createMapView(2, 2);
  view.classIndex.set([0, 1, 1, 2]);
  view.sunVisibility.set([1, 1, 0, 0]);
  return {
    view,
    color: new Uint8ClampedArray(16).fill(255),
    inverseDepth: Float32Array.of(0, 1, 0.3, 0.06),
    air: atmosphereOf(1),
    worldFromCamera: createPose(),
    camera: intrinsicsFromFov(2, 2, 1.2),
    action: [0, 0, -2, 1, 0.1] as const,
    frameInClip,
    seed,
  };
}

test('counts what pixels show, how far it is, and what lies between frames', () => {
  const sum = emptyStatistics();
  addToStatistics(sum, sample(3, 0));
  addToStatistics(sum, sample(3, 1));
  expect(sum.frames).toBe(2);
  expect(sum.classTexels[surfaceClasses.indexOf('ground')]).toBe(4);
  expect(sum.sunlitTexels).toBe(2);
  // Infinitely far, 1 m, 3.3 m, 16.7 m.
  expect(sum.distanceTexels).toEqual([2, 2, 0, 2, 0, 2]);
  expect(sum.luma / sum.texels).toBeCloseTo(1);
  expect([sum.steps, sum.stepM, sum.turnRad]).toEqual([1, 0.2, 0.1]);
  expect(sum.worlds).toEqual([3]);
});

test('shards add up', () => {
  const [a, b] = [emptyStatistics(), emptyStatistics()];
  addToStatistics(a, sample(3, 0));
  addToStatistics(b, sample(4, 1));
  const sum = sumStatistics([a, b]);
  expect(sum.frames).toBe(2);
  expect(sum.worlds).toEqual([3, 4]);
  expect(sum.classTexels[0]).toBe(2);
  expect(describeStatistics('train', sum)).toContain('2 frames of 2 worlds');
  expect(describeStatistics('train', emptyStatistics())).toBe('train: nothing');
});
