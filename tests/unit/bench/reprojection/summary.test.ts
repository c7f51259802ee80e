import { expect, test } from 'vitest';
import { methods, type CutQuality, type LatticeRow, type Method, type TraceRow } from '../../../../src/bench/reprojection/result';
import { marginsOf, summarise } from '../../../../src/bench/reprojection/summary';

const cuts: CutQuality = { falseCutPct: 0.25, falseCutNoise1Pct: 0.3, falseCutNoise2Pct: 2, falseCutScenesPct: 0, recallPct: 99 };

const scores = {
  psnrCoVisibleDb: null,
  psnrOccludedDb: null,
  psnrOutsideDb: null,
  silhouettePsnrDb: null,
  psnrAllMeanDb: null,
  psnrDisoccludedMeanDb: null,
  identical: 0,
  ssimDisoccluded: null,
  holePct: 1,
  trulyEmptyPct: 0,
  guessedPct: 0,
  coVisiblePct: 90,
  occludedPct: 5,
  outsidePct: 5,
  silhouettePct: 20,
};

type Values = Partial<Record<Method, number>>;

function cell(baselineCm: number, rotationDeg: number, all: Values, disoccluded: Values = all, more: Partial<LatticeRow> = {}): LatticeRow[] {
  return methods.map((method) => ({
    ...scores,
    kind: 'lattice',
    method,
    baselineCm,
    rotationDeg,
    pictures: 4,
    psnrAllDb: all[method] ?? 10,
    psnrDisoccludedDb: disoccluded[method] ?? 10,
    ssimAll: 0.5 + (all[method] ?? 10) / 100,
    rubberSheetPct: method === 'layers' ? 0.05 : 1,
    ...more,
  }));
}

function trace(latencyMs: number, method: Method, lagRotationFrames: number | null, trulyEmptyPct = 0): TraceRow {
  return {
    ...scores,
    kind: 'trace',
    method,
    latencyMs,
    latencySpreadMs: 10,
    modelHz: 5,
    displayFrames: 100,
    pictures: 10,
    modelFrames: 10,
    frameAgeMs: 100,
    psnrAllDb: 20,
    psnrDisoccludedDb: 20,
    ssimAll: 0.8,
    trulyEmptyPct,
    stability: 0,
    popPxP99: 1,
    popPxMedian: 1,
    popInsidePxP99: 1,
    swaps: 3,
    lagRotationMs: null,
    lagTranslationMs: null,
    lagRotationFrames,
    lagTranslationFrames: null,
    acrossRotationPx: null,
    acrossTranslationPx: null,
  };
}

test('a cell that a peer wins by anything is lost from 2 cm on, below only by more than a tenth of a decibel', () => {
  const rows = [
    ...cell(0, 0, { layers: 29.95, mesh: 30 }),
    ...cell(1, 5, { layers: 29.85, rotation: 30 }),
    ...cell(2, 0, { layers: 29.99, mesh: 30 }),
    ...cell(10, 20, { layers: 31, mesh: 30 }),
  ];
  const summary = summarise(rows, [], cuts);
  expect(summary.cells).toBe(4);
  expect(summary.cellsLost).toBe(2);
  expect(summary.lostCells).toEqual([
    { baselineCm: 1, rotationDeg: 5, peer: 'rotation', marginDb: expect.closeTo(-0.15) as number },
    { baselineCm: 2, rotationDeg: 0, peer: 'mesh', marginDb: expect.closeTo(-0.01) as number },
  ]);
});

test('the limit is no peer', () => {
  expect(summarise(cell(10, 0, { layers: 30, limit: 40 }), [], cuts).cellsLost).toBe(0);
});

test('gains are the mean over the cells of what layers has over the uncut mesh', () => {
  const rows = [
    ...cell(5, 0, { layers: 30, uncut: 26 }, { layers: 20, uncut: 12 }),
    ...cell(20, 10, { layers: 28, uncut: 26 }, { layers: 18, uncut: 14 }),
  ];
  const summary = summarise(rows, [], cuts);
  expect(summary.gainAllDb).toBeCloseTo(3);
  expect(summary.gainDisoccludedDb).toBeCloseTo(6);
});

test('a cell without disoccluded pixels takes no part in their gain, and is not lost for them', () => {
  const nothing = cell(0, 0, { layers: 30, uncut: 29 }).map((row) => ({ ...row, psnrDisoccludedDb: null }));
  const summary = summarise([...nothing, ...cell(5, 0, { layers: 30, uncut: 26 })], [], cuts);
  expect(summary.gainDisoccludedDb).toBeCloseTo(4);
  expect(summary.cellsLostDisoccluded).toBe(0);
});

test('the worst of layers counts, not that of its peers', () => {
  const rows = [
    ...cell(5, 0, { layers: 30 }),
    ...cell(10, 0, { layers: 30 }).map((row) => ({ ...row, rubberSheetPct: row.method === 'layers' ? 0.15 : 9 })),
  ];
  const traces = [trace(50, 'layers', 0.2), trace(400, 'layers', -0.7, 0.3), trace(400, 'off', 24, 7)];
  const summary = summarise(rows, traces, cuts);
  expect(summary.rotationLagFramesMax).toBeCloseTo(0.7);
  expect(summary.trulyEmptyPct).toBeCloseTo(0.3);
  expect(summary.rubberSheetPct).toBeCloseTo(0.1);
  expect(summary.rubberSheetMaxPct).toBeCloseTo(0.15);
  expect(summary.falseCutPct).toBe(0.25);
});

test('margins are against the best peer, smallest first', () => {
  const margins = marginsOf([...cell(5, 0, { layers: 30, mesh: 24 }), ...cell(50, 30, { layers: 21, quad: 20, off: 5 })]);
  expect(margins.map(({ peer, baselineCm }) => [peer, baselineCm])).toEqual([
    ['quad', 50],
    ['mesh', 5],
  ]);
  expect(margins[0].marginDb).toBeCloseTo(1);
});
