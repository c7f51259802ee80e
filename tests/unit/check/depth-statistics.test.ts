import { describe, expect, test } from 'vitest';
import { createRandom } from '../../../src/math/hash';
import { poseFromYawPitch } from '../../../src/math/pose';
import { DepthStatistics } from '../../../workers/check/depth-statistics';
import { LevelCount, mostLevels } from '../../../workers/check/level-count';
import { plane, render, room, squareCamera } from '../mesh/depth-scenes';

const camera = squareCamera(64);

/** What is found after ten frames, each seen with another turn and slope. */
function findingOf(depthAt: (frame: number) => Float32Array, pitch = 0.1, turn = 0.05) {
  const statistics = new DepthStatistics();
  for (let k = 0; k < 10; k++) statistics.look(depthAt(k), 64, poseFromYawPitch([0.1 * k, 1.6, 0], turn * k, pitch));
  return statistics.finding;
}

describe('depth that shows a fault by itself', () => {
  test.each([
    ['stored in 8 bits as inverse depth', (d: number) => Math.round(d * 255) / 255],
    ['stored in 8 bits as a distance of up to 60 m', (d: number) => 255 / 60 / Math.min(255, Math.max(1, Math.round(255 / 60 / d)))],
  ])('is %s', (_name, quantise) => {
    expect(findingOf(() => room(camera).map(quantise))).toBe('depth-8-bit');
    expect(findingOf(() => room(camera))).toBeNull();
  });

  test('is the same everywhere although one turns', () => {
    expect(findingOf(() => new Float32Array(4096).fill(0.5))).toBe('depth-constant');
    expect(findingOf(() => new Float32Array(4096))).toBe('depth-constant');
  });

  test('has many holes', () => {
    const random = createRandom(2);
    const holes = (share: number) => () => room(camera).map((d) => (random() < share ? NaN : d));
    expect(findingOf(holes(0.25))).toBe('depth-invalid');
    expect(findingOf(holes(0.1))).toBeNull();
    expect(findingOf(() => new Float32Array(4096).fill(NaN))).toBe('depth-invalid');
  });
});

describe('no fault is', () => {
  test('a wall that fills the view while one moves along it', () => {
    expect(findingOf(() => new Float32Array(4096).fill(0.5), 0, 0)).toBeNull();
  });

  test('an empty sky above', () => {
    expect(findingOf(() => new Float32Array(4096), 1.2)).toBeNull();
  });

  test('a floor, with one depth a row, and walls, with one a column, to a level camera', () => {
    const level = render(camera, (x, y) => Math.max(-y / 1.6, Math.abs(x + 0.1) / 5, 1 / 30));
    expect(findingOf(() => level, 0)).toBeNull();
    expect(findingOf(() => render(camera, plane([0, 0.9, 0.43], 1.6)), 0.3)).toBeNull();
  });

  test('a fault that lasts for a few frames only', () => {
    expect(findingOf((k) => (k < 5 ? new Float32Array(4096).fill(0.5) : room(camera)))).toBeNull();
    expect(findingOf((k) => room(camera).map((d) => (k % 4 === 0 ? d : NaN)))).toBeNull();
  });
});

test('levels are counted exactly, up to one more than 8 bits have', () => {
  const levels = new LevelCount();
  for (let round = 0; round < 2; round++) {
    levels.reset();
    for (let k = 0; k < 2000; k++) levels.add(Math.fround(0.1 + (k % 200) / 999));
    expect(levels.count).toBe(200);
    expect(levels.areSteps()).toBe(true);
    levels.add(Math.fround(0.10001));
    expect(levels.areSteps()).toBe(false);
    for (let k = 0; k < 2000; k++) levels.add(1 + k);
    expect(levels.count).toBe(mostLevels + 1);
  }
});
