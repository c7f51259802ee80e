import { describe, expect, test } from 'vitest';
import { causes, variants, type PhysicsResult, type PhysicsRow, type ThrowRow } from '../../../../src/bench/physics/result';
import { summarise } from '../../../../src/bench/physics/summary';
import { renderPage } from '../../../../src/bench/report/page';
import { physicsPage } from '../../../../src/bench/report/physics-page';
import { physicsTable, physicsVerdicts } from '../../../../src/bench/report/physics-tables';

const thrown = (variant: ThrowRow['variant'], k: number, landingErrCm: number): ThrowRow => ({
  kind: 'throw',
  variant,
  world: 1,
  throw: k,
  shape: 'ball',
  aim: (['view', 'thing', 'elsewhere'] as const)[k % 3]!,
  speedMps: 5,
  flightS: 1,
  landingErrCm,
  firstErrCm: landingErrCm / 2,
  otherSurface: k === 0,
  cause: causes[k % causes.length]!,
});

/** Eleven throws with errors of 0, 1, 2 … cm; the baselines are ten times as far off; one of theirs never lands. */
function fabricated(gainPct: number, throughSurface: number): PhysicsResult {
  const rows: PhysicsRow[] = variants.flatMap((variant) =>
    Array.from({ length: 11 }, (_, k) => thrown(variant, k, variant === 'flat' && k === 3 ? Number.NaN : variant === 'page' ? k : 10 * k)),
  );
  rows.push(
    { kind: 'fall', displayHz: 90, errPct: 0.2 },
    { kind: 'barrage', world: 1, balls: 9, throughFloor: 0, throughSurface, caught: 1, replaced: 8 },
    { kind: 'energy', world: 1, isRestless: false, bounces: 9, gainPct, replaced: 8 },
    { kind: 'energy', world: 1, isRestless: true, bounces: 9, gainPct: 7, replaced: 8 },
    { kind: 'step', world: 1, flyingMs: 1.5, restingMs: 0.5, p95Ms: 3, buildRatio: 2, trianglesPerFrame: 3000, partsKept: 20, meshMs: 1.8 },
  );
  const counts = { quick: true, seed: 6, worlds: 1, throws: 11, balls: 9, bounces: 18, seconds: 1 };
  const occlusion = { rows: [], groups: [], iouP50: 0.93, iouMean: 0.92, iouWithoutDepthP50: 0.4, pictures: [], notes: [] };
  return { counts, rows, occlusion, summary: summarise(rows, 0.93), notes: ['A note.'] };
}

describe('the report of physics', () => {
  test('its summary is of the page’s own throws, with the figures that were promised', () => {
    const { summary } = fabricated(-1, 0);
    expect(summary).toMatchObject({ landingErrCmP50: 5, gravityErrPct: 0.2, tunnelled: 0, energyGain: -0.01, occlusionIou: 0.93, stepMsPer100Bodies: 1.5 });
    expect(summary.landingErrCmP95).toBeCloseTo(9.5);
    expect(summary.baselines.newest.landingErrCmP50).toBe(50);
    expect(summary.energyGainRestless).toBeCloseTo(0.07);
    expect(summary.otherSurfacePct).toBeCloseTo(100 / 11);
  });

  test('bars are met or missed by the figures', () => {
    const passed = (result: PhysicsResult): (boolean | null)[] => physicsVerdicts(result.summary).map((verdict) => verdict.passed);
    expect(passed(fabricated(-1, 0))).toEqual([true, true, true, true]);
    expect(passed(fabricated(0.5, 2))).toEqual([true, false, false, true]);
  });

  test('the page has every section, and nothing that is undefined or not a number', () => {
    const result = fabricated(-1, 0);
    const page = renderPage(physicsPage(result), 'physics', { processor: 'a', cores: 2, node: 'v', browser: 'c', date: '2026-11-23T00:00:00Z' });
    for (const { id } of physicsPage(result).sections) expect(page).toContain(`id="${id}"`);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
    expect(page).toContain('largest gain, %');
    expect(physicsTable(result)).toMatch(/the page\s+5\.0\s+9\.5/);
  });
});
