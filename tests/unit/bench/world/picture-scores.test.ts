import { describe, expect, test } from 'vitest';
import { flickerOf } from '../../../../src/bench/world/flicker';
import { depthAgreementPct, depthErrors, meanOf, medianOf, scorePicture } from '../../../../src/bench/world/picture-scores';
import { camera as cameraOf, seeTwoPlanes } from '../reprojection/two-planes';

const size = { width: 24, height: 24 };
const n = 24 * 24;
const flat = (value: number): Float32Array => new Float32Array(n).fill(value);

describe('depth', () => {
  test('errors are shares of the true inverse depth, and far things do not count', () => {
    const found = depthErrors(flat(0.22), flat(0.2), size);
    expect(found.medianPct).toBeCloseTo(10, 4);
    expect(found.meanPct).toBeCloseTo(10, 4);
    expect(depthErrors(flat(0.01), flat(0.015), size)).toEqual({ medianPct: null, meanPct: null });
  });

  test('the mean leaves silhouettes out, the median does not ask where', () => {
    const truth = flat(0.2);
    const painted = flat(0.2);
    for (let y = 0; y < 24; y++) for (let x = 12; x < 24; x++) truth[24 * y + x] = 1;
    // Right, but for two columns beside the edge.
    painted.set(truth);
    for (let y = 0; y < 24; y++) painted[24 * y + 11] = 1;
    const found = depthErrors(painted, truth, size);
    expect(found.meanPct).toBeCloseTo(0, 6);
    expect(found.medianPct).toBeCloseTo(0, 6);
    for (let y = 0; y < 24; y++) painted[24 * y + 2] = 0.22;
    expect(depthErrors(painted, truth, size).meanPct).toBeGreaterThan(0.5);
  });

  test('agreement is within 5 %, and sky agrees with sky', () => {
    expect(depthAgreementPct(flat(0.209), flat(0.2), size)).toBe(100);
    expect(depthAgreementPct(flat(0.211), flat(0.2), size)).toBe(0);
    expect(depthAgreementPct(flat(0), flat(0), size)).toBe(100);
    expect(depthAgreementPct(flat(0.1), flat(0), size)).toBe(0);
  });
});

test('a picture without depth has no depth errors; the truth itself is perfect', () => {
  const color = new Uint8ClampedArray(4 * n).map((_, i) => (i * 37) % 251);
  const truth = { color, inverseDepth: flat(0.3) };
  expect(scorePicture({ color, inverseDepth: null }, truth, size)).toEqual({
    psnrDb: Infinity,
    ssim: 1,
    sharpnessRatio: 1,
    depthErrorMedianPct: null,
    depthErrorMeanPct: null,
  });
});

test('medians and means of nothing are null; unknown values are left out', () => {
  expect([medianOf([]), meanOf([]), meanOf([null, Number.NaN])]).toEqual([null, null, null]);
  expect([medianOf([3, 1, 2]), medianOf([4, 1]), meanOf([1, null, 3])]).toEqual([2, 2.5, 2]);
});

test('a texture that swims flickers more than one that sticks to its wall', () => {
  const view = cameraOf(64);
  const wall = { nearM: 2, farM: 2, halfM: 1 };
  const waves = (x: number): Uint8Array => {
    const out = new Uint8Array(4 * 64 * 64);
    for (let i = 0; i < 64 * 64; i++) out.fill(128 + 60 * Math.sin(4 * (x + 2 * (((i % 64) + 0.5 - view.cx) / view.fx))), 4 * i, 4 * i + 3);
    return out;
  };
  const seen = (x: number, color: Uint8Array) => {
    const { worldFromCamera, inverseDepth } = seeTwoPlanes(wall, view, x);
    return { pose: worldFromCamera, inverseDepth, color };
  };
  const flicker = flickerOf(seen(0, waves(0)), seen(0.08, waves(0.08)), view);
  expect(flicker(null)).toBeLessThan(1);
  expect(flicker([waves(0), waves(0.12)])).toBeGreaterThan(4 * flicker(null));
});
