import { expect, test } from 'vitest';
import { limitPicture } from '../../../../src/bench/reprojection/limit-picture';
import { countSources, sourceU, sourceV } from '../../../../src/bench/reprojection/source-buffer';
import { flowBack, flowDifference } from '../../../../src/bench/reprojection/stability';
import { visible } from '../../../../src/bench/reprojection/visibility';
import { camera, seeTwoPlanes, sourceOf } from './two-planes';

const size = 96;
const view = camera(size);
const wall = { nearM: 2, farM: 2, halfM: 1 };

/** Vertical waves on the wall, as seen from x metres to the right. */
function waves(x: number, shiftM = 0): Uint8Array {
  const out = new Uint8Array(4 * size * size);
  for (let i = 0; i < size * size; i++) {
    const onWall = x + shiftM + 2 * (((i % size) + 0.5 - view.cx) / view.fx);
    out.fill(128 + 60 * Math.sin(3 * onWall), 4 * i, 4 * i + 3);
  }
  return out;
}

test('the flow takes a pixel back to where its point was', () => {
  const flow = flowBack(seeTwoPlanes(wall, view, 0.1), seeTwoPlanes(wall, view, 0));
  const i = 40 * size + 30;
  // 10 cm at 2 m are 0.05 of the focal length.
  expect(flow[2 * i]).toBeCloseTo(30.5 + 0.05 * view.fx, 3);
  expect(flow[2 * i + 1]).toBeCloseTo(40.5, 3);
  // What came in over the border was nowhere.
  expect(flow[2 * (40 * size + size - 1)]).toBeNaN();
});

test('a picture that moves as it should does not flicker; one that stands still or swims does', () => {
  const flow = flowBack(seeTwoPlanes(wall, view, 0.1), seeTwoPlanes(wall, view, 0));
  const difference = (later: Uint8Array) => flowDifference(later, waves(0), flow, size, size);
  expect(difference(waves(0.1))).toBeLessThan(0.6);
  expect(difference(waves(0))).toBeGreaterThan(5);
  expect(difference(waves(0.1, 0.05))).toBeGreaterThan(3);
});

test('without anything in common there is nothing to compare', () => {
  const nowhere = new Float32Array(2 * size * size).fill(Number.NaN);
  expect(flowDifference(waves(0), waves(0), nowhere, size, size)).toBeNaN();
});

test('a source buffer says where in which layer, to 12 bits', () => {
  const source = sourceOf(size, 3);
  const i = 17 * size + 80;
  expect(Math.abs(sourceU(source, i) * size - 80.5)).toBeLessThan(size / 4095);
  expect(Math.abs(sourceV(source, i) * size - 17.5)).toBeLessThan(size / 4095);
  source[4 * i + 3] = 0;
  source[4 * i + 7] = 254;
  source[4 * i + 11] = 255;
  expect(countSources(source)).toEqual({ frames: size * size - 3, guessed: 1, sky: 1, nothing: 1 });
});

test('the limit is the truth where it was seen and the sky elsewhere', () => {
  const truth = Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 255);
  const sky = Uint8Array.of(9, 9, 9, 255, 8, 8, 8, 255);
  expect(limitPicture(truth, sky, Uint8Array.of(visible, 1))).toEqual(Uint8Array.of(1, 2, 3, 255, 8, 8, 8, 255));
});
