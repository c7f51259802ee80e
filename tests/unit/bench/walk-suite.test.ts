import { expect, test } from 'vitest';
import { benchWalk, strollPoses } from '../../../src/bench/walk-suite';
import { CourtyardMap } from '../../../workers/layout/courtyards';
import { chooseSpawn } from '../../../workers/layout/spawn';

const manifestUrl = new URL('../../../models/courtyard-paint/manifest.json', import.meta.url).href;

test('the shipped painter is nearer to the truth than its map, stays crisp, and paints the same on revisit', async () => {
  const { rows, summary } = await benchWalk(manifestUrl, 6, 8, () => {});
  expect(rows.map((row) => row.frame)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const mean = rows.reduce((sum, row) => sum + row.network.psnrDb, 0) / rows.length;
  expect(summary.network.psnrDb).toBeCloseTo(mean, 9);
  expect(summary.network.psnrDb).toBeGreaterThan(summary.rawMap.psnrDb + 1);
  expect(summary.network.ssim).toBeGreaterThan(summary.rawMap.ssim);
  expect(summary.network.sharpnessRatio).toBeGreaterThan(0.7);
  expect(summary.depthErrorMedian).toBeLessThan(0.05);
  expect(summary.revisitIdentical).toBe(true);
}, 60_000);

test('a stroll goes somewhere and never leaps', () => {
  const poses = strollPoses(6, chooseSpawn(new CourtyardMap(6)), 200);
  let way = 0;
  for (let k = 1; k < poses.length; k++) {
    const [a, b] = [poses[k - 1]!, poses[k]!];
    const step = Math.hypot(b[12]! - a[12]!, b[14]! - a[14]!);
    expect(step).toBeLessThan(0.2);
    way += step;
  }
  expect(way).toBeGreaterThan(5);
});
