import { expect, test } from 'vitest';
import { LagMeter, median, quantileOf } from '../../../../src/bench/reprojection/lag-meter';
import { popDegrees, type Pops } from '../../../../src/bench/reprojection/pops';
import { depthAt, type FrameOf } from '../../../../src/bench/reprojection/shown-points';
import { poseFromYawPitch } from '../../../../src/math/pose';
import { camera, poseAt, seeTwoPlanes, sourceOf } from './two-planes';

const size = 256;
const view = camera(size);
const planes = { nearM: 1, farM: 3, halfM: 0.3 };

function pops(before: Uint8Array, frameBefore: FrameOf, after: Uint8Array, frameAfter: FrameOf): Pops {
  const out: Pops = { all: [], inside: [] };
  popDegrees(before, frameBefore, after, frameAfter, view, poseAt(0), out);
  return out;
}

test('a picture that stands still while the head turns lags by as long as it is old', () => {
  const degPerMs = 0.06;
  const lagMs = 40;
  const deg = Math.PI / 180;
  const poseOf = (ms: number) => poseFromYawPitch([0, 0, 0], ms * degPerMs * deg, 0);
  const frame = { ...seeTwoPlanes(planes, view), worldFromCamera: poseOf(0) };
  const meter = new LagMeter();
  // Shown without reprojection, seen 40 ms later.
  meter.add(sourceOf(size, 1), view, poseOf(lagMs), poseOf(lagMs - 8), poseOf(lagMs + 8), 16, (code) => (code === 1 ? frame : null));
  expect(meter.medianMs!).toBeGreaterThan(lagMs * 0.97);
  expect(meter.medianMs!).toBeLessThan(lagMs * 1.03);
});

test('a picture shifted ahead of the truth has a negative lag, one in its place none', () => {
  const speedMps = 1;
  const poseOf = (ms: number) => poseAt((speedMps * ms) / 1000);
  // One wall at 2 m, so that 1 m/s moves everything by the same 64 px/s.
  const wall = { nearM: 2, farM: 2, halfM: 1 };
  const frame = seeTwoPlanes(wall, view);
  const frameOf = (code: number) => (code === 1 ? frame : null);
  const lagOf = (shiftX: number): number => {
    const meter = new LagMeter();
    meter.add(sourceOf(size, 1, shiftX), view, poseOf(0), poseOf(-8), poseOf(8), 16, frameOf);
    return meter.medianMs!;
  };
  expect(Math.abs(lagOf(0))).toBeLessThan(1);
  // Pixel x shows texel x + 1: shown one pixel too far left, where it will be 1 / 0.064 ms later.
  expect(lagOf(1)).toBeCloseTo(-1000 / 64, 0);
  expect(lagOf(-3)).toBeCloseTo(3000 / 64, 0);
});

test('an error across the motion is no lag', () => {
  const meter = new LagMeter();
  for (let i = 0; i < 9; i++) meter.addPixel(0, 2, 0.1, 0);
  expect(meter.medianMs).toBe(0);
  expect(meter.acrossPx).toBeCloseTo(2);
  meter.addPixel(5, 5, 0.001, 0);
  expect(meter.acrossPx).toBeCloseTo(2);
});

test('without motion there is no lag to tell', () => {
  const frame = seeTwoPlanes(planes, view);
  const meter = new LagMeter();
  meter.add(sourceOf(size, 1, 2), view, poseAt(0), poseAt(0), poseAt(0), 16, () => frame);
  expect(meter.medianMs).toBeNull();
  expect(meter.acrossPx).toBeNull();
});

test('a swap to a frame that fits does not pop; one that is shown a pixel off pops by a pixel', () => {
  const frame = seeTwoPlanes({ nearM: 2, farM: 2, halfM: 1 }, view);
  const shown = (code: number) => (code === 1 ? frame : null);
  const same = pops(sourceOf(size, 1), shown, sourceOf(size, 1), shown).all;
  expect(Math.max(...same)).toBe(0);
  const off = pops(sourceOf(size, 1), shown, sourceOf(size, 1, 1), shown).all;
  // In the middle of the view a pixel is 1/128 of a radian; towards the border less.
  expect(Math.max(...off)).toBeCloseTo((180 / Math.PI) * (1 / 128), 1);
  expect(median(off)!).toBeGreaterThan(0.2);
});

test('pixels without a frame before and after do not count as pops', () => {
  const frame = seeTwoPlanes(planes, view);
  expect(pops(sourceOf(size, 255), () => frame, sourceOf(size, 1), () => frame).all).toEqual([]);
  expect(pops(sourceOf(size, 1), () => null, sourceOf(size, 1), () => frame).all).toEqual([]);
});

test('depth between texels is that of the plane, and never of the other side of a jump', () => {
  const frame = seeTwoPlanes(planes, view);
  const edge = Math.floor(size / 2 + (planes.halfM / planes.nearM) * (size / 2));
  expect(depthAt(frame, edge - 0.6, 100)).toBeCloseTo(1 / planes.nearM);
  expect(depthAt(frame, edge + 0.9, 100)).toBeCloseTo(1 / planes.farM);
  const slope = { ...frame, inverseDepth: frame.inverseDepth.map((_, i) => 0.2 + 0.01 * ((i % size) + 0.5)) };
  expect(depthAt(slope, 40.25, 9)).toBeCloseTo(0.2 + 0.4025, 5);
});

test('quantiles of a list', () => {
  expect(quantileOf([], 0.5)).toBeNull();
  expect(median([3, 1, 2])).toBe(2);
  expect(quantileOf(Array.from({ length: 1000 }, (_, i) => 999 - i), 0.99)).toBe(990);
});

test('texels near a cut are left out of the pops inside', () => {
  const frame = seeTwoPlanes(planes, view);
  const { all, inside } = pops(sourceOf(size, 1), () => frame, sourceOf(size, 1), () => frame);
  const rows = Math.ceil(size / 3);
  expect(all).toHaveLength(rows * rows);
  // Two edges, two texels on both sides of each: every third pixel meets one or two of the four columns.
  expect(inside.length).toBeLessThan(all.length);
  expect(inside.length).toBeGreaterThanOrEqual(all.length - 4 * rows);
});
