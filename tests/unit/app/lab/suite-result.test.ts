import { describe, expect, test } from 'vitest';
import { metricWords, showNumber } from '../../../../src/app/lab/metric-words';
import { fillContention, metricNames, rowsOf, toCsv, toJson, type SuiteResult } from '../../../../src/app/lab/suite-result';
import { planSuite } from '../../../../src/app/lab/suite-plan';
import { Contention } from '../../../../src/latency/contention';
import { defaultOptions } from '../../../../src/app/options';
import { reprojectionModes } from '../../../../src/reproject/modes';
import { reportOf } from './fabricated-report';

const cells = planSuite('quick').map((cell, k) => {
  const missed = cell.kind === 'model on' ? 10 : 2;
  return { cell, report: reportOf(k, { frames: 90, missed }) };
});
function contentionOf(measured: typeof cells): SuiteResult['contention'] {
  const contention = new Contention();
  // Of a suite before: it must not count.
  contention.phase('on', 1, 1000);
  fillContention(contention, measured);
  return contention.result();
}

const result: SuiteResult = {
  kind: 'estimated',
  size: 'quick',
  outcome: 'done',
  problem: null,
  begunAt: '2026-11-22T22:00:00Z',
  userAgent: 'a browser',
  world: 'courtyards',
  provider: 'wasm',
  trace: 'Sine',
  options: defaultOptions,
  cells,
  contention: contentionOf(cells),
};

describe('results of a suite', () => {
  test('have a row for each mode and latency, and none for the cells of contention', () => {
    const rows = rowsOf(result, 'frameAgeMs');
    expect(rows).toHaveLength(2 * reprojectionModes.length);
    expect(rows[3]).toMatchObject({ mode: 'rotation', addLatencyMs: 500, estimate: { p50: 3, max: 6, unit: 'ms' } });
  });

  test('count the contention over both turns, by frames', () => {
    expect(result.contention.missedPctOn).toBeCloseTo(10, 6);
    expect(result.contention.contentionPct).toBeCloseTo(10 - (100 * 4) / 184, 6);
    expect(contentionOf(cells.slice(0, 3)).contentionPct).toBeNaN();
  });

  test('write null for what is missing, in JSON', () => {
    const read = JSON.parse(toJson(result)) as SuiteResult;
    expect(read.cells[0]!.report.estimated.gpuMs).toEqual({ p50: null, p95: null, p99: null, max: null, n: 0, unit: 'ms' });
    expect(read.cells).toHaveLength(cells.length);
  });

  test('write one CSV line a cell and metric, all as wide as the head, empty where a number is missing', () => {
    const lines = toCsv(result).trimEnd().split('\r\n');
    expect(lines).toHaveLength(1 + cells.length * metricNames.length);
    const head = lines[0]!.split(',');
    // No cell's name but those of contention has a comma in it, and those are quoted.
    for (const line of lines) expect(line.replace(/"[^"]*"/g, 'id').split(',')).toHaveLength(head.length);
    const gpu = lines.find((line) => line.includes(',gpuMs,'))!.split(',');
    expect(gpu.slice(-5)).toEqual(['', '', '', '', '0']);
  });
});

describe('numbers on screen', () => {
  test('have a unit, and are n/a when they are missing', () => {
    expect(showNumber(Number.NaN, 'ms')).toBe('n/a');
    expect(showNumber(12.345, 'ms')).toBe('12.3 ms');
    expect(showNumber(1.234, 'deg')).toBe('1.23 °');
    expect(showNumber(2345.6, 'ms')).toBe('2346 ms');
    expect(showNumber(0, 'm')).toBe('0.000 m');
  });

  test('have a name for every metric, no two the same', () => {
    expect(new Set(metricNames.map((name) => metricWords[name])).size).toBe(metricNames.length);
  });
});
