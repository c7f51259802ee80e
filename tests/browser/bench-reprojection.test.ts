import { afterAll, expect, test } from 'vitest';
import { rowsOf } from '../../src/bench/reprojection/cell-sums';
import { runLattice } from '../../src/bench/reprojection/lattice-run';
import { planOf, type Plan } from '../../src/bench/reprojection/plan';
import { methods } from '../../src/bench/reprojection/result';
import { SceneClient } from '../../src/bench/reprojection/scene-client';
import { BenchStage } from '../../src/bench/reprojection/stage';
import { runTraces } from '../../src/bench/reprojection/trace-run';

/** As small as the benchmark can be and still do everything. */
const plan: Plan = {
  ...planOf(true, 3),
  baselinesCm: [10],
  rotationsDeg: [15],
  directions: 1,
  historyFrames: 3,
  latticeSourceSize: 64,
  latenciesMs: [[50, 20]],
  modelHz: [10],
  traceSourceSize: 48,
  tracePartS: 0.5,
  tracePairs: 3,
};
const [sceneSeed] = plan.sceneSeeds;

const stage = new BenchStage();
const client = new SceneClient();
afterAll(() => {
  client.dispose();
  stage.dispose();
});

const quiet = (): void => {};

test('a small lattice, twice: the same rows, every method measured, and none of it nonsense', async () => {
  const run = async () => (await runLattice(plan, sceneSeed, client, stage, quiet)).cells.flatMap(rowsOf);
  const rows = await run();
  expect(rows.map(({ method }) => method)).toEqual(methods);
  expect(await run()).toEqual(rows);
  const of = Object.fromEntries(rows.map((row) => [row.method, row]));
  for (const row of rows) {
    expect(row.psnrAllDb).toBeGreaterThan(8);
    expect(row.pictures).toBe(2);
    expect(row.coVisiblePct + row.occludedPct + row.outsidePct).toBeCloseTo(100);
  }
  expect(of['limit']!.psnrAllDb!).toBeGreaterThan(of['mesh']!.psnrAllDb!);
  expect(of['mesh']!.psnrCoVisibleDb!).toBeGreaterThan(of['off']!.psnrCoVisibleDb! + 5);
  expect(of['uncut']!.rubberSheetPct!).toBeGreaterThan(of['mesh']!.rubberSheetPct!);
  expect(of['layers']!.trulyEmptyPct).toBe(0);
});

test('a short trace, twice: the same rows, and lag is found where it is', async () => {
  const run = async () => (await runTraces(plan, plan.latenciesMs, client, stage, quiet)).rows;
  const rows = await run();
  expect(rows).toHaveLength(methods.length);
  expect(await run()).toEqual(rows);
  const of = Object.fromEntries(rows.map((row) => [row.method, row]));
  for (const row of rows) {
    expect(row.modelFrames).toBeGreaterThan(10);
    expect(row.frameAgeMs).toBeGreaterThan(50);
    expect(row.frameAgeMs).toBeLessThan(250);
  }
  // Without reprojection the picture turns with the head: it is late. Redrawn by depth it is in its place.
  expect(Math.abs(of['mesh']!.lagTranslationMs!)).toBeLessThan(8);
  expect(Math.abs(of['layers']!.lagRotationFrames ?? 0)).toBeLessThan(1);
  expect(of['off']!.acrossRotationPx ?? 1).toBeGreaterThan(0);
  expect(of['limit']!.lagRotationMs).toBeNull();
});
