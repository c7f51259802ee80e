import { expect, test } from 'vitest';
import { isCausal } from '../../../../src/bench/world/causality';
import { summarise } from '../../../../src/bench/world/summary';
import type { WorldRow } from '../../../../src/bench/world/result';
import { fabricatedWorld } from './fabricated-world';

/** The names that issue 4 asks for. */
const wanted = [
  'walkPsnrDb', 'walkSsim', 'gainOverRawMapDb', 'gainOverNoMapDb', 'sharpnessRatio', 'flickerRatio', 'loopPsnrDb', 'loopSsim',
  'collapsedAtFrame', 'rotationErrDeg', 'translationErrPct', 'causal', 'bitsPerTokenGainPct', 'impossiblePct', 'paintMsCpu',
  'paintMsRatioToReference', 'packageBytesFp16',
];

test('a summary has every figure that is asked for, computed from its rows', () => {
  const { summary } = fabricatedWorld();
  for (const name of wanted) expect(summary).toHaveProperty(name);
  expect(summary.walkPsnrDb).toBeCloseTo(27, 9);
  expect(summary.gainOverRawMapDb).toBeCloseTo(5, 9);
  expect(summary.gainOverNoMapDb).toBeCloseTo(9, 9);
  expect(summary.flickerRatio).toBeCloseTo(1.1, 9);
  // Medians: one step that was lost does not move them.
  expect([summary.rotationErrDeg, summary.translationErrPct]).toEqual([0.2, 2]);
  expect(summary.collapsedAtFrame).toBeNull();
  expect(summary.bitsPerTokenGainPct).toBeCloseTo(100 * (1 - 5 / 7), 9);
  expect(summary.paintMsRatioToReference).toBe(2.5);
  expect([summary.packageBytesFp16, summary.parameters]).toEqual([4e6, 1.8e6]);
  expect(summary.causal).toBe(true);
});

test('the frame that memory was given does not count for or against it', () => {
  const given = (rows: WorldRow[]): WorldRow[] =>
    rows.map((row) => (row.kind === 'frame' && row.variant === 'memoryOnly' && row.frame === 0 ? { ...row, psnrDb: Infinity } : row));
  expect(fabricatedWorld(given).summary.gainOverNoMapDb).toBeCloseTo(9, 9);
});

test('a package that paints at another size does not count', () => {
  const other = (rows: WorldRow[]): WorldRow[] =>
    rows.flatMap((row): WorldRow[] => (row.kind === 'walk' ? [row, { ...row, world: 'courtyards-256', psnrDb: 1 }] : [row]));
  expect(fabricatedWorld(other).summary.walkPsnrDb).toBeCloseTo(27, 9);
});

test('nothing measured is null, never zero', () => {
  const empty = summarise([], 'courtyards');
  for (const name of wanted.filter((field) => field !== 'packageBytesFp16')) expect(empty).toHaveProperty(name, null);
});

test('a world that collapses in any long walk has collapsed, at its first such frame', () => {
  const faded = (rows: WorldRow[]): WorldRow[] =>
    rows.flatMap((row): WorldRow[] => (row.kind === 'drift' ? [row, { ...row, seed: 7, brightness: row.frame < 70 ? row.brightness : 0.1 }] : [row]));
  const { summary } = fabricatedWorld(faded);
  expect(summary.collapsedAtFrame).toBeGreaterThanOrEqual(70);
  expect(summary.collapsedAtFrame).toBeLessThan(100);
});

test('causal needs equal frames where they must be equal, and other frames where the future differs', () => {
  const row = (check: string, isEqual: boolean) => ({ kind: 'causality', seed: 1, check, frames: 4, isEqual }) as const;
  const differs = 'another future, other frames after it';
  expect(isCausal([row('the same actions again', true), row(differs, false)])).toBe(true);
  expect(isCausal([row('the same actions again', false), row(differs, false)])).toBe(false);
  expect(isCausal([row('the same actions again', true), row(differs, true)])).toBe(false);
});
