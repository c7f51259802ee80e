import { describe, expect, it } from 'vitest';
import { poseFromYawPitch } from '../../../src/math/pose';
import { skyRows } from '../../../src/world/contracts';
import { SkyBins } from '../../../workers/mesh/sky-bins';
import { squareCamera } from './depth-scenes';

const camera = squareCamera(64, 90);
const texels = 64 * 64;
const level = poseFromYawPitch([0, 1.6, 0], 0, 0);
const up = poseFromYawPitch([0, 1.6, 0], 0, Math.PI / 2);

function solid(red: number, green: number, blue: number): Uint8Array {
  const out = new Uint8Array(texels * 4);
  for (let p = 0; p < out.length; p += 4) out.set([red, green, blue, 255], p);
  return out;
}

function write(bins: SkyBins): number[][] {
  const out = new Uint8Array(skyRows * 4);
  bins.write(out);
  return Array.from({ length: skyRows }, (_, row) => Array.from(out.subarray(4 * row, 4 * row + 4)));
}

describe('SkyBins', () => {
  it('puts what lies above the horizon into the upper rows and what lies below into the lower ones', () => {
    const bins = new SkyBins();
    const halves = solid(40, 80, 200);
    halves.set(solid(200, 150, 100).subarray(0, texels * 2), texels * 2);
    bins.accumulate(halves, null, camera, level);
    const rows = write(bins);
    expect(rows[skyRows - 1]).toEqual([40, 80, 200, 255]);
    expect(rows[skyRows / 2]).toEqual([40, 80, 200, 255]);
    expect(rows[skyRows / 2 - 1]).toEqual([200, 150, 100, 255]);
    expect(rows[0]).toEqual([200, 150, 100, 255]);
  });

  it('follows the head: looking straight up fills the top row', () => {
    const bins = new SkyBins();
    bins.accumulate(solid(10, 20, 30), null, camera, level);
    bins.accumulate(solid(90, 90, 250), null, camera, up);
    const rows = write(bins);
    expect(rows[skyRows - 1]).toEqual([90, 90, 250, 255]);
    expect(rows[skyRows / 2]).toEqual([10, 20, 30, 255]);
  });

  it('looks only at what is far: nearer than 15 m counts for nothing, and far counts more than near', () => {
    const bins = new SkyBins();
    const half = new Float32Array(texels).map((_, i) => (i % 2 ? 0 : 0.5));
    const color = solid(0, 0, 0);
    for (let i = 1; i < texels; i += 2) color.set([100, 100, 100, 255], i * 4);
    bins.accumulate(color, half, camera, level);
    expect(write(bins).every(([red]) => red === 100)).toBe(true);

    const weighted = new SkyBins();
    weighted.accumulate(color, new Float32Array(texels).map((_, i) => (i % 2 ? 0 : 1 / 20)), camera, level);
    const [red] = write(weighted)[skyRows / 2];
    // Black at 20 m weighs a quarter of the grey at infinity: 0.8 of its light.
    expect(red).toBeGreaterThan(86);
    expect(red).toBeLessThan(94);
  });

  it('averages light, not bytes: half black and half white is 188', () => {
    const bins = new SkyBins();
    const color = solid(0, 0, 0);
    for (let i = 1; i < texels; i += 2) color.set([255, 255, 255, 255], i * 4);
    bins.accumulate(color, null, camera, level);
    expect(write(bins)[skyRows / 2][0]).toBe(188);
  });

  it('blends between known rows without a jump, and never gives black for what it has not seen', () => {
    const bins = new SkyBins();
    const narrow = squareCamera(64, 20);
    bins.accumulate(solid(200, 200, 200), null, narrow, level);
    bins.accumulate(solid(100, 100, 100), null, narrow, up);
    const reds = write(bins).map(([red]) => red);
    for (let row = 1; row < skyRows; row++) {
      expect(reds[row]).toBeLessThanOrEqual(reds[row - 1]);
      expect(reds[row - 1] - reds[row]).toBeLessThan(20);
    }
    expect(reds[0]).toBe(200);
    expect(reds[skyRows - 1]).toBe(100);
  });

  it('takes the mean of the picture where nothing is far, grey before the first frame, and forgets on reset', () => {
    const bins = new SkyBins();
    expect(write(bins)[5]).toEqual([128, 128, 128, 255]);
    bins.accumulate(solid(120, 60, 30), new Float32Array(texels).fill(1), camera, level);
    expect(write(bins)[5]).toEqual([120, 60, 30, 255]);
    bins.reset();
    expect(write(bins)[5]).toEqual([128, 128, 128, 255]);
  });

  it('moves on with a moving average: a new colour takes over within some dozens of frames, not at once', () => {
    const bins = new SkyBins();
    for (let frame = 0; frame < 30; frame++) bins.accumulate(solid(200, 0, 0), null, camera, level);
    bins.accumulate(solid(0, 0, 200), null, camera, level);
    expect(write(bins)[skyRows / 2][0]).toBeGreaterThan(150);
    for (let frame = 0; frame < 60; frame++) bins.accumulate(solid(0, 0, 200), null, camera, level);
    expect(write(bins)[skyRows / 2][0]).toBeLessThan(30);
  });
});
